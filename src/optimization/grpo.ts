import type { Features, Weights } from './softmax.ts';

/** One decision: what could be done, and which of it was. */
export interface PolicyStep {
  readonly candidates: readonly Features[];
  readonly chosen: number;
  /**
   * Probability with which it was chosen. Where it is absent, the step is imitated: it counts as if the policy of this
   * round had taken it, however it came about (self-imitation, Oh et al. 2018, within the trust region).
   */
  readonly chance?: number;
}

/** One try at a task. */
export interface PolicyEpisode {
  readonly steps: readonly PolicyStep[];
  readonly reward: number;
}

/** Several tries at the same task by the same policy. */
export type EpisodeGroup = readonly PolicyEpisode[];

export interface GrpoSettings {
  /** Length of a weight's step in one pass (Adam). */
  readonly learningRate: number;
  /** Passes over the same groups. */
  readonly epochs: number;
  /** How far the ratio of new to old probability may fall and still count: to 1 − this. */
  readonly clip: number;
  /** How far it may rise: to 1 + this. Larger than `clip`, what was rare and won can grow (clip-higher, DAPO 2025). */
  readonly clipHigher: number;
  /** Weight of the Kullback–Leibler divergence from the reference policy. */
  readonly divergence: number;
}

/** A policy while it is being learned: plain data. `first` and `second` are Adam's moments. */
export interface PolicyState {
  readonly weights: Weights;
  readonly first: Weights;
  readonly second: Weights;
  readonly passes: number;
}

/** A policy before its first round of GRPO. */
export function beginPolicy(weights: Weights): PolicyState {
  return { weights, first: {}, second: {}, passes: 0 };
}

/**
 * Group-relative advantages: (reward − mean) / standard deviation. A group whose rewards are all equal says nothing:
 * its advantages are 0.
 *
 * @example groupAdvantages([1, 0]) // [1, -1]
 */
export function groupAdvantages(rewards: readonly number[]): number[] {
  const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const variance = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length;
  const deviation = Math.sqrt(variance);
  return rewards.map((reward) => (deviation < 1e-9 ? 0 : (reward - mean) / deviation));
}

/**
 * One round of GRPO (Shao et al. 2024) for a linear-softmax policy: `π(a) ∝ exp(w·φ(a))`, so
 * `∇ log π(a) = φ(a) − E φ`. The surrogate is clipped; the divergence from `reference` is exact, because every
 * candidate is known, and holds also for groups that say nothing. Episodes may come from an older policy: each step
 * is weighted by its probability under the current policy, divided by its probability when it was taken. Pure.
 *
 * @returns the policy after `epochs` passes, weights rounded to 4 digits; the same state where no group says anything.
 */
export function improvePolicy(
  state: PolicyState,
  groups: readonly EpisodeGroup[],
  reference: Weights,
  settings: GrpoSettings,
): PolicyState {
  const names: string[] = [];
  const indexOf = new Map<string, number>();
  const steps = groups.flatMap((group) => {
    const advantages = groupAdvantages(group.map((episode) => episode.reward));
    return group.flatMap((episode, at) =>
      episode.steps.map((step) => compileStep(step, advantages[at] as number, names, indexOf)),
    );
  });
  if (steps.every(({ advantage }) => advantage === 0)) return state;

  const column = (table: Weights) => Float64Array.from(names, (name) => table[name] ?? 0);
  const weights = column(state.weights);
  const first = column(state.first);
  const second = column(state.second);
  const fixed = column(reference);
  const anchors = steps.map((step) => probabilitiesOf(step, fixed));
  const chances = steps.map((step) => step.chance ?? (probabilitiesOf(step, weights)[step.chosen] as number));
  let passes = state.passes;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const gradient = new Float64Array(names.length);
    for (let at = 0; at < steps.length; at++) {
      const step = steps[at] as CompiledStep;
      addGradient(gradient, step, chances[at] as number, weights, anchors[at] as number[], settings);
    }
    passes++;
    for (let index = 0; index < names.length; index++) {
      const slope = (gradient[index] as number) / steps.length;
      first[index] = 0.9 * (first[index] as number) + 0.1 * slope;
      second[index] = 0.99 * (second[index] as number) + 0.01 * slope * slope;
      const mean = (first[index] as number) / (1 - 0.9 ** passes);
      const spread = Math.sqrt((second[index] as number) / (1 - 0.99 ** passes));
      weights[index] = (weights[index] as number) + (settings.learningRate * mean) / (spread + 1e-3);
    }
  }
  return {
    weights: merged(state.weights, names, weights, (value) => Math.round(value * 1e4) / 1e4),
    first: merged(state.first, names, first),
    second: merged(state.second, names, second),
    passes,
  };
}

interface CompiledStep {
  readonly candidates: readonly { readonly indices: readonly number[]; readonly values: readonly number[] }[];
  readonly chosen: number;
  readonly chance: number | undefined;
  readonly advantage: number;
}

function compileStep(
  step: PolicyStep,
  advantage: number,
  names: string[],
  indexOf: Map<string, number>,
): CompiledStep {
  const candidates = step.candidates.map((features) => {
    const indices: number[] = [];
    const values: number[] = [];
    for (const name in features) {
      let index = indexOf.get(name);
      if (index === undefined) {
        index = names.push(name) - 1;
        indexOf.set(name, index);
      }
      indices.push(index);
      values.push(features[name] as number);
    }
    return { indices, values };
  });
  return { candidates, chosen: step.chosen, chance: step.chance, advantage };
}

function probabilitiesOf(step: CompiledStep, weights: Float64Array): number[] {
  const masses: number[] = [];
  let top = -Infinity;
  for (const { indices, values } of step.candidates) {
    let score = 0;
    for (let at = 0; at < indices.length; at++)
      score += (weights[indices[at] as number] as number) * (values[at] as number);
    masses.push(score);
    if (score > top) top = score;
  }
  let total = 0;
  for (let at = 0; at < masses.length; at++) total += masses[at] = Math.exp((masses[at] as number) - top);
  for (let at = 0; at < masses.length; at++) masses[at] = (masses[at] as number) / total;
  return masses;
}

/** Adds `∇ [ min(ratio·A, clip(ratio)·A) − divergence·KL(π ‖ reference) ]` of one step. */
function addGradient(
  gradient: Float64Array,
  step: CompiledStep,
  chance: number,
  weights: Float64Array,
  anchor: readonly number[],
  settings: GrpoSettings,
): void {
  const now = probabilitiesOf(step, weights);
  const ratio = (now[step.chosen] as number) / chance;
  const isClipped = step.advantage > 0 ? ratio > 1 + settings.clipHigher : ratio < 1 - settings.clip;
  const push = isClipped ? 0 : step.advantage * ratio;
  const logRatios = now.map((p, at) => Math.log((p + 1e-12) / ((anchor[at] as number) + 1e-12)));
  const divergence = now.reduce((sum, p, at) => sum + p * (logRatios[at] as number), 0);
  step.candidates.forEach(({ indices, values }, at) => {
    const p = now[at] as number;
    // d log π(chosen) / d logit(at) = [at = chosen] − p;  d KL / d logit(at) = p (log ratio − KL).
    const slope =
      push * ((at === step.chosen ? 1 : 0) - p) -
      settings.divergence * p * ((logRatios[at] as number) - divergence);
    for (let index = 0; index < indices.length; index++) {
      const place = indices[index] as number;
      gradient[place] = (gradient[place] as number) + slope * (values[index] as number);
    }
  });
}

function merged(
  old: Weights,
  names: readonly string[],
  column: Float64Array,
  round: (value: number) => number = (value) => value,
): Weights {
  const next: Record<string, number> = { ...old };
  names.forEach((name, index) => (next[name] = round(column[index] as number)));
  return next;
}
