import { z } from 'zod';

/** How the genome that writes the next child is chosen; `evolution/parents.ts` says what each means. */
export const PARENT_RULES = ['clade', 'dgm', 'novelty', 'pareto', 'uniform', 'greedy', 'root'] as const;
export type ParentRule = (typeof PARENT_RULES)[number];

/** How a run searches its archive. */
export const SearchSchema = z.strictObject({
  /** `greedy` (the best so far has every child) and `root` (the seed has) are controls. */
  parents: z.enum(PARENT_RULES).default('clade'),
  /** Whose improver writes children: the parent's own, or always the seed's (a control). */
  improver: z.enum(['own', 'seed']).default('own'),
  /** Children in the making at once. */
  lanes: z.number().int().min(1).max(16).default(1),
});
export type Search = z.output<typeof SearchSchema>;
