import { canonicalJson, type Json } from '../protocol/index.ts';

/** Tries below which agreement says nothing. */
export const LEAST_TRIES = 3;

/**
 * Rewards of several tries at one task that nobody knows the answer of: 1 for those that agree with the most frequent
 * answer, 0 for the others, null for all where it is not the only most frequent one, or the tries are less than three.
 * What most tries come to need not be right: it rewards being sure.
 * Source: Zuo et al., TTRL: Test-Time Reinforcement Learning, 2025.
 *
 * @param answers what each try came to; undefined where it came to nothing, which agrees with no other
 */
export function majority(answers: readonly (Json | undefined)[]): (0 | 1 | null)[] {
  const texts = answers.map((answer) => (answer === undefined ? undefined : canonicalJson(answer)));
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [[first, most] = [undefined, 0], [, second] = [undefined, 0]] = [...counts].toSorted(
    ([, one], [, other]) => other - one,
  );
  if (answers.length < LEAST_TRIES || most === second || first === undefined) return answers.map(() => null);
  return texts.map((text) => (text === first ? 1 : 0));
}
