/**
 * Does self-modification pay? Arms with the same number of episodes, each of which may think of the same number of
 * candidates, on the same families and seeds:
 *
 * - full: the archive, every member with its own improver
 * - frozen improver: the archive, every child written by the seed's improver
 * - no archive: the best so far has every child
 * - parallel sampling: the seed has every child
 * - learner only: the seed's own learning in a single line, no code but skills and library changed
 *
 * Each arm's choice is scored on fresh tasks of the families that it learned from, and of families that were kept out.
 * Then imp@k: the improver of the full arm's choice and the seed's improver start from the seed agent on the families
 * that were kept out, and write k children each: has *improving* improved?
 *
 *     npm run bench:self-modification -- --seeds 1,2,3 --episodes 1500 [--config FILE] [--tasks N] [--k K] [--json]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfiguration } from '../src/config/index.ts';
import {
  differenceOf as pairedDifference,
  meanOf as meanScore,
  pairsOf,
  type TaskOutcome as Scored,
} from '../src/evaluation/index.ts';
import { createGenomeActor } from '../src/episode/index.ts';
import type { Score } from '../src/statistics/index.ts';
import {
  calibrate,
  confirm,
  explorationBudget,
  explore,
  improve,
  learnAlone,
  profileOf,
  type RunContext,
} from '../src/evolution/index.ts';
import { loadGenome, openArchive, type Genome } from '../src/genome/index.ts';
import { runFamilies } from '../src/run/index.ts';
import { scoutFolder, selfMending } from '../src/presets.ts';
import { estimate, type Search, type Trajectory } from '../src/protocol/index.ts';
import { createRollout, type Rollout } from '../src/rollout/index.ts';
import { splitSeed } from '../src/task/index.ts';
import { openMachinery } from '../src/engine/machinery.ts';
import { table } from './table.ts';

const { values } = parseArgs({
  options: {
    config: { type: 'string', default: 'lamarck.config.ts' },
    seeds: { type: 'string', default: '1,2,3' },
    episodes: { type: 'string', default: '1500' },
    tasks: { type: 'string', default: '24' },
    k: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
});
const seeds = values.seeds.split(',').map(Number);
const [episodes, tasks, k] = [Number(values.episodes), Number(values.tasks), Number(values.k)];

/** First dev task of the scoring: far from those of races and confirmations. */
const FIRST_TASK = 131_072;

const ARCHIVE_ARMS: Readonly<Record<string, Partial<Search>>> = {
  full: {},
  'frozen improver': { improver: 'seed' },
  'no archive': { parents: 'greedy' },
  'parallel sampling': { parents: 'root' },
};

interface Scores {
  readonly seen: readonly Scored[];
  readonly unseen: readonly Scored[];
}
interface ArmResult {
  readonly seed: number;
  readonly arm: string;
  readonly kinds: readonly string[];
  readonly scores: Scores;
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const configuration = await loadConfiguration(values.config);
await using machinery = openMachinery(configuration, say, configuration.search.lanes + 1);
const results: ArmResult[] = [];
const improvers: { seed: number; evolved: Scores; frozen: Scores }[] = [];
for (const seed of seeds) {
  const began = performance.now();
  await playSeed(seed);
  say(`seed ${seed}: ${Math.round((performance.now() - began) / 1000)} s`);
}
if (values.json) process.stdout.write(`${JSON.stringify(outcome(), null, 2)}\n`);
else print();

async function playSeed(seed: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lamarck-self-modification-'));
  try {
    const rollout = rolloutOf();
    const seedGenome = await loadGenome(scoutFolder);
    const runOf = async (search: Partial<Search>, name: string): Promise<RunContext> => ({
      seed,
      ...budgeted(seed),
      search: { ...configuration.search, ...search },
      demonstrations: [],
      seedGenome,
      rollout,
      guests: machinery.guests,
      selfMending,
      archive: await openArchive(join(folder, `${name.replaceAll(' ', '-')}.git`)),
      log: { record: () => Promise.resolve() },
      openSlice: () => Promise.reject(new Error('Nothing is sealed here.')),
      drain: new AbortController().signal,
      halt: () => {},
      tell: (event) => {
        if (event.type === 'improvement' && event.child !== null)
          say(`  seed ${seed}, ${name}: ${event.rationale.slice(0, 100)}`);
      },
    });
    const run = await runOf({}, 'full');
    results.push(await resultOf(run, 'seed agent', seedGenome, []));
    let champion = seedGenome;
    for (const [arm, search] of Object.entries(ARCHIVE_ARMS)) {
      const own = await runOf(search, arm);
      const { members } = await explore(own, await calibrate(own));
      const chosen = (await confirm(own, members)).champion.genome;
      if (arm === 'full') champion = chosen;
      results.push(
        await resultOf(
          own,
          arm,
          chosen,
          members.slice(1).map(({ kind }) => kind),
        ),
      );
    }
    const learned: string[] = [];
    const learner = await learnAlone({
      ...run,
      tell: (event) => {
        if (event.type === 'improvement') learned.push(event.kind);
      },
    });
    results.push(await resultOf(run, 'learner only', learner, learned));
    if (run.unseen.length > 0)
      improvers.push({
        seed,
        evolved: await improvedBy(run, champion),
        frozen: await improvedBy(run, seedGenome),
      });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the seed agent comes to on the kept-out families in k children of an improver; their score is on fresh tasks. */
async function improvedBy(run: RunContext, improver: Genome): Promise<Scores> {
  const own: RunContext = { ...run, families: run.unseen, unseen: [] };
  let genome = run.seedGenome;
  for (let child = 0; child < k; child++) {
    const {
      child: next,
      rationale,
      refusal,
    } = await improve(own, {
      parent: genome,
      improver,
      scope: 'everything',
      mates: [],
      lessons: [],
      trajectories: await profileOf(own, genome),
      episodes: run.budget.improvement,
      name: `imp/${child}`,
    });
    say(`  imp@${child + 1} by ${improver.id.slice(0, 8)}: ${refusal ?? rationale.slice(0, 90)}`);
    genome = next ?? genome;
  }
  return { seen: await scoresOf(own, own.families, genome), unseen: [] };
}

function budgeted(seed: number): Pick<RunContext, 'families' | 'unseen' | 'budget'> {
  const suites = Object.fromEntries(
    Object.entries(configuration.suites).map(([suite, members]) => [suite, members.map(({ name }) => name)]),
  );
  const { folds, file } = configuration;
  const families = runFamilies({ suites, seed, folds, config: file }, configuration.families);
  const budget = { ...configuration.budget, episodes: 0, sealed: 0, unseen: 0 };
  // What is set aside around the exploring arms comes on top, so that each arm has just `episodes`.
  const around = -2 * explorationBudget({ ...families, budget });
  return { ...families, budget: { ...budget, episodes: 2 * episodes + around } };
}

/** Episodes are remembered within a seed: arms that come to the same genome do not play it twice. */
function rolloutOf(): Rollout {
  const memory = new Map<string, Trajectory>();
  return createRollout({
    world: machinery.world,
    memory: {
      find: (key) => Promise.resolve(memory.get(key)),
      keep: (trajectory) => Promise.resolve(void memory.set(trajectory.start.episode, trajectory)),
    },
    workers: machinery.workers,
    drain: new AbortController().signal,
  });
}

async function resultOf(
  run: RunContext,
  arm: string,
  genome: Genome,
  kinds: readonly string[],
): Promise<ArmResult> {
  const scores = {
    seen: await scoresOf(run, run.families, genome),
    unseen: await scoresOf(run, run.unseen, genome),
  };
  say(
    `seed ${run.seed}, ${arm}: ${meanOf(scores.seen).toFixed(2)} seen, ${meanOf(scores.unseen).toFixed(2)} unseen`,
  );
  return { seed: run.seed, arm, kinds, scores };
}

async function scoresOf(
  run: RunContext,
  families: RunContext['families'],
  genome: Genome,
): Promise<Scored[]> {
  const actor = createGenomeActor(genome, run.guests);
  const played = await run.rollout.play(
    families.flatMap(({ family }) =>
      Array.from({ length: tasks }, (_, index) => ({
        actor,
        family,
        seed: splitSeed('dev', run.seed, FIRST_TASK + index),
        difficulty: 1 + (index % family.difficulties),
        repeat: 0,
      })),
    ),
  );
  return played.map(({ start: { task }, end: { reward } }) => ({
    task: `${run.seed}/${task.family}/${task.seed}`,
    family: `${run.seed}/${task.family}`,
    reward,
  }));
}

function meanOf(scored: readonly Scored[]): number {
  return meanScore(scored).mean;
}

/** Second minus first on the same tasks, over all seeds; clustered by task. */
function differenceOf(first: readonly Scored[], second: readonly Scored[]): Score {
  return pairedDifference(pairsOf(first, second));
}

function ofArm(arm: string, part: keyof Scores): Scored[] {
  return results.filter((result) => result.arm === arm).flatMap(({ scores }) => scores[part]);
}

function outcome(): object {
  const arms = [...new Set(results.map(({ arm }) => arm))];
  return {
    config: values.config,
    seeds,
    episodes,
    tasks,
    arms: Object.fromEntries(
      arms.map((arm) => [
        arm,
        {
          children: results.filter((result) => result.arm === arm).map(({ kinds }) => kinds),
          seen: meanScore(ofArm(arm, 'seen')),
          unseen: meanScore(ofArm(arm, 'unseen')),
          overSeed: differenceOf(ofArm('seed agent', 'seen'), ofArm(arm, 'seen')),
          overLearner: differenceOf(ofArm('learner only', 'seen'), ofArm(arm, 'seen')),
          overLearnerUnseen: differenceOf(ofArm('learner only', 'unseen'), ofArm(arm, 'unseen')),
        },
      ]),
    ),
    [`imp@${k}`]: {
      evolved: meanScore(improvers.flatMap(({ evolved }) => evolved.seen)),
      seed: meanScore(improvers.flatMap(({ frozen }) => frozen.seen)),
      difference: differenceOf(
        improvers.flatMap(({ frozen }) => frozen.seen),
        improvers.flatMap(({ evolved }) => evolved.seen),
      ),
    },
  };
}

function print(): void {
  const arms = [...new Set(results.map(({ arm }) => arm))];
  process.stdout.write(
    `${table([
      ['arm', 'seen families', 'unseen families', 'over seed agent', 'over learner only', 'the same, unseen'],
      ...arms.map((arm) => [
        arm,
        estimate(meanScore(ofArm(arm, 'seen'))),
        estimate(meanScore(ofArm(arm, 'unseen'))),
        estimate(differenceOf(ofArm('seed agent', 'seen'), ofArm(arm, 'seen')), true),
        estimate(differenceOf(ofArm('learner only', 'seen'), ofArm(arm, 'seen')), true),
        estimate(differenceOf(ofArm('learner only', 'unseen'), ofArm(arm, 'unseen')), true),
      ]),
    ]).toString()}\n`,
  );
  const [evolved, frozen] = [
    improvers.flatMap((each) => each.evolved.seen),
    improvers.flatMap((each) => each.frozen.seen),
  ];
  process.stdout.write(
    `\nimp@${k} on families kept out: evolved improver ${estimate(meanScore(evolved))}, seed's improver ${estimate(meanScore(frozen))}, difference ${estimate(differenceOf(frozen, evolved), true)}\n`,
  );
}
