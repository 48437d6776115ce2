import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actionExamples } from './action-examples.ts';
import { typedAction } from './typed-action.ts';

const environment = {
  actions: {
    edit: z.object({ path: z.string(), old: z.string().min(1), new: z.string() }),
    run: z.object({ source: z.string(), input: z.array(z.json()) }),
    fill: z.object({ ref: z.string(), text: z.string() }),
    scroll: z.object({ deltaY: z.number(), ref: z.string().optional() }),
    set: z.object({ value: z.json() }),
    kind: z.object({ kind: z.enum(['operator', 'literal']), line: z.number().int().min(3) }),
    submit: z.object({}),
  },
};
const typed = (line: string) => typedAction(line, [{ submit: {} }], environment);

describe('a typed action', () => {
  it.each([
    ['1', { submit: {} }],
    ['{"scroll": {"deltaY": 4}}', { scroll: { deltaY: 4 } }],
    ['submit', { submit: {} }],
    ['fill e3 Ada Lovelace', { fill: { ref: 'e3', text: 'Ada Lovelace' } }],
    ['fill e3 "Ada Lovelace"', { fill: { ref: 'e3', text: 'Ada Lovelace' } }],
    ['fill e3 "Ada" and "Ben"', { fill: { ref: 'e3', text: '"Ada" and "Ben"' } }],
    ['fill e3 "\\"Ada\\""', { fill: { ref: 'e3', text: '"Ada"' } }],
    ['fill e3 ""', { fill: { ref: 'e3', text: '' } }],
    ['fill e3 12', { fill: { ref: 'e3', text: '12' } }],
    ['scroll 40', { scroll: { deltaY: 40 } }],
    ['scroll "40" e3', { scroll: { deltaY: 40, ref: 'e3' } }],
    ['set 5', { set: { value: 5 } }],
    ['set "5"', { set: { value: '5' } }],
    [
      'edit discount.ts "Math.max(least, least)" "Math.max(cheaper, least)"',
      { edit: { path: 'discount.ts', old: 'Math.max(least, least)', new: 'Math.max(cheaper, least)' } },
    ],
    ['edit a.ts "x;\\ny;" ""', { edit: { path: 'a.ts', old: 'x;\ny;', new: '' } }],
    ['edit a.ts "/\\d/" /\\w/', { edit: { path: 'a.ts', old: '/\\d/', new: '/\\w/' } }],
    [
      'run "export default (xs) => xs.map(x => x+1)" [[1, 2]]',
      { run: { source: 'export default (xs) => xs.map(x => x+1)', input: [[1, 2]] } },
    ],
    ['run [1, "] 2"] [3]', { run: { source: '[1, "] 2"]', input: [3] } }],
  ])('by %s', (line, action) => {
    expect(typed(line)).toEqual({ action });
  });

  it.each([
    ['2', /no number 2/],
    ['{"scroll"', /That is no JSON/],
    ['jump', /There is no action "jump": edit PATH OLD NEW; .*; scroll DELTAY \[REF\]; /],
  ])('is none by %s', (line, says) => {
    expect(typed(line)).toEqual({ error: expect.stringMatching(says) });
  });
});

describe('an example of an action', () => {
  it('is of what is possible where there is such, and else made up from its parameters', () => {
    const examples = actionExamples(environment, [{ fill: { ref: 'e7', text: 'Ada' } }]);
    expect(examples.map(({ usage, example }) => [usage, JSON.stringify(example)])).toEqual([
      ['edit PATH OLD NEW', '{"edit":{"path":"…","old":"…","new":"…"}}'],
      ['run SOURCE INPUT', '{"run":{"source":"…","input":["…"]}}'],
      ['fill REF TEXT', '{"fill":{"ref":"e7","text":"Ada"}}'],
      ['scroll DELTAY [REF]', '{"scroll":{"deltaY":1,"ref":"…"}}'],
      ['set VALUE', '{"set":{"value":"…"}}'],
      ['kind KIND LINE', '{"kind":{"kind":"operator","line":3}}'],
      ['submit', '{"submit":{}}'],
    ]);
  });
});
