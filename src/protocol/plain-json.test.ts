import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whyNotJson } from './plain-json.ts';

describe('plain JSON', () => {
  it('is whatever comes out of JSON, and members that are undefined besides', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => whyNotJson(value) === undefined));
    expect(whyNotJson({ done: { answer: undefined } })).toBeUndefined();
    const twice = { x: 1 };
    expect(whyNotJson([twice, twice])).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['has a bigint at leave.count', { leave: { count: 1n } }],
    ['has a function at leave', { leave: () => 0 }],
    ['has nothing', undefined],
    ['has nothing at 1', [0, undefined]],
    ['has NaN for a number at add.amount', { add: { amount: Number.NaN } }],
    ['has an object of a class at on', { on: new Date(0) }],
  ])('is not what %s', (why, value) => {
    expect(whyNotJson(value)).toBe(why);
  });

  it('does not go round in circles', () => {
    const leave: Record<string, unknown> = {};
    leave['self'] = leave;
    expect(whyNotJson({ leave })).toBe('goes round in a circle at leave.self');
  });
});
