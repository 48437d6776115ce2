import { describe, expect, it } from 'vitest';
import { factorSkills } from './factoring.ts';
import type { PageView } from '../page/page.ts';
import { loadSkill } from './skill-module.fixture.ts';
import {
  skillOf,
  type InducedSkill,
  type InducedStep,
  type Statement,
  type TextExpression,
} from './skill-program.ts';
import { helpersIn, helperSource, quote, skillSource } from './skill-source.ts';
import { followSkill } from './skill.ts';

const quoted = (place: number): TextExpression => ({
  source: `instruction.quoted(${place})`,
  valueFor: ({ instruction }) => instruction.quoted(place),
});
const named = (name: string) => ({
  key: 'name' as const,
  value: { source: quote(name), valueFor: () => name },
});
const act = (step: InducedStep): Statement => ({ form: 'act', step });
const fillIn = (name: string, text: TextExpression) =>
  act({ kind: 'fill', elements: [{ role: 'textbox', fields: [named(name)] }], text });
const press = (name: string) => act({ kind: 'click', elements: [{ role: 'button', fields: [named(name)] }] });
const end = act({ kind: 'done', elements: [] });

function skill(name: string, body: readonly Statement[]): InducedSkill {
  return { name, words: [name], quotes: undefined, clauses: [], body, support: 3 };
}

const signing = (first: number, second: number) => [
  fillIn('User', quoted(first)),
  fillIn('Password', quoted(second)),
  press('Sign in'),
];
const skills = [
  skill('pay', [...signing(0, 1), press('Pay'), end]),
  skill('move', [press('Menu'), ...signing(1, 2), end]),
];
const page: PageView = {
  url: '/',
  elements: ['User', 'Password', 'Sign in', 'Pay', 'Menu'].map((name, at) => ({
    ref: name,
    role: at < 2 ? 'textbox' : 'button',
    name,
    box: [0, 40 * at, 100, 24],
  })),
};

describe('factorSkills', () => {
  const factored = factorSkills(skills);
  const helpers = [
    ...new Map(factored.flatMap(({ body }) => helpersIn(body)).map((one) => [one.name, one])).values(),
  ];

  it('makes one helper of what two skills do alike, with what differs as parameters', () => {
    expect(helpers).toHaveLength(1);
    expect(factored.map(({ body }) => body.map(({ form }) => form).join())).toEqual([
      'call,act,act',
      'act,call,act',
    ]);
    expect(helpers.map((one) => helperSource(one, 'Part.').replace(one.name, ''))).toMatchInlineSnapshot(`
      [
        "/** Part. */
      import { type Course, type SkillContext, click, fill } from 'lamarck/agent';

      export default function* fillClickP9mxqh({ page }: SkillContext, text1: string | undefined, text2: string | undefined): Course {
        page = yield fill(page.find({ role: 'textbox', name: 'User' }), text1);
        page = yield fill(page.find({ role: 'textbox', name: 'Password' }), text2);
        page = yield click(page.find({ role: 'button', name: 'Sign in' }));
        return page;
      }
      ",
      ]
    `);
    expect(factored.map((one) => /page = yield\* (?:\w+)(\(.*\));/.exec(skillSource(one, ''))?.[1])).toEqual([
      '({ instruction, page }, instruction.quoted(0), instruction.quoted(1))',
      '({ instruction, page }, instruction.quoted(1), instruction.quoted(2))',
    ]);
  });

  it('changes nothing in what they do, in memory and as modules', async () => {
    const sources = Object.fromEntries(helpers.map((one) => [one.name, helperSource(one, 'Part.')]));
    const views = Array.from({ length: 6 }, () => page);
    for (const [at, before] of skills.entries()) {
      const after = factored[at] as InducedSkill;
      const written = await loadSkill(skillSource(after, 'Written.'), sources);
      for (let count = 1; count <= views.length; count++) {
        const said = followSkill(skillOf(before), 'Do "a", "b", "c".', views.slice(0, count));
        expect(followSkill(skillOf(after), 'Do "a", "b", "c".', views.slice(0, count))).toEqual(said);
        expect(followSkill(written, 'Do "a", "b", "c".', views.slice(0, count))).toEqual(said);
      }
    }
  });

  it('leaves alone what nothing is saved by', () => {
    const apart = [skill('pay', [press('Pay'), end]), skill('move', [press('Menu'), end])];
    expect(factorSkills(apart)).toEqual(apart);
  });

  it('gives the text of a loop to a helper that is called in it', async () => {
    const item: TextExpression = { source: 'item', valueFor: ({ texts }) => texts['item'] };
    const entry = (text: TextExpression) => [fillIn('User', text), press('Pay'), press('Sign in')];
    const looped = factorSkills([
      skill('each', [{ form: 'for', from: 0, body: entry(item) }, end]),
      skill('once', [...entry(quoted(0)), end]),
    ]);
    const [each] = looped as [InducedSkill];
    expect(skillSource(each, '')).toMatch(/for \(const item of .*\n {6}page = yield\* \w+\(.*, item\);/);
    expect(
      followSkill(
        skillOf(each),
        'Do "a" and "b".',
        Array.from({ length: 4 }, () => page),
      ),
    ).toEqual({
      fill: { ref: 'User', text: 'b' },
    });
  });
});
