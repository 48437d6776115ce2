import { describe, expect, it } from 'vitest';
import { actionMutants, textsOf } from './action-mutants.ts';
import { evidenceMutants, malformedEvidence } from './evidence-mutants.ts';
import { leaksIn } from './leaks.ts';

describe('mutants of evidence', () => {
  it('each change one thing, and say where', () => {
    const evidence = { url: '/', state: { orders: [{ count: 2, gift: true }], note: null } };
    const mutants = [...evidenceMutants(evidence)];
    expect(mutants.map(({ path, field }) => [field, path])).toEqual([
      ['url', 'url'],
      ['state', 'state.orders.0.count'],
      ['state', 'state.orders.0.count'],
      ['state', 'state.orders.0.gift'],
      ['state', 'state.orders.one fewer'],
      ['state', 'state.orders.one twice'],
      ['state', 'state.note'],
    ]);
    expect(mutants.map((mutant) => mutant.evidence)[1]).toEqual({
      url: '/',
      state: { orders: [{ count: 3, gift: true }], note: null },
    });
    for (const mutant of mutants) expect(mutant.evidence).not.toEqual(evidence);
  });

  it('of what is spoiled are of other types, or lack a member', () => {
    const spoiled = malformedEvidence({ value: 3 });
    expect(spoiled).toContainEqual({ what: 'no "value"', evidence: {} });
    expect(spoiled.map(({ evidence }) => evidence)).toEqual(expect.arrayContaining([null, 0, 'solved', []]));
    expect(malformedEvidence(3).map(({ evidence }) => typeof evidence)).not.toContain('number');
  });
});

describe('mutants of a solution', () => {
  it('leave an action out, or type or choose something else; references stay', () => {
    const mutants = actionMutants([
      { fill: { ref: 'e3', text: '12' } },
      { select: { ref: 'e4', option: 'Red' } },
    ]);
    expect(mutants.map(({ what }) => what)).toEqual([
      'without fill (step 0)',
      'fill with "121" (step 0)',
      'without select (step 1)',
      'select with "Redx" (step 1)',
    ]);
    expect(mutants[1]?.actions).toEqual([
      { fill: { ref: 'e3', text: '121' } },
      { select: { ref: 'e4', option: 'Red' } },
    ]);
  });

  it('edit a program in one place', () => {
    const source = 'export default (n: number): number => (n > 3 ? n + 1 : 0);';
    const mutants = actionMutants([{ submit: { source } }]).slice(1);
    expect(mutants.length).toBeGreaterThan(3);
    expect(mutants.length).toBeLessThanOrEqual(8);
    for (const { actions } of mutants) expect(JSON.stringify(actions)).not.toContain(JSON.stringify(source));
    expect(textsOf([{ submit: { source } }, { done: { answer: 'forty' } }])).toEqual(['forty']);
  });
});

describe('a leak', () => {
  it.each([
    ['<li data-total="412">', ['data-total="412"']],
    ['<input type="hidden" name="t" value="412">', ['value="412"']],
    ['<!-- the sum is 412 --><p>Sum</p>', ['<!-- the sum is 412 -->']],
    ['<tr data-correct="yes"><td>Ada</td></tr>', ['data-correct="yes"']],
  ])('is in %s', (html, leaks) => {
    expect(leaksIn(html, ['412'])).toEqual(leaks);
  });

  it.each([
    '<p>412 €</p>',
    '<p title="412">Sum</p><input value="412">',
    '<script>const total = "412"; // data-total="412"\n</script><p>Sum</p>',
    '<style>/* <p data-answer=1> */</style>',
    '<li data-id="17">',
  ])('is not in %s', (html) => {
    expect(leaksIn(html, ['412', '17'])).toEqual([]);
  });
});
