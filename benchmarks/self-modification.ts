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
import { createGenomeActor } from '../src/episode/index.ts';
import { gainOf, scoreOf, type Score } from '../src/evaluation/index.ts';
import {
  calibrate,
  confirm,
  explorationBudget,
  explore,
  improve,
  learnAlone,
  loadGenome,
  nightFamilies,
  openArchive,
  profileOf,
  type Genome,
  type Night,
} from '../src/evolution/index.ts';
import { scoutFolder, selfMending } from '../src/presets.ts';
import type { Search, Trajectory } from '../src/protocol/index.ts';
import { createRollout, type Rollout } from '../src/rollout/index.ts';
import { splitSeed } from '../src/task/index.ts';
import { openMachinery } from '../src/cli/machinery.ts';
import { estimate } from '../src/cli/figures.ts';
import { table } from '../src/cli/table.ts';

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
interface Scored {
  readonly task: string;
  readonly family: string;
  readonly reward: number | null;
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
    const nightOf = async (search: Partial<Search>, name: string): Promise<Night> => ({
      seed,
      ...budgeted(seed),
      search: { ...configuration.search, ...search },
      shown: [],
      seedGenome,
      rollout,
      minds: machinery.minds,
      selfMending,
      archive: await openArchive(join(folder, `${name.replaceAll(' ', '-')}.git`)),
      log: {
        keepFiles: () => Promise.resolve({}),
        improvement: () => Promise.resolve(),
        seal: () => Promise.reject(new Error('Nothing is sealed here.')),
      },
      drain: new AbortController().signal,
      halt: () => {},
      tell: (event) => {
        if (event.type === 'child-admitted' || event.type === 'learned')
          say(`  seed ${seed}, ${name}: ${event.rationale.slice(0, 100)}`);
      },
    });
    const night = await nightOf({}, 'full');
    results.push(await resultOf(night, 'seed agent', seedGenome, []));
    let champion = seedGenome;
    for (const [arm, search] of Object.entries(ARCHIVE_ARMS)) {
      const own = await nightOf(search, arm);
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
      ...night,
      log: { ...night.log, improvement: ({ kind }) => Promise.resolve(void learned.push(kind)) },
    });
    results.push(await resultOf(night, 'learner only', learner, learned));
    if (night.unseen.length > 0)
      improvers.push({
        seed,
        evolved: await improvedBy(night, champion),
        frozen: await improvedBy(night, seedGenome),
      });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the seed agent comes to on the kept-out families in k children of an improver; their score is on fresh tasks. */
async function improvedBy(night: Night, improver: Genome): Promise<Scores> {
  const own: Night = { ...night, families: night.unseen, unseen: [] };
  let genome = night.seedGenome;
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
      episodes: night.budget.improvement,
      name: `imp/${child}`,
    });
    say(`  imp@${child + 1} by ${improver.id.slice(0, 8)}: ${refusal ?? rationale.slice(0, 90)}`);
    genome = next ?? genome;
  }
  return { seen: await scoresOf(own, own.families, genome), unseen: [] };
}

function budgeted(seed: number): Pick<Night, 'families' | 'unseen' | 'budget'> {
  const suites = Object.fromEntries(
    Object.entries(configuration.suites).map(([suite, members]) => [suite, members.map(({ name }) => name)]),
  );
  const { folds, file } = configuration;
  const families = nightFamilies({ suites, seed, folds, config: file }, configuration.families);
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
  night: Night,
  arm: string,
  genome: Genome,
  kinds: readonly string[],
): Promise<ArmResult> {
  const scores = {
    seen: await scoresOf(night, night.families, genome),
    unseen: await scoresOf(night, night.unseen, genome),
  };
  say(
    `seed ${night.seed}, ${arm}: ${meanOf(scores.seen).toFixed(2)} seen, ${meanOf(scores.unseen).toFixed(2)} unseen`,
  );
  return { seed: night.seed, arm, kinds, scores };
}

async function scoresOf(night: Night, families: Night['families'], genome: Genome): Promise<Scored[]> {
  const actor = createGenomeActor(genome, night.minds);
  const played = await night.rollout.play(
    families.flatMap(({ family }) =>
      Array.from({ length: tasks }, (_, index) => ({
        actor,
        family,
        seed: splitSeed('dev', night.seed, FIRST_TASK + index),
        difficulty: 1 + (index % family.difficulties),
        repeat: 0,
      })),
    ),
  );
  return played.map(({ start: { task }, end: { reward } }) => ({
    task: `${night.seed}/${task.family}/${task.seed}`,
    family: `${night.seed}/${task.family}`,
    reward,
  }));
}

function meanOf(scored: readonly Scored[]): number {
  return intervalOf(scored).mean;
}

function intervalOf(scored: readonly Scored[]): Score {
  return scoreOf(scored.map(({ reward, task }) => ({ reward, cluster: task })));
}

/** Second minus first on the same tasks, over all seeds; clustered by task. */
function differenceOf(first: readonly Scored[], second: readonly Scored[]): Score {
  const byTask = new Map(first.map(({ task, reward }) => [task, reward]));
  return gainOf(
    second.map(({ task, reward }) => ({
      incumbent: byTask.get(task) ?? null,
      challenger: reward,
      cluster: task,
    })),
  );
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
          seen: intervalOf(ofArm(arm, 'seen')),
          unseen: intervalOf(ofArm(arm, 'unseen')),
          overSeed: differenceOf(ofArm('seed agent', 'seen'), ofArm(arm, 'seen')),
          overLearner: differenceOf(ofArm('learner only', 'seen'), ofArm(arm, 'seen')),
          overLearnerUnseen: differenceOf(ofArm('learner only', 'unseen'), ofArm(arm, 'unseen')),
        },
      ]),
    ),
    [`imp@${k}`]: {
      evolved: intervalOf(improvers.flatMap(({ evolved }) => evolved.seen)),
      seed: intervalOf(improvers.flatMap(({ frozen }) => frozen.seen)),
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
        estimate(intervalOf(ofArm(arm, 'seen'))),
        estimate(intervalOf(ofArm(arm, 'unseen'))),
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
    `\nimp@${k} on families kept out: evolved improver ${estimate(intervalOf(evolved))}, seed's improver ${estimate(intervalOf(frozen))}, difference ${estimate(differenceOf(frozen, evolved), true)}\n`,
  );
}
