/**
 * What a reward, or a difference of two rewards, may be in truth. All three members are equal where no reward is missing.
 */
export interface RewardSpan {
  readonly least: number;
  /** What means count. */
  readonly counted: number;
  readonly most: number;
}

/**
 * The one rule about missing rewards (`null`): an agent may have caused what made its reward missing, so a missing reward
 * never helps who has it. Means count it as 0; what is claimed must hold wherever in [0, 1] it lies.
 *
 * @example rewardSpan(null) // { least: 0, counted: 0, most: 1 }
 */
export function rewardSpan(reward: number | null): RewardSpan {
  return reward === null
    ? { least: 0, counted: 0, most: 1 }
    : { least: reward, counted: reward, most: reward };
}

/**
 * Challenger minus incumbent at the same task. In the worst case for the challenger (`least`) its own missing reward is
 * 0 and the incumbent's is 1; `most` is the reverse.
 *
 * @example gainSpan(1, null) // { least: -1, counted: -1, most: 0 }
 */
export function gainSpan(incumbent: number | null, challenger: number | null): RewardSpan {
  const [from, to] = [rewardSpan(incumbent), rewardSpan(challenger)];
  return {
    least: to.least - from.most,
    counted: to.counted - from.counted,
    most: to.most - from.least,
  };
}
