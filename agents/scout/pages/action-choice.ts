/**
 * How the agent weighs what it could do on a page: every affordance is scored by the learned policy, and one is drawn
 * with a probability that grows with its score.
 */
import {
  createRandom,
  linearScore,
  pageSignature,
  sampleIndex,
  softmax,
  type Action,
  type Features,
  type PageView,
  type Weights,
} from 'lamarck/agent';
import { featuresOf } from './features.ts';
import { readInstruction } from './instruction-reading.ts';
import type { Memory } from './memory.ts';
import { readPage } from './page-reading.ts';

export interface Policy {
  /** 1 while learning; low once learned, so that the best candidate is nearly always taken. */
  readonly temperature: number;
  readonly weights: Weights;
  /** Only while learning, where nothing was won yet. */
  readonly curiosity?: Curiosity;
}

/** A way to try what was tried least: it decides what is done, never what it is worth. */
export interface Curiosity {
  /** Share of the decisions that it makes. */
  readonly share: number;
  /** How often a candidate with a feature was taken. */
  readonly taken: Readonly<Record<string, number>>;
}

export interface Choice {
  readonly action: Action;
  readonly index: number;
  /** Its probability under the policy, rounded to 3 digits. */
  readonly chance: number;
  /** The features that spoke loudest for it, with what they added to its score. */
  readonly because: readonly string[];
}

/** The features of every affordance of a page. */
export function candidatesOf(
  instruction: string,
  page: PageView,
  memory: Memory,
  affordances: readonly Action[],
): Features[] {
  const signature = pageSignature(page);
  const reading = readPage(readInstruction(instruction), page, memory, signature);
  return featuresOf(reading, memory, signature, affordances);
}

/** The probability with which each candidate is taken. */
export function chancesOf(
  { temperature, weights, curiosity }: Policy,
  candidates: readonly Features[],
): number[] {
  const chances = softmax(
    candidates.map((features) => linearScore(features, weights)),
    temperature,
  );
  if (curiosity === undefined) return chances;
  const { share, taken } = curiosity;
  const novelties = candidates.map((features) => noveltyOf(features, taken));
  const total = novelties.reduce((sum, novelty) => sum + novelty, 0);
  return chances.map((chance, at) => (1 - share) * chance + (share * (novelties[at] as number)) / total);
}

/** In (0, 1]: 1 for what has a feature that nothing taken ever had; small for what repeats itself. */
function noveltyOf(features: Features, taken: Curiosity['taken']): number {
  let least = Infinity;
  for (const name in features) least = Math.min(least, taken[name] ?? 0);
  return (features['repeats itself'] === 1 ? 0.01 : 1) / (1 + least);
}

/** Chooses one of the affordances. Equal seeds choose equally. */
export function weigh(
  policy: Policy,
  instruction: string,
  page: PageView,
  memory: Memory,
  affordances: readonly Action[],
  seed: string,
): Choice {
  const candidates = candidatesOf(instruction, page, memory, affordances);
  const chances = chancesOf(policy, candidates);
  const index = sampleIndex(chances, createRandom(seed));
  return {
    action: affordances[index] as Action,
    index,
    chance: Math.round((chances[index] as number) * 1000) / 1000,
    because: reasonsFor(candidates[index] as Features, policy.weights),
  };
}

function reasonsFor(features: Features, weights: Weights): string[] {
  return Object.keys(features)
    .map((name) => ({ name, worth: (features[name] as number) * (weights[name] ?? 0) }))
    .filter(({ worth }) => Math.abs(worth) >= 0.1)
    .sort((left, right) => Math.abs(right.worth) - Math.abs(left.worth))
    .slice(0, 3)
    .map(({ name, worth }) => `${name} ${worth > 0 ? '+' : ''}${worth.toFixed(1)}`);
}
