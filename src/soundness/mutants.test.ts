import { Script } from 'node:vm';
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
      ['url', 'url'],
      ['state', 'state.orders.0.count'],
      ['state', 'state.orders.0.count'],
      ['state', 'state.orders.0.count'],
      ['state', 'state.orders.0.count'],
      ['state', 'state.orders.0.gift'],
      ['state', 'state.orders.one fewer'],
      ['state', 'state.orders.one twice'],
      ['state', 'state.note'],
    ]);
    expect(mutants.slice(0, 2).map((mutant) => (mutant.evidence as { url: string }).url)).toEqual([
      '/x',
      'x/',
    ]);
    expect(mutants.map((mutant) => mutant.evidence)[2]).toEqual({
      url: '/',
      state: { orders: [{ count: 3, gift: true }], note: null },
    });
    expect(mutants.slice(2, 6).map(({ isNear }) => isNear)).toEqual([true, true, false, false]);
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

  it.each([
    ['function f(a) {\n', '  return a;', '\n}'],
    ['function f(a) {\n', '  return a; // All of it.', '\n}'],
    ['function f(a) {\n  return ', 'a', ' / 2 / 3;\n}'],
    ['function f(a) {\n  return a /* ', 'As it is.', '\n * Or not. */;\n}'],
    ['const f = (a) => [\n', '  a,', '\n];'],
    ['f = ', '12', ''],
  ])('break a source for certain: %j %j %j', (head, text, tail) => {
    const right = { path: 'solution.js', old: 'b', new: text };
    const mutants = actionMutants([{ edit: right }]);
    expect(mutants.map(({ what }) => what)).toEqual([
      'without edit (step 0)',
      'edit with "solution.jsx" (step 0)',
      'edit with "old" broken (step 0)',
      'edit with "new" broken (step 0)',
    ]);
    const [{ edit }] = mutants.at(-1)?.actions as [{ edit: typeof right }];
    expect(edit).toMatchObject({ path: right.path, old: right.old });
    expect(() => new Script(head + text + tail)).not.toThrow();
    expect(() => new Script(head + edit.new + tail)).toThrow(SyntaxError);
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
    ['<p data-x="NDEy">', ['data-x="NDEy"']],
    ['<p data-x="&#52;&#x31;&#50;">', ['data-x="&#52;&#x31;&#50;"']],
    ['<p id="row-412">', ['id="row-412"']],
    ['<p class="is-412 big">', ['class="is-412 big"']],
    ['<meta name="x" content="412">', ['content="412"']],
    ['<a href="/two#412">Two</a>', ['href="/two#412"']],
    ['<p style="display:none">412</p>', ['<p style="display:none">412</p>']],
    ['<div hidden>412</div>', ['<div hidden>412</div>']],
    ['<template>412</template>', ['<template>412</template>']],
    [
      '<script type="application/json">{"sum":412}</script>',
      ['<script type="application/json">{"sum":412}</script>'],
    ],
    ['<style>p::after{content:"412"}</style>', ['content:"412"']],
  ])('is in %s', (html, leaks) => {
    expect(leaksIn(html, ['412'])).toEqual(leaks);
  });

  it.each([
    '<p>412 €</p>',
    '<p title="412">Sum</p><input value="412">',
    '<script>const total = "412"; // data-total="412"\n</script><p>Sum</p>',
    '<style>/* <p data-answer=1> */</style>',
    '<li data-id="17">',
    '<p id="row-412">412 €</p>',
    '<p id="row-4123">',
    '<a href="/orders/412">Order</a>',
    '<div hidden>412</div><script>open()</script>',
    '<div hidden>412</div><button onclick="open()">Open</button>',
  ])('is not in %s', (html) => {
    expect(leaksIn(html, ['412', '17'])).toEqual([]);
  });
});
