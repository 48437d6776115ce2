/**
 * Which of several hypotheses to reject so that the false-discovery rate stays at most `alpha`, whatever the dependence
 * between them: the e-BH procedure (Wang & Ramdas 2022). With K e-values in falling order, the k largest are discoveries
 * for the largest k whose k-th e-value is at least K / (alpha × k). Where every null is true, no discovery at all is
 * made with probability at least 1 − alpha.
 *
 * @returns for each e-value, in the order given, whether it is a discovery
 */
export function discoveries(eValues: readonly number[], alpha = 0.05): boolean[] {
  const falling = [...eValues].sort((left, right) => right - left);
  const count = falling.findLastIndex((value, at) => value >= eValues.length / (alpha * (at + 1))) + 1;
  const threshold = falling[count - 1] ?? Infinity;
  return eValues.map((value) => count > 0 && value >= threshold);
}
