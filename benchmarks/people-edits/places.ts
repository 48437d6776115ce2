import type { Choice } from '../../agents/scout/repairs/mend-order.ts';

/** Where an order puts the edit that was made, in the mean over orders of edits that it cannot tell apart. */
export function placesOf(
  { facts, chosen }: Choice,
  weights: Readonly<Record<string, number>>,
): { place: number; withinTen: number } {
  const scores = facts.map((each) => each.reduce((sum, fact) => sum + (weights[fact] ?? 0), 0));
  const own = scores[chosen[0] ?? 0] ?? 0;
  const before = scores.filter((score) => score > own + 1e-9).length;
  const alike = scores.filter((score) => Math.abs(score - own) <= 1e-9).length;
  return {
    place: (before + (alike - 1) / 2) / facts.length,
    withinTen: Math.min(1, Math.max(0, 10 - before) / alike),
  };
}
