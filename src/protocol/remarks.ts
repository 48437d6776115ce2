import type { Json } from './json.ts';

/** What kinds of outcomes mean that a limit ended a program, so that nobody knows whether it was right. */
const LIMITS: Readonly<Record<string, string>> = {
  fuel: 'used up its fuel',
  memory: 'used up its memory',
  timeout: 'was still running at its time limit',
};

/**
 * Remarks on a verdict that limits decided: sentences for people, kept in the evidence.
 *
 * @param kinds of the outcomes of failed tests
 * @param tests what they are called, e.g. `hidden tests`
 * @param fuel units that all of them together had
 * @returns no member where no limit struck, so that evidence without one is as it was
 * @example limitRemarks(['wrong'], { tests: 'hidden tests', total: 3, fuel: 1000 }) // {}
 */
export function limitRemarks(
  kinds: readonly string[],
  { tests, total, fuel }: { tests: string; total: number; fuel: number },
): { remarks?: string[] } {
  const struck = Object.entries(LIMITS).flatMap(([kind, what]) => {
    const count = kinds.filter((one) => one === kind).length;
    return count > 0 ? [{ kind, what, count }] : [];
  });
  if (struck.length === 0) return {};
  return {
    remarks: struck.map(
      ({ kind, what, count }) =>
        `The program ${what} in ${count} of ${total} ${tests}${kind === 'fuel' ? ` (${fuel.toLocaleString('en')} units for all of them)` : ''}: it failed them by that limit, and may be right.`,
    ),
  };
}

/** The remarks that an environment left in its evidence, in a member `remarks`: what people are shown beside the reward. */
export function remarksIn(evidence: Json | null | undefined): string[] {
  if (typeof evidence !== 'object' || evidence === null || !Object.hasOwn(evidence, 'remarks')) return [];
  const remarks: unknown = Reflect.get(evidence, 'remarks');
  return Array.isArray(remarks) ? remarks.filter((one) => typeof one === 'string') : [];
}
