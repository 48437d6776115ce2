import { describe, expect, it } from 'vitest';
import { SummarySchema } from './summary.ts';

describe('a summary of an older version', () => {
  const estimate = { mean: 0.5, low: 0.2, high: 0.8, n: 12 };
  const arms = {
    random: estimate,
    seedAgent: estimate,
    learnerOnly: estimate,
    champion: estimate,
    oracle: { ...estimate, mean: null, n: 0 },
    gain: estimate,
    gainOverLearner: estimate,
  };

  it('can be read, and claims nothing of missing rewards that it did not count', () => {
    const read = SummarySchema.parse({
      version: 1,
      run: 'evolve-1',
      seed: 1,
      wallSeconds: 12,
      episodes: 420,
      champion: 'a',
      genomes: [],
      refused: [],
      kinds: {},
      confirmation: estimate,
      finalists: [],
      learner: { id: 'a', improvements: 0 },
      missing: 12,
      slice: 0,
      sealed: arms,
      suites: { web: arms },
      unseenFamilies: null,
    });
    expect(read).toMatchObject({ missing: 12, missingReasons: [] });
    expect(read.sealed.champion.missing).toBeUndefined();
  });
});
