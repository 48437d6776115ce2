import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, PARENT_RULES, type ParentRule } from '../protocol/index.ts';
import { chooseParent, cladeOutcomes, type ArchiveNode } from './parents.ts';

/** A node whose rewards are on tasks `t0`, `t1`, … */
const node = (id: string, parent: string | null, ...rewards: number[]): ArchiveNode => ({
  id,
  parent,
  outcomes: rewards.map((reward, at) => ({ task: `t${at}`, reward })),
});

const nodes = [
  node('seed', null, 0, 0, 0, 1),
  node('good', 'seed', 1, 1, 1, 1),
  node('bad', 'seed', 0, 0, 0, 0),
  node('best', 'good', 1, 1),
];

const draws = (rule: ParentRule, from: readonly ArchiveNode[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (let seed = 0; seed < 2000; seed++) {
    const id = chooseParent(rule, from, createRandom(`parent/${seed}`));
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
};

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

describe.each(PARENT_RULES)('chooseParent by %s', (rule) => {
  it('names a member, and the same one with the same randomness', () => {
    const members = fc
      .array(fc.array(fc.constantFrom(0, 0.5, 1), { maxLength: 6 }), { minLength: 1, maxLength: 8 })
      .map((all) => all.map((rewards, at) => node(`n${at}`, at === 0 ? null : `n${at >> 1}`, ...rewards)));
    fc.assert(
      fc.property(members, fc.string(), (archive, seed) => {
        const chosen = chooseParent(rule, archive, createRandom(seed));
        expect(archive.map(({ id }) => id)).toContain(chosen);
        expect(chooseParent(rule, archive, createRandom(seed))).toBe(chosen);
      }),
    );
  });
});

describe('chooseParent', () => {
  it('by clade prefers clades that win, and still tries the others', () => {
    const counts = draws('clade', nodes);
    expect((counts.good ?? 0) + (counts.best ?? 0)).toBeGreaterThan(1500);
    expect(counts.bad ?? 0).toBeLessThan(counts.good ?? 0);
  });

  it('by clade can expand a node that never succeeded', () => {
    expect(draws('clade', [node('a', null, 0), node('b', 'a', 0, 0)]).b).toBeGreaterThan(100);
  });

  it('by dgm weighs the score against the number of children', () => {
    // good: 1 / (1 + e^-5) / 2 = 0.497; best: 0.993; seed and bad: below 0.03 each.
    const counts = draws('dgm', nodes);
    expect((counts.best ?? 0) / (counts.good ?? 1)).toBeGreaterThan(1.7);
    expect((counts.best ?? 0) / (counts.good ?? 1)).toBeLessThan(2.4);
    expect((counts.seed ?? 0) + (counts.bad ?? 0)).toBeLessThan(120);
  });

  it('by novelty prefers who wins where nobody else does', () => {
    const herd = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => node(id, id === 'a' ? null : 'a', 1, 1, 0, 0));
    const counts = draws('novelty', [...herd, node('odd', 'a', 0, 0, 1, 1)]);
    expect(counts.odd ?? 0).toBeGreaterThan(1500);
  });

  it('by pareto draws in proportion to the tasks on which nobody is better', () => {
    const counts = draws('pareto', [
      node('a', null, 1, 0, 0, 0),
      node('b', 'a', 0, 1, 1, 1),
      node('c', 'a', 0, 0, 0, 0),
    ]);
    expect((counts.b ?? 0) / (counts.a ?? 1)).toBeGreaterThan(2.5);
    expect(counts.c).toBeUndefined();
  });

  it('has two controls: the best so far, and always the root', () => {
    expect(draws('greedy', nodes)).toEqual({ good: 2000 });
    expect(draws('root', nodes)).toEqual({ seed: 2000 });
  });
});
