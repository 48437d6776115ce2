import { z } from 'zod';
import type { Json } from './json.ts';
import { StopReasonSchema } from './stop-reason.ts';

/**
 * Format version of the records of episodes, improvements and seals (a seal records that a sealed slice of tasks was opened). A reader refuses a newer record by name, and must go on reading every older one.
 */
export const RECORD_VERSION = 1;

const JsonSchema: z.ZodType<Json> = z.json() as z.ZodType<Json>;
const HashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** One task, by name: with the family's code this is enough to make it again. */
export const TaskReferenceSchema = z.object({
  family: z.string(),
  seed: z.number().int().nonnegative(),
  difficulty: z.number().int().min(1),
});
export type TaskReference = z.infer<typeof TaskReferenceSchema>;

/** Which part of a suite a task is drawn from: learned from, selected on, or scored once. */
const SplitSchema = z.enum(['train', 'dev', 'sealed']);
export type Split = z.infer<typeof SplitSchema>;

/**
 * Who acts: a genome (by the hash of its tree), one of the two reference actors, a script, or a person (by the hash of the actions),
 * which plays again what was found elsewhere.
 */
const ActorReferenceSchema = z.union([
  z.object({ genome: z.string() }),
  z.object({ script: HashSchema }),
  z.object({ reference: z.enum(['random', 'oracle']) }),
  z.object({ human: HashSchema }),
]);
export type ActorReference = z.infer<typeof ActorReferenceSchema>;

export const EpisodeStartSchema = z.object({
  type: z.literal('episode-start'),
  version: z.literal(RECORD_VERSION),
  /** Content key of the episode: actor, task, repeat. The same key is never run to an end twice in a run. */
  episode: HashSchema,
  actor: ActorReferenceSchema,
  task: TaskReferenceSchema.extend({ hash: HashSchema, instruction: z.string() }),
  environment: z.string(),
  split: SplitSchema,
  /** Which of several tries at the same task by the same actor. */
  repeat: z.number().int().nonnegative(),
});

export const ObservationRecordSchema = z.object({
  type: z.literal('observation'),
  step: z.number().int().nonnegative(),
  observation: JsonSchema,
  affordances: z.array(JsonSchema).optional(),
  /** SHA-256 over the observation's canonical JSON. */
  hash: HashSchema,
});

export const StateChangeSchema = z.object({
  type: z.literal('state-change'),
  step: z.number().int().nonnegative(),
  /** State values of the agent's chart, dotted from the root, e.g. `acting.filling`. */
  from: z.string(),
  to: z.string(),
  event: z.string(),
});
export type StateChange = Omit<z.infer<typeof StateChangeSchema>, 'type' | 'step'>;

export const DecisionRecordSchema = z.object({
  type: z.literal('decision'),
  step: z.number().int().nonnegative(),
  /** What the agent said of its choice, for readers and for its own improver. */
  note: JsonSchema.optional(),
});

export const ActionRecordSchema = z.object({
  type: z.literal('action'),
  step: z.number().int().nonnegative(),
  action: JsonSchema,
});

export const ActionErrorSchema = z.object({
  type: z.literal('action-error'),
  step: z.number().int().nonnegative(),
  message: z.string(),
});

/** What the agent reached for that no task needs: what judges it, the host, the clock. Its reward is 0, whatever it did besides. */
export const TamperingRecordSchema = z.object({
  type: z.literal('tampering'),
  attempts: z.array(z.string()).min(1),
});

export const RewardRecordSchema = z.object({
  type: z.literal('reward'),
  /** In [0, 1], or null where nothing may be concluded. */
  reward: z.number().min(0).max(1).nullable(),
  /** What the verifier judged, so that rewards can be computed again. */
  evidence: JsonSchema.nullable(),
});

/** An attempt at an episode that failed by what looked like a fault of ours, so that it was tried again in a fresh world. */
const FaultSchema = z.object({
  /** What was under way: the world was opened, the agent was started, it decided or acted, or its work was judged. */
  during: z.enum(['opening', 'starting', 'deciding', 'acting', 'verifying']),
  /** Actions that were done by then. */
  step: z.number().int().nonnegative(),
  code: z.string(),
  boundary: z.string(),
  message: z.string(),
});
export type Fault = z.infer<typeof FaultSchema>;

export const EpisodeEndSchema = z.object({
  type: z.literal('episode-end'),
  stop: StopReasonSchema,
  reward: z.number().min(0).max(1).nullable(),
  steps: z.number().int().nonnegative(),
  /** What went wrong, for the stops that are errors. */
  error: z.object({ code: z.string(), boundary: z.string(), message: z.string() }).optional(),
  /** SHA-256 over all records of the episode but this one, and over this one's stop and reward. */
  hash: HashSchema,
  /** 1, or more where faults of ours made us try again. */
  attempts: z.number().int().min(1),
  /** The attempts before the last, in order; absent where the first one counted, and in older records. */
  faults: z.array(FaultSchema).optional(),
  /** Wall time in ms and the moment of the end (Unix ms). With `attempts` and `faults`, the only members that differ between equal runs. */
  wallMilliseconds: z.number().nonnegative(),
  endedAt: z.number().int(),
});

/** What an episode's frame holds, in order: a start, what happened, an end. */
export type EpisodeRecord =
  | z.infer<typeof EpisodeStartSchema>
  | z.infer<typeof ObservationRecordSchema>
  | z.infer<typeof StateChangeSchema>
  | z.infer<typeof DecisionRecordSchema>
  | z.infer<typeof ActionRecordSchema>
  | z.infer<typeof ActionErrorSchema>
  | z.infer<typeof TamperingRecordSchema>
  | z.infer<typeof RewardRecordSchema>
  | z.infer<typeof EpisodeEndSchema>;
export type EpisodeStart = z.infer<typeof EpisodeStartSchema>;
export type EpisodeEnd = z.infer<typeof EpisodeEndSchema>;

/** One improver's work, from parent to child (or to nothing). */
export const ImprovementRecordSchema = z.object({
  type: z.literal('improvement'),
  version: z.literal(RECORD_VERSION),
  /** Set where it belongs to the control arm that only learns; absent in the evolving archive. */
  arm: z.literal('learner').optional(),
  /** Place in the arm's order of improvements, from 0. */
  index: z.number().int().nonnegative(),
  parent: z.string(),
  /** The archive member that it also took from, in a recombination. */
  mate: z.string().optional(),
  /** Tree hash of the child; null where none came or the gate refused it. */
  child: z.string().nullable(),
  /** The kind the improver named, e.g. `policy`, `skills`, `costs`. */
  kind: z.string(),
  rationale: z.string(),
  /** Content hashes (SHA-256) of the child's files, which old runs kept as blobs too: by now the archive alone has them. */
  files: z.record(z.string(), HashSchema).optional(),
  /** Why there is no child, in one sentence. */
  refusal: z.string().optional(),
  /** Train episodes that the improver played. */
  episodes: z.number().int().nonnegative(),
});
export type ImprovementRecord = z.infer<typeof ImprovementRecordSchema>;

/** A sealed slice was opened: written before its first episode, so that no slice is ever scored twice. */
export const SealRecordSchema = z.object({
  type: z.literal('seal'),
  version: z.literal(RECORD_VERSION),
  slice: z.number().int().nonnegative(),
  /** The run's budget in episodes at that time: a run that is extended seals again, on a slice of its own. */
  budget: z.number().int().positive(),
  champion: z.string(),
});
export type SealRecord = z.infer<typeof SealRecordSchema>;

/** One episode, whole: what a reader gets back. */
export interface Trajectory {
  readonly start: EpisodeStart;
  /** Everything between start and end, in order. */
  readonly records: readonly EpisodeRecord[];
  readonly end: EpisodeEnd;
}

/** What was attempted in an episode that is quarantined for it; empty as a rule. */
export function tamperingIn({ records }: Pick<Trajectory, 'records'>): readonly string[] {
  return records.find((record) => record.type === 'tampering')?.attempts ?? [];
}
