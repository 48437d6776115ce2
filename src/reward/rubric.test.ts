import { describe, expect, it } from 'vitest';
import { all, any, gate, verdictFrom, weighted } from './rubric.ts';

describe('a rubric', () => {
  it('earns what the worst of all, the best of any and the mean of the weighted earn', () => {
    expect(all({ a: true, b: 0.25 }).reward).toBe(0.25);
    expect(any({ a: false, b: 0.25 }).reward).toBe(0.25);
    expect(weighted({ a: [3, true], b: [1, false] }).reward).toBe(0.75);
    expect(weighted({ a: [0.1, true], b: [0.2, true], c: [0.3, true] }).reward).toBe(1);
  });

  it('earns nothing behind a gate unless each of its conditions holds whole', () => {
    const share = weighted({ a: [1, 0.5] });
    expect(gate({ unharmed: true }, share).reward).toBe(0.5);
    expect(gate({ unharmed: 0.99 }, share).reward).toBe(0);
    expect(gate({ unharmed: true, signed: false }, share).reward).toBe(0);
  });

  it('tells what it is made of, to the leaves', () => {
    expect(all({ first: any({ a: true, b: false }), second: true })).toEqual({
      reward: 1,
      by: 'all',
      parts: [
        {
          name: 'first',
          reward: 1,
          by: 'any',
          parts: [
            { name: 'a', reward: 1, by: 'itself', parts: [] },
            { name: 'b', reward: 0, by: 'itself', parts: [] },
          ],
        },
        { name: 'second', reward: 1, by: 'itself', parts: [] },
      ],
    });
    expect(weighted({ a: [2, true] }).parts).toMatchObject([{ name: 'a', weight: 2 }]);
  });

  it.each([
    [() => all({}), /without criteria/],
    [() => all({ outer: any({ total: NaN }) }), /"total": NaN/],
    [() => any({ total: 1.5 }), /"total": 1.5/],
    [() => weighted({ total: [0, true] }), /"total" has the weight 0/],
    [() => weighted({ total: [Infinity, true] }), /Infinity/],
    [() => verdictFrom(undefined as never), /undefined is neither/],
    [() => verdictFrom({ reward: 2, by: 'all', parts: [] }), /2 is neither/],
  ])('refuses what is no rubric: %s', (make, said) => {
    expect(make).toThrow(said);
  });
});
