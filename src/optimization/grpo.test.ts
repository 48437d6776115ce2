import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { beginPolicy, groupAdvantages, improvePolicy, type EpisodeGroup, type PolicyState } from './grpo.ts';
import { linearScore, sampleIndex, softmax, type Features } from './softmax.ts';

const settings = { learningRate: 0.1, epochs: 4, clip: 0.2, clipHigher: 0.2, divergence: 0.01 };
const candidates: Features[] = [{ left: 1 }, { middle: 1 }, { right: 1 }];

/** A group of one-step episodes of which those that take the middle win. */
function playGroup(state: PolicyState, seed: string, wins = 1): EpisodeGroup {
  const random = createRandom(seed);
  return Array.from({ length: 8 }, () => {
    const chances = softmax(candidates.map((features) => linearScore(features, state.weights)));
    const chosen = sampleIndex(chances, random);
    return {
      steps: [{ candidates, chosen, chance: chances[chosen] as number }],
      reward: chosen === wins ? 1 : 0,
    };
  });
}

describe('groupAdvantages', () => {
  it('has mean 0 and deviation 1 within a group', () => {
    const advantages = groupAdvantages([1, 0, 0, 0]);
    expect(advantages.reduce((sum, advantage) => sum + advantage, 0)).toBeCloseTo(0, 12);
    expect(advantages.reduce((sum, advantage) => sum + advantage ** 2, 0) / 4).toBeCloseTo(1, 12);
    expect(advantages[0]).toBeCloseTo(Math.sqrt(3), 12);
  });

  it('says nothing where all rewards are equal', () => {
    expect(groupAdvantages([1, 1, 1])).toEqual([0, 0, 0]);
  });
});

describe('improvePolicy', () => {
  it('learns which candidate wins', () => {
    let state = beginPolicy({});
    for (let round = 0; round < 30; round++)
      state = improvePolicy(state, [playGroup(state, `round ${round}`)], {}, settings);
    const chances = softmax(candidates.map((features) => linearScore(features, state.weights)));
    expect(chances[1]).toBeGreaterThan(0.9);
  });

  it('leaves the policy as it is where every group was all won or all lost', () => {
    const state = beginPolicy({ left: 0.5 });
    expect(improvePolicy(state, [playGroup(state, 'lost', 7)], {}, settings)).toBe(state);
  });

  it('moves first along the gradient of the log-probability, features minus their expectation', () => {
    const group: EpisodeGroup = [
      { steps: [{ candidates: candidates.slice(0, 2), chosen: 1, chance: 1 / 2 }], reward: 1 },
      { steps: [{ candidates, chosen: 0, chance: 1 / 3 }], reward: 0 },
    ];
    const once = { ...settings, epochs: 1, divergence: 0 };
    const { weights, first } = improvePolicy(beginPolicy({}), [group], {}, once);
    // Advantages ±1, mean over two steps, of which the first moment keeps a tenth.
    expect(first.left).toBeCloseTo((-1 / 2 - 2 / 3) / 20, 12);
    expect(first.middle).toBeCloseTo((1 / 2 + 1 / 3) / 20, 12);
    expect(first.right).toBeCloseTo(1 / 3 / 20, 12);
    expect(weights.middle).toBeGreaterThan(0);
  });

  it('stops pushing a choice once it is likelier than the clip allows', () => {
    const group: EpisodeGroup = [
      { steps: [{ candidates, chosen: 1, chance: 0.1 }], reward: 1 },
      { steps: [{ candidates, chosen: 0, chance: 0.9 }], reward: 0 },
    ];
    const { weights } = improvePolicy(beginPolicy({}), [group], {}, { ...settings, divergence: 0 });
    expect(weights).toEqual({ left: 0, middle: 0, right: 0 });
  });

  it('lets what won grow further than what lost may fall', () => {
    const group: EpisodeGroup = [
      { steps: [{ candidates, chosen: 1, chance: 0.2 }], reward: 1 },
      { steps: [{ candidates, chosen: 0, chance: 1 / 3 }], reward: 0 },
    ];
    // A third is 1.67 times a fifth: clipped at 1.2, and not at 3.
    const middle = (clipHigher: number) =>
      improvePolicy(beginPolicy({}), [group], {}, { ...settings, epochs: 1, divergence: 0, clipHigher }).first
        .middle as number;
    expect(middle(2)).toBeGreaterThan(middle(0.2));
  });

  it('takes a step without a chance as if the policy of the round had chosen it', () => {
    const learn = (chance?: number) => {
      const won = { candidates, chosen: 1, ...(chance === undefined ? {} : { chance }) };
      const group: EpisodeGroup = [
        { steps: [won], reward: 1 },
        { steps: [{ candidates, chosen: 0, chance: 1 / 3 }], reward: 0 },
      ];
      return improvePolicy(beginPolicy({}), [group], {}, { ...settings, epochs: 1 });
    };
    expect(learn()).toEqual(learn(1 / 3));
    expect(learn()).not.toEqual(learn(0.9));
  });

  it('is held near the reference by the divergence', () => {
    const learn = (divergence: number) => {
      let state = beginPolicy({});
      for (let round = 0; round < 30; round++) {
        state = improvePolicy(state, [playGroup(state, `round ${round}`)], {}, { ...settings, divergence });
      }
      return softmax(candidates.map((features) => linearScore(features, state.weights)))[1] as number;
    };
    expect(learn(1)).toBeLessThan(learn(0.01));
  });

  it('does not change what it is given', () => {
    const state = beginPolicy({ left: 0.25 });
    const group = playGroup(state, 'kept');
    const copy = structuredClone({ state, group });
    improvePolicy(state, [group], state.weights, settings);
    expect({ state, group }).toEqual(copy);
  });
});
