import { describe, expect, it } from 'vitest';
import { learnOrder, noOrder, type Choice } from '../repairs/mend-order.ts';
import { learnFromMending, packLessons, peopleLessons, unpackLessons } from './people-lessons.ts';

const choice = (facts: string[][], made: number): Choice => ({ facts, chosen: [made], isRight: true });
/** Planted faults, each mended by turning a boundary; no call was ever added, so dropping one never mends. */
const planted = Array.from({ length: 20 }, () =>
  choice([['boundary'], ['argument-dropped'], ['argument-dropped'], ['variable']], 0),
);

describe("lessons from people's edits", () => {
  it('unpack to what was packed, the edit that was made first', () => {
    const lessons = [
      choice([['a', 'x'], ['b'], ['a', 'x'], ['c', 'x']], 3),
      choice([['b'], ['b'], ['c', 'x']], 1),
    ];
    expect(unpackLessons(packLessons(lessons))).toEqual([
      choice([['c', 'x'], ['a', 'x'], ['a', 'x'], ['b']], 0),
      choice([['b'], ['b'], ['c', 'x']], 0),
    ]);
  });

  it('keep kinds of edits that planted faults never need from being tried last', () => {
    const weightOf = (order: ReturnType<typeof learnOrder>): number => order.tries['argument-dropped'] ?? 0;
    const taught = { tries: planted, choices: [] };
    expect(weightOf(learnFromMending(noOrder, taught))).toBeGreaterThan(
      weightOf(learnOrder(noOrder, taught)) + 1,
    );
  });

  it('change nothing where nothing was mended', () => {
    expect(learnFromMending(noOrder, { tries: [], choices: [] })).toBe(noOrder);
  });

  it('that are shipped tell of kinds, names and phrases, and of no test', () => {
    const { facts, lessons } = peopleLessons;
    expect(lessons.length).toBeGreaterThan(50);
    expect(facts).toContain('argument-dropped');
    expect(facts.filter((fact) => /^(what|run by) /.test(fact))).toEqual([]);
  });
});
