import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { chooseParent, cladeOutcomes, type CladeNode } from './clade.ts';

const nodes: CladeNode[] = [
  { id: 'seed', parent: null, outcomes: [0, 0, 0, 1] },
  { id: 'good', parent: 'seed', outcomes: [1, 1, 1, 1] },
  { id: 'bad', parent: 'seed', outcomes: [0, 0, 0, 0] },
  { id: 'best', parent: 'good', outcomes: [1, 1] },
];

describe('cladeOutcomes', () => {
  it("adds a node's descendants' outcomes to its own", () => {
    expect(cladeOutcomes(nodes, 'seed')).toEqual({ trials: 14, successes: 7 });
    expect(cladeOutcomes(nodes, 'good')).toEqual({ trials: 6, successes: 6 });
    expect(cladeOutcomes(nodes, 'bad')).toEqual({ trials: 4, successes: 0 });
  });

  it('is the same however often it is asked, and leaves the nodes alone', () => {
    const before = structuredClone(nodes);
    const first = cladeOutcomes(nodes, 'seed');
    for (let time = 0; time < 5; time++) expect(cladeOutcomes(nodes, 'seed')).toEqual(first);
    expect(nodes).toEqual(before);
  });
});

describe('chooseParent', () => {
  const draws = (from: CladeNode[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < 2000; seed++) {
      const id = chooseParent(from, createRandom(`parent/${seed}`));
      counts[id] = (counts[id] ?? 0) + 1;
    }
    return counts;
  };

  it('prefers clades that win, and still tries the others', () => {
    const counts = draws(nodes);
    expect((counts.good ?? 0) + (counts.best ?? 0)).toBeGreaterThan(1500);
    expect(counts.bad ?? 0).toBeLessThan(counts.good ?? 0);
  });

  it('can expand a node that never succeeded', () => {
    expect(
      draws([
        { id: 'a', parent: null, outcomes: [0] },
        { id: 'b', parent: 'a', outcomes: [0, 0] },
      ]).b,
    ).toBeGreaterThan(100);
  });

  it('chooses the same with the same randomness', () => {
    expect(chooseParent(nodes, createRandom('x'))).toBe(chooseParent(nodes, createRandom('x')));
  });
});
