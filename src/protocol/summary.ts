import { z } from 'zod';
import { MissingReasonSchema } from './missing-reasons.ts';

/** One thing that is not what it was when a run began. */
export const RunChangeSchema = z.object({
  kind: z.enum(['files', 'packages', 'lamarck', 'families', 'settings']),
  name: z.string(),
  change: z.enum(['changed', 'added', 'removed']),
  /** Of settings and packages, which can be read. */
  before: z.string().optional(),
  after: z.string().optional(),
});
export type RunChange = z.infer<typeof RunChangeSchema>;

/** A mean with its 95 % interval over `n` tasks: a missing reward counts as 0, and the interval spans what it may have been. */
export const EstimateSchema = z.object({
  /** Of nothing there is no mean: null in JSON. */
  mean: z.union([z.number(), z.nan(), z.null().transform(() => Number.NaN)]),
  low: z.number(),
  high: z.number(),
  n: z.number().int(),
  /** Of the `n` tasks, those where a reward is missing. Absent in old summaries, whose means left such tasks out. */
  missing: z.number().int().optional(),
});
export type Estimate = z.infer<typeof EstimateSchema>;

/**
 * The arms on one set of tasks. `gain` is champion minus seed agent, `gainOverLearner` champion minus the arm that only
 * learned, with the same budget: both paired by task.
 */
export const ArmsSchema = z.object({
  random: EstimateSchema,
  seedAgent: EstimateSchema,
  learnerOnly: EstimateSchema,
  champion: EstimateSchema,
  oracle: EstimateSchema,
  gain: EstimateSchema,
  gainOverLearner: EstimateSchema,
});
export type Arms = z.infer<typeof ArmsSchema>;

/** The arms on families that were kept out of learning; the gains once more with families as clusters. */
export const FamilyArmsSchema = ArmsSchema.extend({
  families: z.array(z.string()),
  gainByFamily: EstimateSchema,
  gainOverLearnerByFamily: EstimateSchema,
});
export type FamilyArms = z.infer<typeof FamilyArmsSchema>;

/** `summary.json`: a run's outcome, for programs. */
export const SummarySchema = z.object({
  /** Version of this schema. */
  version: z.literal(1),
  run: z.string(),
  /** The run's `--seed`. */
  seed: z.number().int(),
  /** Active wall time over all sittings, in seconds. */
  wallSeconds: z.number(),
  /** Different episodes in the record. */
  episodes: z.number().int(),
  /** How many of these episodes had an agent reach for what judges it. */
  tampering: z.number().int().default(0),
  /** What had changed when the run was continued all the same: its episodes are not all of the same code. */
  changes: z.array(RunChangeSchema).default([]),
  /** Tree hash of the champion. */
  champion: z.string(),
  /** Admitted genomes, the seed among them, in the order of their birth. */
  genomes: z.array(
    z.object({
      id: z.string(),
      parent: z.string().nullable(),
      /** The member that it also took from, in a recombination. */
      mate: z.string().optional(),
      kind: z.string(),
      rationale: z.string(),
      /** Of the race against its parent. */
      verdict: z.enum(['seed', 'better', 'not-better', 'undecided']),
      /** Child minus parent on the same dev tasks, clustered by family where there are four or more; null for the seed. */
      gain: EstimateSchema.nullable(),
      /** Whether "better than its parent" holds among all races of the run, at a false-discovery rate of 5 % (e-BH). */
      discovery: z.boolean(),
      /** On the dev split, over the tasks it was raced on. */
      dev: EstimateSchema,
    }),
  ),
  /** Patches that the gate refused, with the reason. */
  refused: z.array(z.object({ parent: z.string(), kind: z.string(), reason: z.string() })),
  /** Changes by the kind that improvers named: how many were tried, admitted to the archive, and better than their parent. */
  kinds: z.record(
    z.string(),
    z.object({ tried: z.number().int(), admitted: z.number().int(), better: z.number().int() }),
  ),
  /** The champion's re-test on dev tasks that did not select it. */
  confirmation: EstimateSchema,
  /** All that were re-tested, each against the seed agent on the same tasks. */
  finalists: z.array(
    z.object({ id: z.string(), dev: EstimateSchema, gain: EstimateSchema, evidence: z.number() }),
  ),
  /** Where the arm came to that only learns: tree hash, and the number of improvements in its line. */
  learner: z.object({ id: z.string(), improvements: z.number().int() }),
  /** Episodes without a reward (`infrastructure-error`), of all that were played. */
  missing: z.number().int(),
  /** Why, by error code. Empty in old summaries, which only counted them. */
  missingReasons: z.array(MissingReasonSchema).default([]),
  /** Which sealed slice was scored. */
  slice: z.number().int(),
  sealed: ArmsSchema,
  suites: z.record(z.string(), ArmsSchema),
  /** Null where the configuration keeps no family out. */
  unseenFamilies: FamilyArmsSchema.nullable(),
});
export type Summary = z.infer<typeof SummarySchema>;
