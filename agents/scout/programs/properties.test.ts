import type { Json } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { propertiesOf } from './properties.ts';
import { liftsFrom, tallyWith, type PropertyTally } from './property-tally.ts';

/** Properties of the examples of a function, each an input of one argument and what comes of it. */
function propertiesIn(result: string, ...examples: readonly (readonly [input: Json, output: Json])[]) {
  return propertiesOf({
    signature: { parameters: [{ name: 'x', type: 'any' }], result },
    examples: examples.map(([input, output]) => ({ input: [input], output })),
  });
}

describe('properties of examples', () => {
  it.each<[string, Json, Json, readonly string[], readonly string[]]>([
    ['sorting', [3, 1, 2], [1, 2, 3], ['ascending', 'all members', 'as long as the input'], ['descending']],
    ['filtering', [3, 1, 2, 8], [2, 8], ['members in their order', 'all even'], ['all members']],
    ['doubling', [3, 1], [6, 2], ['each in proportion', 'each larger'], ['each as far away', 'only members']],
    ['taking a part', [5, 6, 7], [6, 7], ['neighbours of the input', 'ends as the input does'], ['all even']],
    ['one a record', [{ a: 1 }, { a: 4 }], [1, 4], ['only values of members'], ['only members']],
    ['splitting', 'two words', ['two', 'words'], ['as many as words', 'pieces of the text'], []],
    ['upper case', 'abc', 'ABC', ['no lower case', 'a piece of the input'], ['in the same case']],
    ['joining', ['a', 'b'], 'a-b', ['holds all members', 'has punctuation'], ['a member']],
    ['the largest', [3, 9, 2], 9, ['a member', 'above all values'], ['below all values', 'even']],
    ['counting words', 'a b c', 3, ['no more than the words'], ['the length']],
    ['doubling a number', 4, 8, ['larger', 'a multiple', 'even'], ['smaller']],
    ['counting up', 3, [1, 2, 3], ['as many as the number', 'ascending'], ['descending']],
  ])('tell of %s', (_, input, output, holding, failing) => {
    const type = Array.isArray(output) ? 'list' : typeof output;
    const names = propertiesIn(type, [input, output]).map((name) => name.replace(`${type}: `, ''));
    expect(names).toEqual(expect.arrayContaining([...holding]));
    for (const name of failing) expect(names).not.toContain(name);
  });

  it('hold only where every example has them', () => {
    expect(propertiesIn('number', [4, 8])).toContain('number: even');
    expect(propertiesIn('number', [4, 8], [4, 5])).not.toContain('number: even');
    expect(propertiesIn('number', [4, 8], ['four', 8])).not.toContain('number: larger');
  });

  it('are of one type of result, and none are made up for others', () => {
    expect(propertiesIn('boolean', [1, true])).toEqual([]);
    expect(propertiesIn('text', ['a', 'b']).every((name) => name.startsWith('text: '))).toBe(true);
  });
});

describe('a tally of properties', () => {
  const sorted = ['list: ascending'];
  const count = (times: number, operator: string, properties: readonly string[], known?: PropertyTally) =>
    Array.from({ length: times }).reduce<PropertyTally | undefined>(
      (tally) => tallyWith(tally, [operator, operator], properties),
      known,
    ) as PropertyTally;
  const tally = count(6, 'reverse', [], count(6, 'sort', sorted));

  it('counts a program once for each of its operators', () => {
    expect(tally.all).toEqual({ programs: 12, properties: { 'list: ascending': 6 } });
    expect(tally.with['sort']).toEqual({ programs: 6, properties: { 'list: ascending': 6 } });
    expect(tally.with['reverse']).toEqual({ programs: 6, properties: {} });
  });

  it('makes likelier what came with a property, and unlikelier what did not', () => {
    const [seen, unseen] = [liftsFrom(tally, sorted), liftsFrom(tally, [])];
    expect(seen('sort')).toBeGreaterThan(1);
    expect(seen('reverse')).toBeLessThan(1);
    expect(unseen('sort')).toBeLessThan(1);
    expect(unseen('reverse')).toBeGreaterThan(1);
  });

  it('says nothing of an operator that it never saw, and never very much of any', () => {
    expect(liftsFrom(tally, sorted)('map')).toBeCloseTo(1);
    const often = count(2_000, 'reverse', [], count(2_000, 'sort', ['a', 'b', 'c', 'd', 'e']));
    const lift = liftsFrom(often, ['a', 'b', 'c', 'd', 'e']);
    expect(lift('sort')).toBeLessThanOrEqual(2 ** 5);
    expect(lift('reverse')).toBeGreaterThanOrEqual(2 ** -5);
  });
});
