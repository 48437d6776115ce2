import type { ExploreRequest, ImproverInput, PlayReply, PlayRequest, TrajectoryView } from 'lamarck/agent';
import { type GenomeFiles, type Json, type MindSandbox, type TaskFamily } from 'lamarck';
import { createGenomeActor, createLocalWorld, runEpisode } from '../../src/episode/index.ts';
import { applyPatch, genomeOf } from '../../src/evolution/genome.ts';
import { viewOf } from '../../src/evolution/trajectory-view.ts';
import { splitSeed } from '../../src/task/index.ts';

/** A task to play: of a family by its alias. */
export interface Plan {
  readonly family: string;
  readonly task: number;
  readonly difficulty: number;
}

/** What a run gives to improvers. */
const LIMITS = { fuel: 2_000_000_000, memoryMegabytes: 256, deliveryMilliseconds: 60_000 };
const worldOf = (family: TaskFamily) => createLocalWorld(family, {} as never);
const SIGNAL = new AbortController().signal;

/**
 * Plays genomes at tasks of families named `family-1`, `family-2`, …, and lets them write children. They run in isolates
 * (`minds` needs two processes: an improver waits while its drafts play), the world in this process.
 */
export function createPlayground(families: readonly TaskFamily[], minds: MindSandbox) {
  const named = new Map(families.map((family, at) => [`family-${at + 1}`, family]));
  async function play(files: GenomeFiles, plans: readonly Plan[], split: 'train' | 'dev' = 'train') {
    const actor = createGenomeActor(genomeOf(files), minds);
    const trajectories: TrajectoryView[] = [];
    for (const { family: alias, task, difficulty } of plans) {
      const family = named.get(alias) as TaskFamily;
      const seed = splitSeed(split, 1, task);
      const trajectory = await runEpisode(
        { actor, family, seed, difficulty, repeat: 0 },
        worldOf(family),
        SIGNAL,
      );
      trajectories.push(viewOf(trajectory, alias, task));
    }
    return trajectories;
  }

  /** Lets a genome write its child. */
  async function improve(files: GenomeFiles, given: Partial<ImproverInput> & { seed: string }) {
    const input: ImproverInput = {
      files,
      families: [...named].map(([family, { environment, difficulties }]) => ({
        family,
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
    let episodesLeft = input.budget.episodes;
    const states: string[] = [];
    const answerTo = async (request: PlayRequest | ExploreRequest): Promise<PlayReply> => {
      // This world has no synthetic play: what is explored costs its episode and is not won.
      if ('tries' in request) {
        episodesLeft = Math.max(0, episodesLeft - request.tasks.length);
        return { trajectories: [], episodesLeft };
      }
      const { files: draft, tasks, repeats } = request;
      const plans = tasks.flatMap((plan) => Array.from({ length: repeats }, () => plan));
      const trajectories = await play(applyPatch(files, draft), plans.slice(0, episodesLeft));
      episodesLeft -= trajectories.length;
      return { trajectories, episodesLeft };
    };
    const mind = await minds.lease();
    try {
      const guest = await mind.boot({
        files,
        entry: 'improve.ts',
        input: input as unknown as Json,
        seed: input.seed,
        limits: LIMITS,
      });
      let { answer, changes } = guest.started;
      for (;;) {
        states.push(...changes.map(({ to }) => to));
        if (answer.kind !== 'call') break;
        const request = answer.arguments as unknown as PlayRequest | ExploreRequest;
        const value = (await answerTo(request)) as unknown as Json;
        ({ answer, changes } = await guest.deliver({ type: 'reply', id: answer.id, value }));
      }
      const patch = answer.kind === 'patch' ? answer : undefined;
      return { patch, states, episodes: input.budget.episodes - episodesLeft };
    } finally {
      mind.release();
    }
  }

  return { play, improve };
}
