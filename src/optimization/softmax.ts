import type { Random } from '../protocol/index.ts';

/** What is true of one candidate, by name; what is absent is 0. */
export type Features = Readonly<Record<string, number>>;

/** What each feature is worth, in logits; what is absent is 0. */
export type Weights = Readonly<Record<string, number>>;

/**
 * Σ weight × feature: the logit of a candidate under a linear policy.
 *
 * @example linearScore({ bold: 1, red: 2 }, { bold: 0.5, red: -1 }) // -1.5
 */
export function linearScore(features: Features, weights: Weights): number {
  let total = 0;
  for (const name in features) total += (features[name] as number) * (weights[name] ?? 0);
  return total;
}

/**
 * Probabilities proportional to `exp(score / temperature)`, computed without overflow.
 *
 * @param temperature above 0; towards 0 the best candidate takes all, at 1 scores are plain logits.
 * @example softmax([0, 0]) // [0.5, 0.5]
 */
export function softmax(scores: readonly number[], temperature = 1): number[] {
  let top = -Infinity;
  for (const score of scores) if (score > top) top = score;
  const masses = scores.map((score) => Math.exp((score - top) / temperature));
  let total = 0;
  for (const mass of masses) total += mass;
  return masses.map((mass) => mass / total);
}

/**
 * Draws an index with the given probabilities. Throws a RangeError if the list is empty.
 *
 * @example sampleIndex([0, 1, 0], createRandom('seed')) // 1
 */
export function sampleIndex(probabilities: readonly number[], random: Random): number {
  if (probabilities.length === 0) throw new RangeError('There is nothing to choose from.');
  let left = random.real();
  for (let index = 0; index < probabilities.length; index++) {
    left -= probabilities[index] as number;
    if (left < 0) return index;
  }
  return probabilities.length - 1;
}
