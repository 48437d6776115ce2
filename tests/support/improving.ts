import { type GenomeFiles, type Json, type GuestSandbox, type TaskFamily } from 'lamarck';
import type { ImproverInput, TrajectoryView } from 'lamarck/agent';
import { createGenomeActor, createLocalWorld, type World } from '../../src/episode/index.ts';
import { genomeOf } from '../../src/genome/genome.ts';
import type { RunContext } from '../../src/evolution/run-context.ts';
import { createTraining } from '../../src/evolution/training.ts';
import { viewOf } from '../../src/evolution/trajectory-view.ts';
import { selfMending } from '../../src/presets.ts';
import type { Trajectory } from '../../src/protocol/index.ts';
import { createRollout } from '../../src/rollout/index.ts';
import { splitSeed } from '../../src/task/index.ts';

/** A task to play: of a family by its alias. */
export interface Plan {
  readonly family: string;
  readonly task: number;
  readonly difficulty: number;
}

/** What a run gives to improvers. */
const LIMITS = { fuel: 2_000_000_000, memoryMegabytes: 256, deliveryMilliseconds: 60_000 };
const SEED = 1;

/**
 * Plays genomes at tasks of families named `family-1`, `family-2`, …, and lets them write children. They run in isolates
 * the world in
 * this process. What was played is not played again.
 */
export function createPlayground(families: readonly TaskFamily[], guests: GuestSandbox) {
  const named = families.map((family, at) => ({ family, suite: 'all', alias: `family-${at + 1}` }));
  const world: World = {
    open: (task, signal) => {
      const family = families.find(({ name }) => name === task.family) as TaskFamily;
      return createLocalWorld(family, {} as never).open(task, signal);
    },
  };
  const record = new Map<string, Trajectory>();
  const rolloutOf = () =>
    createRollout({
      world,
      memory: {
        find: (key) => Promise.resolve(record.get(key)),
        keep: (trajectory) => Promise.resolve(void record.set(trajectory.start.episode, trajectory)),
      },
      workers: 1,
      drain: new AbortController().signal,
    });

  async function play(files: GenomeFiles, plans: readonly Plan[], split: 'train' | 'dev' = 'train') {
    const actor = createGenomeActor(genomeOf(files), guests);
    const trajectories = await rolloutOf().play(
      plans.map(({ family: alias, task, difficulty }) => ({
        actor,
        family: named.find((each) => each.alias === alias)?.family as TaskFamily,
        seed: splitSeed(split, SEED, task),
        difficulty,
        repeat: 0,
      })),
    );
    return trajectories.map((trajectory, at): TrajectoryView =>
      viewOf(trajectory, plans[at]?.family ?? '', plans[at]?.task ?? 0),
    );
  }

  /** Lets a genome write its child. */
  async function improve(files: GenomeFiles, given: Partial<ImproverInput> & { seed: string }) {
    const input: ImproverInput = {
      files,
      families: named.map(({ alias, family: { environment, difficulties } }) => ({
        family: alias,
        environment: environment.name,
        difficulties,
      })),
      lessons: [],
      scope: 'everything',
      mates: [],
      demonstrations: [],
      trajectories: [],
      budget: { episodes: 400 },
      ...given,
    };
    const rollout = rolloutOf();
    const run = { seed: SEED, families: named, guests, rollout, selfMending } as unknown as RunContext;
    const training = createTraining(run, genomeOf(files), input.budget.episodes);
    const states: string[] = [];
    const guest = await guests.boot({
      files,
      entry: 'improve.ts',
      input: input as unknown as Json,
      seed: input.seed,
      limits: LIMITS,
    });
    try {
      let { answer, changes } = guest.started;
      for (;;) {
        states.push(...changes.map(({ to }) => to));
        if (answer.kind !== 'call') break;
        const value = (await training.answer(answer.name, answer.arguments)) as unknown as Json;
        ({ answer, changes } = await guest.deliver({ type: 'reply', id: answer.id, value }));
      }
      const patch = answer.kind === 'patch' ? answer : undefined;
      return { patch, states, episodes: training.spent, asked: rollout.episodes };
    } finally {
      await guest.dispose();
    }
  }

  return { play, improve, record };
}
