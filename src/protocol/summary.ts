import { z } from 'zod';

/** A mean with its 95 % interval over `n` tasks. */
const EstimateSchema = z.object({
  mean: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number().int(),
});
export type Estimate = z.infer<typeof EstimateSchema>;

/** The arms on one set of tasks. `gain` is champion minus seed agent, paired by task. */
const ArmsSchema = z.object({
  random: EstimateSchema,
  seedAgent: EstimateSchema,
  champion: EstimateSchema,
  oracle: EstimateSchema,
  gain: EstimateSchema,
});
export type Arms = z.infer<typeof ArmsSchema>;

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
  /** Tree hash of the champion. */
  champion: z.string(),
  /** Admitted genomes, the seed among them, in the order of their birth. */
  genomes: z.array(
    z.object({
      id: z.string(),
      parent: z.string().nullable(),
      kind: z.string(),
      rationale: z.string(),
      verdict: z.enum(['seed', 'better', 'not-better', 'undecided']),
      /** On the dev split, over the tasks it was raced on. */
      dev: EstimateSchema,
    }),
  ),
  /** Patches that the gate refused, with the reason. */
  refused: z.array(z.object({ parent: z.string(), kind: z.string(), reason: z.string() })),
  /** The champion's re-test on dev tasks that did not select it. */
  confirmation: EstimateSchema,
  /** Episodes with no conclusion (`infrastructure-error`), which leave every mean. */
  missing: z.number().int(),
  /** Which sealed slice was scored. */
  slice: z.number().int(),
  sealed: ArmsSchema,
  suites: z.record(z.string(), ArmsSchema),
});
export type Summary = z.infer<typeof SummarySchema>;
