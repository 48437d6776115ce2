import { describe, expect, it } from 'vitest';
import type { Demonstration } from './demonstration.ts';
import { induceSkills } from './induction.ts';
import { skillOf, type InducedSkill } from '../skills/skill-program.ts';
import { skillSource } from '../skills/skill-source.ts';
import { demonstrate, viewOf, wins, type Part, type ToySite } from './toy-sites.fixture.ts';

/** A form whose first label and whose order differ from one to the next. */
function signIn(user: string, password: string, label: string, isSwapped = false): ToySite {
  const state = { user: '', password: '', isIn: false };
  return {
    instruction: `Sign in as "${user}" with password "${password}".`,
    parts: () => {
      const fields: Part[] = [
        { role: 'textbox', name: label, value: state.user, does: (text) => (state.user = text) },
        { role: 'textbox', name: 'Password', value: state.password, does: (text) => (state.password = text) },
      ];
      const button: Part = { role: 'button', name: 'Sign in', does: () => (state.isIn = true) };
      return state.isIn
        ? [{ role: 'heading', name: 'Welcome' }]
        : [...(isSwapped ? fields.reverse() : fields), button];
    },
    isWon: () => state.isIn && state.user === user && state.password === password,
  };
}

function signedIn(user: string, password: string, label: string, isSwapped = false) {
  const entries = [[label, user] as const, ['Password', password] as const];
  return demonstrate(signIn(user, password, label, isSwapped), [
    ...(isSwapped ? entries.reverse() : entries),
    'Sign in',
  ]);
}

/** Rows with buttons; `question` is asked before anything is done. */
function inRow(firms: readonly string[], goal: string, verb: string, question?: string): ToySite {
  const state = { asked: '', done: '' };
  const ask = (what: string) => (question === undefined ? (state.done = what) : (state.asked = what));
  return {
    instruction: `${verb} the invoice from "${goal}".`,
    parts: () => [
      ...firms.flatMap((firm, row): Part[] => [
        ...['Archive', 'Pay'].map((name, column): Part => ({
          role: 'button',
          name,
          box: [200 + 80 * column, 40 * row, 60, 24],
          does: () => ask(`${name} ${firm}`),
        })),
        { role: 'cell', name: firm, box: [0, 40 * row, 100, 24] },
      ]),
      ...(state.asked === ''
        ? []
        : [
            { role: 'dialog', name: 'Sure?', box: [0, 400, 300, 100] } as const,
            {
              role: 'button',
              name: question ?? '',
              box: [0, 440, 60, 24] as const,
              does: () => {
                [state.done, state.asked] = [state.asked, ''];
              },
            },
          ]),
      ...(state.done === '' ? [] : [{ role: 'status', name: 'Saved', box: [0, 600, 60, 24] } as const]),
    ],
    isWon: () => state.done === `${verb} ${goal}`,
  };
}

/** Clicks by place in the row, as names repeat. */
function doneInRow(firms: readonly string[], goal: string, verb: string, question?: string) {
  const site = inRow(firms, goal, verb, question);
  const page = viewOf(site.parts());
  const at = page.elements.findIndex(({ name, box }) => name === verb && box[1] === 40 * firms.indexOf(goal));
  const action = { click: { ref: `e${at}` } };
  site.parts()[at]?.does?.('');
  const rest = demonstrate(site, question === undefined ? [] : [question]);
  return { instruction: site.instruction, steps: [{ page, action }, ...rest.steps] };
}

/** A box to tick, or not to, where there is one. */
function subscribe(name: string, isWanted: boolean | undefined, hasBox = true): ToySite {
  const state = { name: '', isTicked: false, isSent: false };
  const wish = isWanted === undefined ? '' : isWanted ? ' and get the letter' : ' and do not get the letter';
  return {
    instruction: `Register "${name}"${wish}.`,
    parts: () => [
      { role: 'textbox', name: 'Name', value: state.name, does: (text) => (state.name = text) },
      ...(hasBox
        ? [
            {
              role: 'checkbox',
              name: 'Get our letter',
              state: state.isTicked ? ['checked'] : [],
              does: () => (state.isTicked = !state.isTicked),
            },
          ]
        : []),
      { role: 'button', name: 'Send', does: () => (state.isSent = true) },
      ...(state.isSent ? [{ role: 'status', name: 'Sent' }] : []),
    ],
    isWon: () => state.isSent && state.name === name && state.isTicked === (isWanted ?? false),
  };
}

/** Several things to put into a cart, one after the other. */
function cart(goods: readonly string[], wanted: readonly string[]): ToySite {
  const taken: string[] = [];
  return {
    instruction: `Add ${wanted.map((one) => `"${one}"`).join(' and ')} to the cart.`,
    parts: () => [
      ...goods.flatMap((name, row): Part[] => [
        { role: 'cell', name, box: [0, 40 * row, 100, 24] },
        {
          role: 'button',
          name: `Add ${name}`,
          text: 'Add',
          box: [200, 40 * row, 60, 24],
          does: () => taken.push(name),
        },
      ]),
      { role: 'status', name: `${taken.length} in the cart`, box: [0, 600, 60, 24] },
    ],
    isWon: () => taken.toSorted().join() === wanted.toSorted().join(),
  };
}

/** A list of several pages; the row that is meant is on one of them. */
function paging(pages: readonly (readonly string[])[], goal: string): ToySite {
  const state = { at: 0, opened: '' };
  return {
    instruction: `Open the letter of "${goal}".`,
    parts: () => [
      ...(pages[state.at] ?? []).map((name): Part => ({
        role: 'link',
        name,
        does: () => (state.opened = name),
      })),
      { role: 'text', name: `Page ${state.at + 1}` },
      { role: 'button', name: 'Previous', does: () => (state.at = Math.max(0, state.at - 1)) },
      { role: 'button', name: 'Next', does: () => (state.at = Math.min(pages.length - 1, state.at + 1)) },
      ...(state.opened === '' ? [] : [{ role: 'heading', name: 'Letter' }]),
    ],
    isWon: () => state.opened === goal,
  };
}

/** Pages of questions in any order, each ended with a button. */
function wizard(
  order: readonly ('name' | 'meal' | 'room')[],
  name: string,
  meal: string,
  room: string,
): ToySite {
  const state = { at: 0, name: '', meal: '', room: '', isBooked: false };
  const questions: Readonly<Record<string, () => readonly Part[]>> = {
    name: () => [{ role: 'textbox', name: 'Guest', value: state.name, does: (text) => (state.name = text) }],
    meal: () => [
      {
        role: 'combobox',
        name: 'Meal',
        value: state.meal,
        options: ['', 'breakfast', 'dinner'],
        does: (text) => (state.meal = text),
      },
    ],
    room: () =>
      ['attic', 'garden'].map((option) => ({
        role: 'radio',
        name: option,
        state: state.room === option ? ['checked'] : [],
        does: () => (state.room = option),
      })),
  };
  return {
    instruction: `Book the ${room} for "${name}" with ${meal}.`,
    parts: () =>
      state.isBooked
        ? [{ role: 'status', name: 'Booked' }]
        : [
            ...(questions[order[state.at] ?? '']?.() ?? []),
            ...(state.at > 0 ? [{ role: 'button', name: 'Back', does: () => state.at-- }] : []),
            state.at < order.length - 1
              ? { role: 'button', name: 'Next', does: () => state.at++ }
              : { role: 'button', name: 'Book', does: () => (state.isBooked = true) },
          ],
    isWon: () => state.isBooked && state.name === name && state.meal === meal && state.room === room,
  };
}

function booked(order: readonly ('name' | 'meal' | 'room')[], name: string, meal: string, room: string) {
  const answers = { name: ['Guest', name] as const, meal: ['Meal', meal] as const, room };
  const course = order.flatMap((one, at) => [answers[one], at < order.length - 1 ? 'Next' : 'Book']);
  return demonstrate(wizard(order, name, meal, room), course);
}

/** The first that is induced, and its source without its head. */
function firstOf(skills: readonly InducedSkill[]): { skill: InducedSkill; source: string } {
  const [skill] = skills;
  if (skill === undefined) throw new Error('No skill was induced.');
  return { skill, source: skillSource(skill, 'Induced.') };
}

const signIns = [
  signedIn('mara', 'q7', 'User name'),
  signedIn('otto', 'x9', 'Login', true),
  signedIn('lena', 'k2', 'User name', true),
];
const rows = [
  doneInRow(['Acme', 'Lumen', 'Quill'], 'Lumen', 'Archive'),
  doneInRow(['Birch', 'Acme'], 'Acme', 'Pay'),
  doneInRow(['Quill', 'Birch', 'Polder'], 'Polder', 'Archive'),
];

describe('induceSkills', () => {
  it('finds where each text comes from and which element is meant, whatever order it was done in', () => {
    const { skill, source } = firstOf(induceSkills(signIns));
    expect(skill.words.join(' ')).toBe('sign in as with password');
    expect(source).toContain(
      "fill(page.find({ role: 'textbox', name: ['Login', 'User name'] }), instruction.quoted(0))",
    );
    for (const isSwapped of [false, true])
      expect(wins(skillOf(skill), signIn('faye', 'p4', 'Login', isSwapped))).toBe(true);
    expect(wins(skillOf(skill), signIn('faye', 'p4', 'Account', false))).toBe(false);
  });

  it('writes what it found as a recipe', () => {
    expect(firstOf(induceSkills(rows)).source).toMatchInlineSnapshot(`
      "/** Induced. */
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
    const fresh = inRow(['Kestrel', 'Nordwind', 'Acme', 'Lumen'], 'Nordwind', 'Pay');
    expect(wins(skillOf(firstOf(induceSkills(rows)).skill), fresh)).toBe(true);
  });

  it('does under a condition what was done only sometimes, by what the page showed', () => {
    const asked = [
      doneInRow(['Acme', 'Lumen', 'Quill'], 'Quill', 'Pay', 'Yes'),
      doneInRow(['Birch', 'Acme'], 'Birch', 'Archive', 'OK'),
      doneInRow(['Polder', 'Acme'], 'Acme', 'Archive', 'Yes'),
    ];
    const { skill, source } = firstOf(induceSkills([...rows, ...asked]));
    expect(source).toMatch(/if \(page\.has\(.*\) \{\n {6}page = yield click/);
    for (const question of ['Yes', undefined])
      expect(wins(skillOf(skill), inRow(['Acme', 'Polder', 'Lumen'], 'Polder', 'Pay', question))).toBe(true);
  });

  it('learns from what was lost which word a step depends on, and what negates it', () => {
    const won = ['mara', 'otto', 'lena'].flatMap((name) => [
      demonstrate(subscribe(name, true), [['Name', name], 'Get our letter', 'Send']),
      demonstrate(subscribe(name, undefined, false), [['Name', name], 'Send']),
    ]);
    const lost = ['faye', 'ivo'].map((name) =>
      demonstrate(subscribe(name, undefined), [['Name', name], 'Get our letter', 'Send']),
    );
    const { skill, source } = firstOf(induceSkills(won, { foreign: [], lost }));
    expect(source).toContain("instruction.wants('letter')");
    for (const isWanted of [true, false, undefined])
      expect(wins(skillOf(skill), subscribe('gus', isWanted))).toBe(true);
  });

  it('repeats for each quoted text what was done for one after the other', () => {
    const goods = ['tea', 'milk', 'rice', 'salt', 'oats'];
    const added = [['milk'], ['rice', 'tea'], ['salt', 'milk', 'oats'], ['oats', 'rice']].map((wanted) =>
      demonstrate(
        cart(goods, wanted),
        wanted.map((one) => `Add ${one}`),
      ),
    );
    const { skill, source } = firstOf(induceSkills(added));
    expect(source).toContain('for (const item of instruction.spans(0)) {');
    expect(wins(skillOf(skill), cart(goods, ['oats', 'tea', 'milk', 'salt']))).toBe(true);
  });

  it('repeats until the page shows what was looked for', () => {
    const pages = [['Ada', 'Bo'], ['Cleo', 'Dora'], ['Eli', 'Faye'], ['Gus']];
    const opened = [
      ['Bo', 0],
      ['Dora', 1],
      ['Faye', 2],
      ['Cleo', 1],
    ] as const;
    const demonstrations = opened.map(([goal, turns]) =>
      demonstrate(paging(pages, goal), [...Array.from({ length: turns }, () => 'Next'), goal]),
    );
    const { skill, source } = firstOf(induceSkills(demonstrations));
    expect(source).toMatch(/while \(.*!page\.has\({ role: 'link', name: instruction\.quoted\(0\) }\)/);
    expect(wins(skillOf(skill), paging(pages, 'Gus'))).toBe(true);
    expect(wins(skillOf(skill), paging(pages, 'Ada'))).toBe(true);
  });

  it('makes turns of a loop of questions that came in any order and number', () => {
    const { skill, source } = firstOf(
      induceSkills([
        booked(['name', 'meal', 'room'], 'Ada', 'dinner', 'attic'),
        booked(['room', 'name', 'meal'], 'Bo', 'breakfast', 'garden'),
        booked(['meal', 'room', 'name'], 'Cleo', 'dinner', 'garden'),
        booked(['name', 'room', 'meal'], 'Dora', 'breakfast', 'attic'),
      ]),
    );
    expect(source).toContain('while (page.has(');
    expect(wins(skillOf(skill), wizard(['room', 'meal', 'name'], 'Eli', 'dinner', 'garden'))).toBe(true);
    expect(wins(skillOf(skill), wizard(['meal', 'room', 'meal', 'name'], 'Gus', 'breakfast', 'attic'))).toBe(
      true,
    );
  });

  it('goes by several ways of finding, where no one of them is right everywhere', () => {
    const confirm = (names: readonly string[], said: string, goal: string) => {
      const clicked: string[] = [];
      const parts = () => [
        ...names.map((name): Part => ({ role: 'button', name, does: () => clicked.push(name) })),
        ...clicked.map((name): Part => ({ role: 'status', name })),
      ];
      return { instruction: `Confirm ${said}.`, parts, isWon: () => clicked.join() === goal, goal };
    };
    const sites = [
      confirm(['5', 'Tea', '7'], 'number 7', '7'),
      confirm(['5', 'Tea', '7'], 'number 5', '5'),
      confirm(['Rice', '7'], 'the "rice"', 'Rice'),
      confirm(['5', 'Tea'], 'the "tea"', 'Tea'),
    ];
    const { skill, source } = firstOf(induceSkills(sites.map((site) => demonstrate(site, [site.goal]))));
    expect(source).toContain(
      "find({ role: 'button', saidIn: instruction }, { role: 'button', nameHolds: instruction.quoted(0) })",
    );
    expect(wins(skillOf(skill), confirm(['Salt', '3'], 'number 3', '3'))).toBe(true);
  });

  it('learns what is dropped where, what is hovered over, which file is given, and how a dialog is answered', () => {
    const view = (names: readonly string[]) =>
      viewOf(names.map((name) => ({ role: name.startsWith('Box') ? 'region' : 'listitem', name })));
    const demonstrations = [
      ['Tea', 'Box A', 'a.csv'],
      ['Rice', 'Box B', 'b.csv'],
      ['Salt', 'Box A', 'c.csv'],
    ].map(([thing = '', box = '', file = '']): Demonstration => {
      const page = view(['Rice', 'Box A', 'Salt', 'Box B', 'Tea']);
      const refOf = (name: string) => page.elements.find((one) => one.name === name)?.ref ?? '';
      return {
        instruction: `Put "${thing}" into "${box}" and give "${file}".`,
        steps: [
          { page, action: { hover: { ref: refOf(thing) } } },
          { page: { ...page, url: '/1' }, action: { drag: { ref: refOf(thing), to: refOf(box) } } },
          { page: { ...page, url: '/2' }, action: { upload: { ref: refOf(box), file } } },
          { page: { url: '/3', elements: [] }, action: { accept: {} } },
          { page: { url: '/4', elements: [] }, action: { accept: { text: thing } } },
          { page: { url: '/5', elements: [] }, action: { dismiss: {} } },
          { page: { ...page, url: '/6' }, action: { done: {} } },
        ],
      };
    });
    const { skill, source } = firstOf(induceSkills(demonstrations));
    expect(source.match(/yield \w+\(.*\);/g)).toEqual([
      "yield hover(page.find({ role: 'listitem', name: instruction.quoted(0) }));",
      "yield drag(page.find({ role: 'listitem', name: instruction.quoted(0) }), page.find({ role: 'region', name: instruction.quoted(1) }));",
      "yield upload(page.find({ role: 'region', name: instruction.quoted(1) }), instruction.quoted(2));",
      'yield accept();',
      'yield accept(instruction.quoted(0));',
      'yield dismiss();',
      'yield done();',
    ]);
    expect(skill.support).toBe(3);
  });

  it('keeps its condition away from tasks of others, and is given up where it cannot', () => {
    const [first] = rows;
    const own = firstOf(induceSkills(rows)).skill;
    const other = doneInRow(['Acme', 'Lumen'], 'Lumen', 'Pay').steps[0]?.page;
    if (first === undefined || other === undefined) throw new Error('There are no rows.');
    const foreign = [
      {
        instruction: 'Pay later the invoice from "Lumen".',
        page: {
          ...other,
          elements: [
            ...other.elements,
            { ref: 'x', role: 'banner', name: 'Sale', box: [0, 900, 9, 9] as const },
          ],
        },
      },
    ];
    const [kept] = induceSkills(rows, { foreign, lost: [] });
    expect(kept?.clauses.length).toBeGreaterThan(own.clauses.length);
    const same = rows.map(({ instruction, steps }) => ({
      instruction,
      page: (steps[0] as (typeof steps)[number]).page,
    }));
    expect(induceSkills(rows, { foreign: same, lost: [] })).toEqual([]);
  });

  it('gives nothing where no generalisation agrees with all', () => {
    const odd = doneInRow(['Acme', 'Lumen', 'Quill'], 'Quill', 'Archive');
    const strange = { ...odd, instruction: 'Archive the invoice from "Lumen".' };
    expect(induceSkills([...rows.slice(0, 2), strange])).toEqual([]);
  });

  it('asks for at least three demonstrations', () => {
    expect(induceSkills(rows.slice(0, 2))).toEqual([]);
  });

  it('induces the same again', () => {
    const sources = () => induceSkills([...signIns, ...rows]).map((skill) => skillSource(skill, ''));
    expect(sources()).toEqual(sources());
  });
});
