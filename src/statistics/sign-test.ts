/**
 * How likely at least so many wins among pairs that differ are by chance alone: an exact one-sided sign test.
 *
 * @example chanceOfWins(6, 0) // 1/64
 */
export function chanceOfWins(won: number, lost: number): number {
  const told = won + lost;
  let [chance, term] = [0, 0.5 ** told];
  for (let count = 0; count <= told; count++) {
    if (count >= won) chance += term;
    term *= (told - count) / (count + 1);
  }
  return Math.min(1, chance);
}
