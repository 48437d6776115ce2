import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type Json } from '../protocol/index.ts';
import { describeDifferences } from './divergence.ts';

describe('a description of differences', () => {
  it('names each place by its path, with what was and what is', () => {
    const before: Json = { url: '/', elements: [{ name: 'Go' }, { name: 'Stop', state: ['disabled'] }] };
    const after: Json = { url: '/next', elements: [{ name: 'Go' }, { name: 'Halt' }, { name: 'New' }] };
    expect(describeDifferences(before, after)).toEqual([
      'url: "/" became "/next"',
      'elements[1].name: "Stop" became "Halt"',
      'elements[1].state: ["disabled"] is gone',
      'elements[2]: {"name":"New"} is new',
    ]);
  });

  it('stays short, and says how much it leaves out', () => {
    const lines = describeDifferences(Array(40).fill('a'.repeat(500)), Array(40).fill('b'.repeat(500)));
    expect(lines).toHaveLength(13);
    expect(lines.at(-1)).toBe('and 28 more places');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200);
  });

  it('is empty just where the canonical texts are equal', () => {
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    const pair = fc.oneof(
      fc.tuple(json, json),
      json.map((value) => [value, structuredClone(value)] as const),
    );
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const isEqual = canonicalJson(one) === canonicalJson(other);
        expect(describeDifferences(one, other).length === 0).toBe(isEqual);
      }),
    );
  });
});
