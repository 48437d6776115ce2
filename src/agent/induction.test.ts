import { describe, expect, it } from 'vitest';
import type { Action } from './contract.ts';
import { actionOf, induceSkills, withoutDetours, type Demonstration } from './induction.ts';
import { directCourse, type PageElement, type PageView } from './page.ts';
import { skillName, skillSource } from './skill-source.ts';
import { readArguments } from './skill.ts';

type Part = Partial<PageElement> & { role: string; name: string };

function page(parts: readonly Part[], url = '/'): PageView {
  return { url, elements: parts.map((part, at) => ({ ref: `e${at}`, box: [0, 40 * at, 100, 24], ...part })) };
}

/** A form whose first label and whose order differ from one to the next. */
function signIn(user: string, password: string, label: string, isSwapped: boolean): Demonstration {
  const view = (values: readonly string[]) => {
    const fields: Part[] = [
      { role: 'textbox', name: label, value: values[0] ?? '' },
      { role: 'textbox', name: 'Password', value: values[1] ?? '' },
    ];
    return page([...(isSwapped ? fields.reverse() : fields), { role: 'button', name: 'Sign in' }]);
  };
  const [first, second] = isSwapped ? ['e1', 'e0'] : ['e0', 'e1'];
  return {
    instruction: `Sign in as "${user}" with password "${password}".`,
    steps: [
      { page: view([]), action: { fill: { ref: first, text: user } } },
      { page: view([user]), action: { click: { ref: first } } },
      { page: view([user]), action: { fill: { ref: second, text: password } } },
      { page: view([user, password]), action: { click: { ref: 'e2' } } },
      { page: page([{ role: 'heading', name: 'Welcome' }]), action: { done: {} } },
    ],
  };
}

function inRow(firms: readonly string[], goal: string, verb: string): Demonstration {
  const view = page(
    firms.flatMap((firm, row) =>
      ['Archive', 'Pay']
        .map((name, column): Part => ({ role: 'button', name, box: [200 + 80 * column, 40 * row, 60, 24] }))
        .concat([{ role: 'cell', name: firm, box: [0, 40 * row, 100, 24] }]),
    ),
  );
  const ref =
    view.elements.find(({ name, box }) => name === verb && box[1] === 40 * firms.indexOf(goal))?.ref ?? '';
  return {
    instruction: `${verb} the invoice from "${goal}".`,
    steps: [
      { page: view, action: { click: { ref } } },
      { page: page([{ role: 'status', name: 'Saved' }]), action: { done: {} } },
    ],
  };
}

const signIns = [
  signIn('mara', 'q7', 'User name', false),
  signIn('otto', 'x9', 'Login', true),
  signIn('lena', 'k2', 'User name', true),
];
const rows = [
  inRow(['Acme', 'Lumen', 'Quill'], 'Lumen', 'Archive'),
  inRow(['Birch', 'Acme'], 'Acme', 'Pay'),
  inRow(['Quill', 'Birch', 'Polder'], 'Polder', 'Archive'),
];

/** What the skill does with another demonstration's pages. */
function follow(
  skill: ReturnType<typeof induceSkills>[number],
  demonstration: Demonstration,
): (Action | undefined)[] {
  const instruction = readArguments(demonstration.instruction);
  return skill.steps.map((step, at) =>
    actionOf(step, instruction, demonstration.steps[at]?.page as PageView),
  );
}

describe('directCourse', () => {
  it('skips what led back, and keeps the last step', () => {
    expect(directCourse(['a', 'a', 'b', 'a', 'c', 'c'])).toEqual([3, 5]);
    expect(directCourse(['a', 'b', 'c'])).toEqual([0, 1, 2]);
  });
});

describe('withoutDetours', () => {
  it('takes out what had no effect, and what was typed over', () => {
    const [first] = signIns as [Demonstration];
    expect(withoutDetours(first).steps.map(({ action }) => Object.keys(action)[0])).toEqual([
      'fill',
      'fill',
      'click',
      'done',
    ]);
    const typo = page([{ role: 'textbox', name: 'Name', value: '' }]);
    const retyped: Demonstration = {
      instruction: 'Enter "mara".',
      steps: [
        { page: typo, action: { fill: { ref: 'e0', text: 'Enter' } } },
        {
          page: page([{ role: 'textbox', name: 'Name', value: 'Enter' }]),
          action: { fill: { ref: 'e0', text: 'mara' } },
        },
        { page: page([{ role: 'textbox', name: 'Name', value: 'mara' }]), action: { done: {} } },
      ],
    };
    expect(withoutDetours(retyped).steps.map(({ action }) => action)).toEqual([
      { fill: { ref: 'e0', text: 'mara' } },
      { done: {} },
    ]);
  });
});

describe('induceSkills', () => {
  it('finds where each text comes from and which element is meant, whatever order it was done in', () => {
    const [skill] = induceSkills(signIns);
    expect(skill?.steps.map(({ kind, text }) => [kind, text?.source])).toEqual([
      ['fill', 'instruction.quoted(0)'],
      ['fill', 'instruction.quoted(1)'],
      ['click', undefined],
      ['done', undefined],
    ]);
    expect(skill?.steps[0]?.element?.source).toBe(`{ role: 'textbox', name: ['Login', 'User name'] }`);
    expect(skill?.words.join(' ')).toBe('sign in as with password');
  });

  it('holds on a task it was not made from', () => {
    const [skill] = induceSkills(rows);
    const fresh = inRow(['Kestrel', 'Nordwind', 'Acme', 'Lumen'], 'Nordwind', 'Pay');
    expect(skill && follow(skill, fresh)).toEqual(fresh.steps.map(({ action }) => action));
  });

  it('gives nothing where no generalisation agrees with all', () => {
    const [one, two] = rows as [Demonstration, Demonstration];
    const odd = inRow(['Acme', 'Lumen', 'Quill'], 'Quill', 'Archive');
    expect(induceSkills([one, two, { ...odd, instruction: 'Archive the invoice from "Lumen".' }])).toEqual(
      [],
    );
  });

  it('asks for at least three demonstrations', () => {
    expect(induceSkills(rows.slice(0, 2))).toEqual([]);
  });
});

describe('skillSource', () => {
  it('reads like a recipe', () => {
    const [skill] = induceSkills(rows);
    expect(skill && skillName(skill)).toBe('invoice-in-2-steps');
    expect(skill && skillSource(skill, 'Induced from 3 verified episodes.')).toMatchInlineSnapshot(`
      "/** Induced from 3 verified episodes. */
      import { defineSkill, click, done } from 'lamarck/agent';

      export default defineSkill({
        name: 'invoice-in-2-steps',
        when: ({ instruction, page }) =>
          instruction.says('the invoice from', 1) &&
          page.has({ role: 'button', name: instruction.word(0), inRowWith: instruction.quoted(0) }),
        *steps({ instruction, page }) {
          page = yield click(page.find({ role: 'button', name: instruction.word(0), inRowWith: instruction.quoted(0) }));
          yield done();
        },
      });
      "
    `);
  });
});
