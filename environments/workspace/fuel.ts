import { z } from 'zod';

/** Units of fuel for all tests of a text together. */
export const FuelSchema = z.object({
  /** While it is worked on: endless loops are common then. */
  trial: z.number().int().positive().max(100_000_000).default(20_000),
  /** For a verdict: what is right but slow passes. */
  verdict: z.number().int().positive().max(100_000_000).default(1_000_000),
});
export type Fuel = z.output<typeof FuelSchema>;

/** What a task has whose right solution needs less than a quarter of it. */
export const USUAL_FUEL: Fuel = FuelSchema.parse({});
