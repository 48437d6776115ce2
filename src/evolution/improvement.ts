import { z } from 'zod';
import type { ImproverInput, Lesson, PlayReply, TrajectoryView } from '../agent/index.ts';
import { hashOf, LamarckError, messageOf, type Json } from '../protocol/index.ts';
import type { GuestLimits, GuestReply } from '../sandbox/index.ts';
import { SPLIT_SIZE, splitSeed } from '../task/index.ts';
import { applyPatch, genomeOf, type Genome } from './genome.ts';
import { actorOf, type Night } from './night.ts';
import { viewOf } from './trajectory-view.ts';

/** An improver thinks longer than an agent at one task: over a whole night's trajectories. */
const IMPROVER_LIMITS: Partial<GuestLimits> = {
  fuel: 2_000_000_000,
  memoryMegabytes: 256,
  deliveryMilliseconds: 60_000,
};

/** Calls of `play` in one improvement, so that one that plays nothing cannot go on for ever. */
const CALLS = 400;

const PlayRequestSchema = z.object({
  files: z.record(z.string(), z.string().nullable()),
  tasks: z
    .array(
      z.object({
        family: z.string(),
        task: z
          .number()
          .int()
          .min(0)
          .max(SPLIT_SIZE - 1),
        difficulty: z.number().int().min(1),
      }),
    )
    .max(1024),
  repeats: z.number().int().min(1).max(32),
});

/** What came of asking a genome's improver for a child. */
export interface Improvement {
  readonly kind: string;
  readonly rationale: string;
  /** The child, before the gate. */
  readonly child?: Genome;
  readonly refusal?: string;
  /** Train episodes that it asked for. */
  readonly episodes: number;
}

/**
 * Lets the parent write its child: its improver runs as a guest, and may play drafts on the train split until
 * `episodes` are spent. What the guest does wrong is a refusal with a sentence, never an exception.
 */
export async function improve(
  night: Night,
  options: {
    parent: Genome;
    lessons: readonly Lesson[];
    trajectories: readonly TrajectoryView[];
    episodes: number;
    /** Names this improvement: feeds its randomness and picks its part of the train split. */
    index: number;
  },
): Promise<Improvement> {
  const { parent, index } = options;
  let left = options.episodes;
  const input: ImproverInput = {
    files: parent.files,
    families: night.families.map(({ alias, family }) => ({
      family: alias,
      environment: family.environment.name,
      difficulties: family.difficulties,
    })),
    lessons: options.lessons,
    trajectories: options.trajectories,
    budget: { episodes: options.episodes },
    seed: hashOf({ run: night.seed, improvement: index }),
  };

  async function play(request: unknown): Promise<PlayReply> {
    const parsed = PlayRequestSchema.safeParse(request);
    if (!parsed.success)
      throw guestError(
        `asked for a play that is none: ${parsed.error.issues[0]?.message} at ${parsed.error.issues[0]?.path.join('.')}`,
      );
    const { files, tasks, repeats } = parsed.data;
    const actor = actorOf(night, genomeOf(applyPatch(parent.files, files)));
    const planned = tasks
      .flatMap((task) => Array.from({ length: repeats }, (_, repeat) => ({ ...task, repeat })))
      .slice(0, left);
    const jobs = planned.map(({ family: alias, task, difficulty, repeat }) => {
      const family = night.families.find((each) => each.alias === alias)?.family;
      if (!family || difficulty > family.difficulties) {
        throw guestError(
          `asked to play "${alias}" at difficulty ${difficulty}, which is not among its families`,
        );
      }
      return { actor, family, seed: splitSeed('train', night.seed, task), difficulty, repeat };
    });
    left -= jobs.length;
    const trajectories = await night.rollout.play(jobs);
    return {
      trajectories: trajectories.map((trajectory, place) =>
        viewOf(trajectory, planned[place]?.family ?? '', planned[place]?.task ?? 0),
      ),
      episodesLeft: left,
    };
  }

  const spent = (): number => options.episodes - left;
  const refused = (refusal: string): Improvement => ({
    kind: 'none',
    rationale: '',
    refusal,
    episodes: spent(),
  });
  const mind = await night.minds.lease(night.drain);
  try {
    const guest = await mind.boot({
      files: parent.files,
      entry: 'improve.ts',
      input: input as unknown as Json,
      seed: input.seed,
      limits: IMPROVER_LIMITS,
    });
    try {
      let reply: GuestReply = guest.started;
      for (let calls = 0; calls < CALLS; calls++) {
        const { answer } = reply;
        if (answer.kind === 'patch') {
          const { improvement: kind, rationale } = answer;
          const child = genomeOf(applyPatch(parent.files, answer.files));
          return { kind, rationale, child, episodes: spent() };
        }
        if (answer.kind === 'end') return refused('the improver ended without a patch');
        if (answer.kind !== 'call' || answer.name !== 'play') {
          return refused(
            answer.kind === 'idle'
              ? 'the improver stopped answering'
              : `the improver emitted "${answer.kind}"`,
          );
        }
        reply = await guest.deliver({
          type: 'reply',
          id: answer.id,
          value: (await play(answer.arguments)) as unknown as Json,
        });
      }
      return refused(`the improver made more than ${CALLS} calls`);
    } finally {
      await guest.dispose();
    }
  } catch (error) {
    if (LamarckError.isInstance(error) && error.boundary === 'agent') return refused(messageOf(error));
    throw error;
  } finally {
    mind.release();
  }
}

function guestError(what: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_GUEST_PROTOCOL',
    boundary: 'agent',
    message: `The improver ${what}`,
  });
}
