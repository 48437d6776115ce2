import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../page/instruction-arguments.ts';
import type { PageElement } from '../../protocol/index.ts';
import type { PageView } from '../page/page.ts';
import { lookAt } from '../page/page-query.ts';
import {
  actionOf,
  skillOf,
  type InducedSkill,
  type InducedStep,
  type Literal,
  type SelectorExpression,
  type SelectorField,
  type Statement,
  type TextExpression,
} from './skill-program.ts';
import { helpersIn, helperSource, quote, skillSource } from './skill-source.ts';
import { loadSkill } from './skill-module.fixture.ts';
import { followSkill } from './skill.ts';

const INSTRUCTION = 'Add "tea" and "milk" to the second list 2 times, but do not stay.';

const texts: readonly TextExpression[] = [
  { source: 'instruction.quoted(0)', valueFor: ({ instruction }) => instruction.quoted(0) },
  { source: 'instruction.quoted(7)', valueFor: ({ instruction }) => instruction.quoted(7) },
  { source: "instruction.after('and')", valueFor: ({ instruction }) => instruction.after('and') },
  { source: 'instruction.number(-1)', valueFor: ({ instruction }) => instruction.number(-1) },
  ...['', 'tea', 'it\'s "so"\n\\'].map((text) => ({ source: quote(text), valueFor: () => text })),
];
const text = fc.constantFrom(...texts);
const role = fc.constantFrom('button', 'textbox', 'combobox', 'checkbox');
const field: fc.Arbitrary<SelectorField> = fc.oneof(
  fc
    .tuple(fc.constantFrom('name', 'nameHolds', 'value', 'inRowWith', 'nearest', 'shows'), text)
    .map(([key, value]) => ({ key, value }) as SelectorField),
  fc
    .integer({ min: -2, max: 2 })
    .map((nth): SelectorField => ({ key: 'nth', value: { source: String(nth), valueFor: () => nth } })),
  fc
    .constantFrom('is', 'isNot')
    .map((key): SelectorField => ({ key, value: { source: "'checked'", valueFor: () => 'checked' } })),
  fc.constantFrom('offers', 'saidIn').map((key): SelectorField => ({
    key,
    value: { source: 'instruction', valueFor: ({ instruction }) => instruction },
  })),
);
const selector: fc.Arbitrary<SelectorExpression> = fc.record({
  role,
  fields: fc.uniqueArray(field, { maxLength: 2, selector: ({ key }) => key }),
});
const elements = fc.array(selector, { minLength: 1, maxLength: 2 });
const step: fc.Arbitrary<InducedStep> = fc.oneof(
  fc.record({ kind: fc.constantFrom('click', 'choose', 'hover'), elements }),
  fc.record({ kind: fc.constantFrom('fill', 'select', 'upload'), elements, text }),
  fc.record({ kind: fc.constant('drag'), elements, to: elements }),
  text.map((one): InducedStep => ({ kind: 'accept', elements: [], text: one })),
  fc.constantFrom<InducedStep>(
    { kind: 'press', key: 'Enter', elements: [] },
    { kind: 'accept', elements: [] },
    { kind: 'dismiss', elements: [] },
    { kind: 'back', elements: [] },
    { kind: 'done', elements: [] },
  ),
);
const literal: fc.Arbitrary<Literal> = fc.oneof(
  fc.record({ has: elements, isNegated: fc.boolean() }),
  fc.record({
    word: fc.constantFrom('add', 'stay', 'no'),
    isRefused: fc.boolean(),
    isNegated: fc.boolean(),
  }),
);
const act = step.map((one): Statement => ({ form: 'act', step: one }));
const { statements } = fc.letrec<{ statement: Statement; statements: Statement[] }>((tie) => ({
  statements: fc.array(tie('statement'), { minLength: 1, maxLength: 3 }),
  statement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    act,
    fc.record({
      form: fc.constant('if' as const),
      condition: fc.array(literal, { minLength: 1, maxLength: 2 }),
      body: tie('statements') as fc.Arbitrary<Statement[]>,
    }),
    // A loop does something in each turn, or it would never end.
    fc
      .tuple(fc.array(literal, { minLength: 1, maxLength: 2 }), act, tie('statements'))
      .map(([condition, first, rest]): Statement => ({
        form: 'while',
        condition,
        body: [first, ...(rest as Statement[])],
      })),
    fc.record({
      form: fc.constant('for' as const),
      from: fc.constantFrom(0, 1),
      body: tie('statements') as fc.Arbitrary<Statement[]>,
    }),
    fc.tuple(fc.array(act, { minLength: 1, maxLength: 2 }), text).map(([body, given]): Statement => {
      const parameter: TextExpression = { source: 'text1', valueFor: (scope) => scope.texts['text1'] };
      const filled: Statement = {
        form: 'act',
        step: { kind: 'fill', elements: [{ role: 'textbox', fields: [] }], text: parameter },
      };
      const helper = {
        name: `do-it-${JSON.stringify(body).length}`,
        parameters: ['text1'],
        body: [...body, filled],
      };
      return { form: 'call', helper, texts: [given] };
    }),
  ),
}));
const element = fc.record({
  role,
  name: fc.constantFrom('tea', 'Add', 'stay', ''),
  value: fc.constantFrom('', 'tea', 'milk'),
  state: fc.constantFrom<string[]>([], ['checked']),
});
const page = fc.array(element, { maxLength: 5 }).map((parts): PageView => ({
  url: '/',
  elements: parts.map((part, at): PageElement => ({
    ...part,
    ref: `e${at}`,
    box: [60 * (at % 2), 40 * Math.floor(at / 2), 50, 24],
    ...(part.role === 'combobox' && { options: ['tea', 'second'] }),
  })),
}));

describe('skillSource', () => {
  it('does what the induced skill does, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        statements,
        fc.array(fc.array(literal, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
        fc.constantFrom(undefined, 2, 3),
        fc.array(page, { minLength: 1, maxLength: 6 }),
        async (body, clauses, quotes, pages) => {
          const skill: InducedSkill = {
            name: 'any',
            words: ['add', 'to'],
            quotes,
            clauses,
            body,
            support: 3,
          };
          const called = helpersIn(body);
          // Helpers are told apart by their names.
          fc.pre(new Set(called.map(({ name }) => name)).size === new Set(called).size);
          const helpers = Object.fromEntries(called.map((one) => [one.name, helperSource(one, 'Part.')]));
          const written = await loadSkill(skillSource(skill, 'Any.'), helpers);
          const own = skillOf(skill);
          const context = { instruction: readArguments(INSTRUCTION), page: lookAt(pages[0] as PageView) };
          expect(written.when(context)).toBe(own.when(context));
          for (let count = 1; count <= pages.length; count++)
            expect(followSkill(written, INSTRUCTION, pages.slice(0, count))).toEqual(
              followSkill(own, INSTRUCTION, pages.slice(0, count)),
            );
        },
      ),
      { numRuns: 150 },
    );
  });

  it('writes texts that hold quotes, line ends and backslashes as they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (any) => {
        fc.pre(any.isWellFormed());
        expect(new Function(`return ${quote(any)}`)()).toBe(any);
      }),
    );
  });
});

describe('actionOf', () => {
  it('refuses a kind of step that there is not', () => {
    const unknown = { kind: 'jump', elements: [] };
    const scope = { instruction: readArguments(''), texts: {} };
    expect(() => actionOf(unknown, scope, lookAt({ url: '/', elements: [] }))).toThrow(/"jump"/);
  });
});
