/**
 * Families of a suite that a run keeps out of learning and selecting: of `folds` equal parts the one whose turn it is,
 * so that runs with successive seeds keep out each family in turn. None where there are fewer families than folds.
 *
 * @param names the suite's families, in order
 * @param folds 0 or 1: none is kept out
 */
export function keptOut(names: readonly string[], folds: number, seed: number): string[] {
  const size = folds < 2 ? 0 : Math.floor(names.length / folds);
  const start = (seed * size) % Math.max(1, names.length);
  return names.filter((_, at) => (at - start + names.length) % names.length < size);
}
