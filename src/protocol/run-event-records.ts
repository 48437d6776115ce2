import { z } from 'zod';
import {
  ImprovementRecordSchema,
  SealRecordSchema,
  type ImprovementRecord,
  type SealRecord,
} from './records.ts';
import { ArmsSchema, EstimateSchema, FamilyArmsSchema } from './summary.ts';

/** The version of the record that brought events beside improvements and seals: older readers refuse it by name. */
export const EVENT_VERSION = 2;

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), version: z.literal(EVENT_VERSION), ...shape });

const PhaseSchema = z.enum(['calibrating', 'exploring', 'confirming', 'sealing', 'reporting']);
/** What a run does, in this order. */
export type Phase = z.infer<typeof PhaseSchema>;

/** A process began to work on the run, or to go on with it. */
const SittingStartSchema = event('sitting-start', {
  /** Unix ms. */
  at: z.number().int(),
  /** Episodes at once. */
  workers: z.number().int().positive(),
});

/** A process ended its work on the run, as far as it could still say so: one that is killed does not. */
const SittingEndSchema = event('sitting-end', {
  /** Unix ms. */
  at: z.number().int(),
  /** `finished`, or the code of the error that cut it: `LAMARCK_DRAINED` where it was asked to stop. */
  reason: z.string(),
});

const PhaseStartSchema = event('phase-start', {
  phase: PhaseSchema,
  /** The run's budget in episodes at that time: a run that is extended goes through its phases again. */
  budget: z.number().int().positive(),
});

/** The seed agent on the first dev rounds, and minus itself with other randomness. */
const CalibrationSchema = event('calibration', {
  genome: z.string(),
  rounds: z.number().int().positive(),
  dev: EstimateSchema,
  noise: EstimateSchema,
});

/** A genome has played one dev round more. */
const RaceRoundSchema = event('race-round', {
  genome: z.string(),
  /** Rounds that it has played by now. */
  rounds: z.number().int().positive(),
  /** Its mean over them. */
  dev: EstimateSchema,
  /** Against its parent, on the rounds that both have played; null for the seed. */
  race: z
    .object({
      verdict: z.enum(['better', 'not-better', 'undecided']),
      difference: EstimateSchema,
      /** e-value against "not better". */
      evidence: z.number(),
    })
    .nullable(),
});

/** A finalist was tried on dev tasks that did not select it. */
const ConfirmationSchema = event('confirmation', {
  budget: z.number().int().positive(),
  genome: z.string(),
  dev: EstimateSchema,
  /** Against the seed on the same tasks. */
  difference: EstimateSchema,
  /** e-value against "not better than the seed". */
  evidence: z.number(),
});

/** The champion was chosen: a finalist that was confirmed, or else the seed. */
const ChampionSchema = event('champion', {
  budget: z.number().int().positive(),
  genome: z.string(),
  /** On the dev tasks of the confirmation. */
  dev: EstimateSchema,
});

/** All arms on a sealed slice. */
const SealedScoresSchema = event('sealed-scores', {
  slice: z.number().int().nonnegative(),
  all: ArmsSchema,
  suites: z.record(z.string(), ArmsSchema),
  /** On families that nothing was learned from; null where none was kept out. */
  unseenFamilies: FamilyArmsSchema.nullable(),
});

export const RunEventSchemas = [
  SittingStartSchema,
  SittingEndSchema,
  PhaseStartSchema,
  CalibrationSchema,
  RaceRoundSchema,
  ConfirmationSchema,
  ChampionSchema,
  SealedScoresSchema,
] as const;
const RunEventRecordSchema = z.discriminatedUnion('type', [
  ...RunEventSchemas,
  ImprovementRecordSchema,
  SealRecordSchema,
]);

/** What a run records of itself beside its episodes, a frame each. */
export type RunEventRecord = z.infer<(typeof RunEventSchemas)[number]> | ImprovementRecord | SealRecord;

const TYPES: ReadonlySet<string> = new Set(RunEventRecordSchema.options.map(({ shape }) => shape.type.value));

export function isRunEvent<Other extends { readonly type: string }>(
  record: Other | RunEventRecord,
): record is RunEventRecord {
  return TYPES.has(record.type);
}

/** Reads an event as it was written, in which JSON has null for a mean of nothing. */
export function parseRunEvent(value: unknown): RunEventRecord {
  return RunEventRecordSchema.parse(value);
}
