import { oracleActor, verifyTrajectory, type EpisodeJob, type World } from '../episode/index.ts';
import {
  missingReasons,
  reasonsClause,
  rewardSpan,
  type Remedy,
  type Trajectory,
} from '../protocol/index.ts';
import type { Rollout } from '../rollout/index.ts';
import { ORACLE_EXPECTED, type TaskFamily } from '../task/index.ts';
import { sound, unknown, unsound, type CheckName, type Finding, type Flakes } from './report.ts';
import { placeOf } from './solution.ts';

/** What a check is made with. */
export interface Checking {
  readonly rollout: Rollout;
  readonly world: World;
  /** The same in a process of its own, on another day. */
  readonly elsewhere?: World;
  /** Tasks at each difficulty that the oracle has to solve. */
  readonly seeds: number;
  /** Tasks at each difficulty that actors without knowledge try, and the share of them that they may earn. */
  readonly floorTasks: number;
  readonly floor: number;
}

/** Of each solution, where a world is not repeatable by seed; and the share of them that may be lost. */
const REPEATS = 5;
const MOST_FLAKES = 0.1;

const REMEDIES = {
  'doing nothing': 'Make verify() ask for what the task asks for, not for how the world begins.',
  'random actions': 'Ask for more than chance comes to, or make verify() stricter.',
  'blind actions':
    'Draw what is asked for, and where it is found, from `random`, and judge by the task’s own parameters.',
} satisfies Partial<Record<CheckName, string>>;

/** The oracle earns 1 wherever it is tried. */
export function checkOracle(family: TaskFamily, solutions: readonly Trajectory[]): Finding {
  if (!family.oracle) return unknown('oracle', 'there is no reference solution');
  const lost = solutions.filter(({ end }) => end.reward !== 1);
  const [first] = lost;
  if (first === undefined)
    return sound('oracle', `earns 1 in ${solutions.length} of ${solutions.length} tasks`);
  const { stop, error, reward } = first.end;
  const cause = error ? `: ${error.code}, ${error.message}` : `, earning ${String(reward)}`;
  const reasons = missingReasons(lost.map(({ end }) => end));
  const missing = reasons.length > 0 ? ` Without a reward: ${reasonsClause(reasons)}.` : '';
  return unsound(
    'oracle',
    `The oracle lost ${lost.length} of ${solutions.length} tasks, first that of ${placeOf(first)} ("${first.start.task.instruction}"): ${stop}${cause}.${missing}`,
    remedyFor(family, first),
  );
}

function remedyFor({ name, maxSteps }: TaskFamily, { start: { task }, end }: Trajectory): string | Remedy {
  if (end.stop === 'step-limit') return `Raise maxSteps (${maxSteps}), or make the way shorter.`;
  if (end.error?.code === 'LAMARCK_ORACLE_INVALID') return ORACLE_EXPECTED;
  return {
    text: 'Look at one that it lost.',
    command: `run ${name} --agent oracle --seed ${task.seed} --difficulty ${task.difficulty}`,
  };
}

/** What was done once comes to the same again, also after other tasks were in the same world. */
export async function checkRepetition(
  family: TaskFamily,
  wins: readonly Trajectory[],
  { world, elsewhere, rollout }: Checking,
): Promise<{ finding: Finding; flakes: Flakes | null }> {
  if (family.environment.repeatability !== 'seeded') return checkFlakiness(family, wins, rollout);
  return { finding: await checkSameness(family, wins, world, elsewhere), flakes: null };
}

async function checkSameness(
  family: TaskFamily,
  wins: readonly Trajectory[],
  world: World,
  elsewhere: World | undefined,
): Promise<Finding> {
  if (wins.length === 0) return unknown('repetition', 'there is no solution to repeat');
  const families = new Map([[family.name, family]]);
  for (const trajectory of [...wins, ...wins]) {
    const difference = await verifyTrajectory(trajectory, families, world);
    if (difference !== undefined)
      return unsound(
        'repetition',
        `The same actions came to something else (${placeOf(trajectory)}): ${difference}`,
        'Take randomness and time only from what the environment is given; begin each session anew.',
      );
  }
  for (const trajectory of elsewhere ? wins : []) {
    const difference = await verifyTrajectory(trajectory, families, elsewhere ?? world);
    if (difference !== undefined)
      return unsound(
        'repetition',
        `In another process, on another day, the same actions came to something else (${placeOf(trajectory)}): ${difference}`,
        'Take no time, process or count of sessions into what is seen: only what the environment is given.',
      );
  }
  const also = elsewhere ? ', and in another process on another day' : '';
  return sound('repetition', `${wins.length} solutions come to the same, twice and in turns${also}`);
}

/** What cannot come to the same again by its seed may at least be solved again: as a rule, and not as luck has it. */
async function checkFlakiness(
  family: TaskFamily,
  wins: readonly Trajectory[],
  rollout: Rollout,
): Promise<{ finding: Finding; flakes: Flakes }> {
  const jobs = wins.flatMap(({ start: { task } }) =>
    Array.from({ length: REPEATS }, (_, at) => ({
      actor: oracleActor,
      family,
      seed: task.seed,
      difficulty: task.difficulty,
      repeat: at + 1,
    })),
  );
  const repeated = await rollout.play(jobs);
  const lost = repeated.filter(({ end }) => end.reward !== 1);
  const rate = lost.length / Math.max(1, repeated.length);
  const says = `not repeatable by seed; the oracle lost ${lost.length} of ${repeated.length} repeats: a flake rate of ${rate.toFixed(2)}`;
  const [first] = lost;
  const finding =
    first === undefined || rate <= MOST_FLAKES
      ? sound('repetition', says)
      : unsound(
          'repetition',
          `It is ${says}, first that of ${placeOf(first)}: ${first.end.stop}.`,
          'Make reset() restore all that a task depends on, and give `settle` more time.',
        );
  return { finding, flakes: { lost: lost.length, repeats: repeated.length } };
}

/** An actor that knows nothing of what is asked earns next to nothing. */
export async function checkFloor(
  check: keyof typeof REMEDIES,
  jobs: readonly EpisodeJob[],
  { rollout, floor }: Checking,
): Promise<Finding> {
  if (jobs.length === 0) return unknown(check, 'could not be tried');
  const played = await rollout.play(jobs);
  const reasons = missingReasons(played.map(({ end }) => end));
  const [first] = played;
  if (first !== undefined && played.every(({ end }) => end.reward === null))
    return unsound(
      check,
      `None of ${played.length} tasks has a reward, the first is ${placeOf(first)}: ${reasonsClause(reasons)}.`,
      'Make the environment and verify() come to a reward whatever an agent does.',
    );
  const meanOf = (end: 'counted' | 'most'): number =>
    played.reduce((sum, { end: { reward } }) => sum + rewardSpan(reward)[end], 0) / played.length;
  const mean = meanOf('counted');
  const missing = played.filter(({ end }) => end.reward === null).length;
  const says = `earns ${mean.toFixed(2)} on ${played.length} tasks`;
  // What is missing might have been earned: it is no reason to trust the family.
  if (mean <= floor && meanOf('most') > floor)
    return unknown(check, `${says}, where ${missing} rewards are missing: ${reasonsClause(reasons)}`);
  return mean <= floor
    ? sound(check, says)
    : unsound(
        check,
        `${check[0]?.toUpperCase()}${check.slice(1)} ${says}: more than ${floor}.`,
        REMEDIES[check],
      );
}
