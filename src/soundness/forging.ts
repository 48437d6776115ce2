import { canonicalJson, type Json, type Trajectory } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { controlOf, forgeriesOf } from './forgeries.ts';
import type { Forgery } from './forgery.ts';
import { rewardOf } from './evidence-reward.ts';
import type { Checking } from './reference-play.ts';
import { sound, unknown, unsound, type Finding } from './report.ts';
import { evidenceOf, placeOf, scriptOf } from './solution.ts';

/** Solutions that are forged, and in a short check: of what forges one, most forges another. */
const FORGED = 2;
const FORGED_IN_SHORT = 1;
/** Tasks that the oracle solves in a short check, such as the one before a run. */
const SHORT = 3;

/**
 * Whether somebody who does not do what is asked for can make evidence that says so: by what texts, numbers, programs and files
 * do to the world and to its judge.
 */
export async function checkForging(
  family: TaskFamily,
  wins: readonly Trajectory[],
  checking: Checking,
): Promise<Finding> {
  const solved = wins.flatMap((trajectory) => {
    const evidence = evidenceOf(trajectory);
    return evidence === undefined ? [] : [{ trajectory, evidence }];
  });
  if (solved.length === 0) return unknown('forging', 'there is no solution to forge');
  let tried = 0;
  for (const { trajectory, evidence } of solved.slice(0, checking.seeds > SHORT ? FORGED : FORGED_IN_SHORT)) {
    const { task } = trajectory.start;
    const script = scriptOf(trajectory, family);
    const known = {
      actions: script.actions,
      observation: firstSeen(trajectory),
      evidence,
      schemas: family.environment.actions,
    };
    const forgeries = forgeriesOf(known);
    const [control, ...played] = await checking.rollout.play(
      [controlOf(known), ...forgeries.map(({ actions }) => actions)].map((actions) => ({
        actor: script.actor(actions),
        family,
        seed: task.seed,
        difficulty: task.difficulty,
        repeat: 0,
      })),
    );
    tried += forgeries.length;
    // Whatever is given earns: that is no forgery, and `mutants` tells it.
    const isAnything = control?.end.reward === 1;
    for (const [at, ended] of played.entries()) {
      const { end } = ended;
      const forgery = forgeries[at];
      if (end.reward !== 1 || forgery === undefined) continue;
      const { what, by, actions } = forgery;
      // An odd value may be the right one.
      const isRight = canonicalJson(evidenceOf(ended) ?? null) === canonicalJson(evidence);
      if (by === 'value' && isRight) continue;
      if (isAnything && (by === 'value' || by === 'script')) continue;
      return unsound(
        'forging',
        `Evidence can be forged: ${what} earn${what.startsWith('a ') ? 's' : ''} 1 (${placeOf(trajectory)}): ${JSON.stringify(actions).slice(0, 200)}.`,
        REMEDIES[by],
      );
    }
  }
  return sound('forging', `earns nothing, tried in ${tried} ways`);
}

/**
 * What was judged right on one task is shown to the verifier with another. Where it is right there too, the environment alone tells
 * tasks apart: that is as it should be where agents cannot write evidence (a count of hidden tests that passed), and a person has to see
 * that they cannot.
 */
export async function checkBorrowed(
  family: TaskFamily,
  wins: readonly Trajectory[],
  floor: number,
): Promise<Finding> {
  const rewards: number[] = [];
  for (const [at, trajectory] of wins.entries()) {
    const { task } = trajectory.start;
    const own = evidenceOf(trajectory) ?? null;
    const others = [...wins.slice(at + 1), ...wins.slice(0, at)].filter(
      ({ start }) => start.task.instruction !== task.instruction,
    );
    const evidence = others.map(evidenceOf).find((one) => canonicalJson(one ?? null) !== canonicalJson(own));
    if (evidence === undefined) continue;
    const reward = await rewardOf(family, task, evidence);
    if (reward !== undefined) rewards.push(reward);
  }
  if (rewards.length === 0) return unknown('borrowed evidence', 'there is no evidence of another task');
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const says = `that of another task earns ${mean.toFixed(2)} on ${rewards.length} tasks`;
  return mean <= floor
    ? sound('borrowed evidence', says)
    : unknown(
        'borrowed evidence',
        'that of another task earns as well: see that the environment tells tasks apart, and that agents cannot write its evidence',
      );
}

function firstSeen({ records }: Trajectory): Json {
  const seen = records.find((record) => record.type === 'observation');
  return seen?.type === 'observation' ? seen.observation : null;
}

const REMEDIES: Readonly<Record<Forgery['by'], string>> = {
  value:
    'Make verify() and the environment compare what is given exactly, by own members and without patterns.',
  script:
    'Let no text that an agent gives become markup, an address or code of the page that tells the evidence.',
  program:
    'Compare outcomes outside of where programs run: let nothing but inputs go in, and nothing but plain data come out.',
  'shown examples': 'Judge by hidden tests with other inputs than those that are shown.',
  file: 'Judge by files that agents cannot write, and take nothing from where they write.',
};
