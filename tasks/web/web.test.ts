import { makeTask, type TaskFamily } from 'lamarck';
import { describe, expect, it } from 'vitest';
import { autocomplete } from './autocomplete/index.ts';
import { calendar } from './calendar/index.ts';
import { cart } from './cart/index.ts';
import { chartReading } from './chart-reading/index.ts';
import { copyBetweenPanes } from './copy-between-panes/index.ts';
import { dialogStack } from './dialog-stack/index.ts';
import { filtersAndPaging } from './filters-and-paging/index.ts';
import { allWeb, web } from './index.ts';
import { mailTriage } from './mail-triage/index.ts';
import { nestedMenu } from './nested-menu/index.ts';
import { quotedReply } from './quoted-reply/index.ts';
import { registration } from './registration/index.ts';
import { reorder } from './reorder/index.ts';
import { rowAction } from './row-action/index.ts';
import { searchAndChoose } from './search-and-choose/index.ts';
import { settings } from './settings/index.ts';
import { signIn } from './sign-in/index.ts';
import { sliderAndStepper } from './slider-and-stepper/index.ts';
import { slowLoading } from './slow-loading/index.ts';
import { sortAndPick } from './sort-and-pick/index.ts';
import { tabsAndDialogs } from './tabs-and-dialogs/index.ts';
import { toDo } from './to-do/index.ts';
import { tree } from './tree/index.ts';
import { upload } from './upload/index.ts';

interface WebParams {
  site: Record<string, string>;
  goal: unknown;
}

const SEEDS = Array.from({ length: 16 }, (_, seed) => seed);
const MANY = Array.from({ length: 120 }, (_, seed) => seed);
const paramsOf = (family: TaskFamily, seed: number, difficulty: number): WebParams =>
  makeTask(family, seed, difficulty).params as WebParams;
/** What an application draws itself from, and the look that it was given. */
const appOf = (family: TaskFamily, seed: number, difficulty: number) => {
  const html = paramsOf(family, seed, difficulty).site['/'] ?? '';
  const read = (name: string): unknown =>
    JSON.parse(new RegExp(`^const ${name} = (.*);$`, 'm').exec(html)?.[1] ?? 'null');
  return { look: read('look') as Record<string, unknown>, data: read('data') as never };
};

it('the larger suite begins with the smaller one, and names no family twice', () => {
  expect(allWeb.slice(0, web.length)).toEqual(web);
  expect(new Set(allWeb.map(({ name }) => name)).size).toBe(24);
});

describe.each(allWeb.map((family) => [family.name, family] as const))('%s', (_name, family) => {
  it.each([1, 2, 3])(
    'makes the same task of a seed twice, and another one of another seed (difficulty %i)',
    (difficulty) => {
      const hashes = SEEDS.map((seed) => makeTask(family, seed, difficulty).hash);
      expect(SEEDS.map((seed) => makeTask(family, seed, difficulty).hash)).toEqual(hashes);
      expect(new Set(hashes).size).toBe(SEEDS.length);
    },
  );

  it('puts what is to be typed into double quotes', () => {
    for (const seed of SEEDS) expect(makeTask(family, seed, 1).instruction).toMatch(/"[^"]+"/);
  });

  it('asks in more than one way, in one sentence or two', () => {
    const shapes = SEEDS.map((seed) => makeTask(family, seed, 3).instruction.split(' ')[0]);
    expect(new Set(shapes).size).toBeGreaterThan(family === signIn || family === searchAndChoose ? 0 : 1);
    for (const seed of SEEDS) {
      const { instruction } = makeTask(family, seed, 3);
      expect(instruction).toMatch(/^[A-Z].*\.$/);
      expect(instruction).not.toMatch(/undefined|null|NaN| {2}/);
    }
  });

  it('accepts the goal and nothing beside it', () => {
    const [one, other] = [makeTask(family, 1, 2), makeTask(family, 2, 2)];
    const judge = (state: unknown) =>
      family.verify({
        evidence: { url: '/', state, answer: null },
        params: one.params,
        instruction: one.instruction,
      });
    expect(judge((one.params as WebParams).goal)).toBe(true);
    expect(judge((other.params as WebParams).goal)).toBe(false);
    expect(judge(null)).toBe(false);
    expect(judge({ ...((one.params as WebParams).goal as object), more: true })).toBe(false);
  });

  it('writes pages that load nothing from elsewhere', () => {
    for (const seed of SEEDS) {
      const { site } = paramsOf(family, seed, 3);
      for (const html of Object.values(site)) {
        for (const [, target = ''] of html.matchAll(/(?:src|href)="([^"]*)"/g))
          expect(target.startsWith('#') || target.startsWith('data:,') || target in site, target).toBe(true);
      }
    }
  });
});

describe('where the order matters', () => {
  it.each([
    ['filters-and-paging', filtersAndPaging, 'taken'],
    ['tree', tree, 'changes'],
  ] as const)(
    '%s refuses the right things in the wrong one, and one of them alone',
    (_name, family, list) => {
      for (const seed of SEEDS) {
        const { instruction, params } = makeTask(family, seed, 3);
        const goal = (params as WebParams).goal as Record<string, unknown[]>;
        const judge = (done: unknown[]) =>
          family.verify({
            evidence: { url: '/', state: { ...goal, [list]: done }, answer: null },
            params,
            instruction,
          });
        const [first, second] = goal[list] ?? [];
        expect(judge([first, second])).toBe(true);
        expect(judge([second, first])).toBe(false);
        expect(judge([first])).toBe(false);
        expect(judge([first, second, second])).toBe(false);
      }
    },
  );
});

describe('a page does not tell the answer', () => {
  it('sign-in holds neither name nor password', () => {
    for (const seed of SEEDS) {
      const { instruction, params } = makeTask(signIn, seed, 3);
      for (const [, quoted = ''] of instruction.matchAll(/"(.+?)"/g)) {
        expect((params as WebParams).site['/']).not.toContain(quoted);
      }
    }
  });

  it.each([
    ['row-action', rowAction],
    ['search-and-choose', searchAndChoose],
  ] as const)('%s asks for every place in the list', (_name, family) => {
    const places = Array.from({ length: 90 }, (_, seed) => {
      const { instruction, params } = makeTask(family, seed, 1);
      const [wanted = ''] = [...instruction.matchAll(/"(.+?)"/g)].map(([, quoted = '']) => quoted).slice(-1);
      const html = (params as WebParams).site['/results'] ?? (params as WebParams).site['/'] ?? '';
      const names = [...html.matchAll(/"name":"([^"]+)"/g)].map(([, name = '']) => name);
      const alike = names.filter(
        (name) => family === rowAction || name.endsWith(wanted.split(' ').at(-1) ?? ''),
      );
      return alike.indexOf(wanted);
    });
    for (const place of [0, 1, 2]) expect(places.filter((at) => at === place).length).toBeGreaterThan(12);
  });

  interface Named {
    name: string;
  }
  it.each<[string, TaskFamily, (data: never) => string[][]]>([
    [
      'filters-and-paging',
      filtersAndPaging,
      ({ items }: { items: Named[] }) => items.map(({ name }) => [name]),
    ],
    ['cart', cart, ({ products }: { products: Named[] }) => products.map(({ name }) => [name])],
    [
      'mail-triage',
      mailTriage,
      ({ mails }: { mails: { from: string; subject: string }[] }) =>
        mails.map(({ from, subject }) => [from, subject]),
    ],
    [
      'tree',
      tree,
      ({ nodes }: { nodes: { children: Named[] }[] }) =>
        nodes.flatMap(({ children }) => children.map(({ name }) => [name])),
    ],
    [
      'tabs-and-dialogs',
      tabsAndDialogs,
      ({ sections }: { sections: { settings: { label: string }[] }[] }) =>
        sections.flatMap(({ settings }) => settings.map(({ label }) => [label])),
    ],
    [
      'autocomplete',
      autocomplete,
      ({ fields }: { fields: { entries: Named[] }[] }) =>
        (fields[0]?.entries ?? []).map(({ name }) => [name]),
    ],
    [
      'quoted-reply',
      quotedReply,
      ({ mails }: { mails: { from: string; subject: string }[] }) =>
        mails.map(({ from, subject }) => [from, subject]),
    ],
    ['dialog-stack', dialogStack, ({ things }: { things: Named[] }) => things.map(({ name }) => [name])],
    [
      'copy-between-panes',
      copyBetweenPanes,
      ({ entries }: { entries: Named[] }) => entries.map(({ name }) => [name]),
    ],
    ['slow-loading', slowLoading, ({ rows }: { rows: Named[] }) => rows.map(({ name }) => [name])],
  ])('%s asks for every place on the page equally often', (_name, family, candidates) => {
    const counts: number[] = [];
    for (const seed of MANY) {
      const { instruction } = makeTask(family, seed, 1);
      const all = candidates(appOf(family, seed, 1).data);
      const at = all.findIndex((texts) => texts.some((text) => instruction.includes(`"${text}"`)));
      expect(at, instruction).toBeGreaterThanOrEqual(0);
      for (let place = 0; place < all.length; place++) counts[place] ??= 0;
      counts[at] = (counts[at] ?? 0) + 1;
    }
    // Chi-squared against equal shares; 0.999 of such sums lie below 2 × degrees of freedom + 15.
    const share = MANY.length / counts.length;
    const sum = counts.reduce((total, count) => total + (count - share) ** 2 / share, 0);
    expect(sum, counts.join(' ')).toBeLessThan(2 * (counts.length - 1) + 15);
  });
});

describe('a family draws every layout', () => {
  const looks = {
    labels: ['aria-label', 'for', 'placeholder', 'wrap'],
    rows: ['cards', 'list', 'table'],
    namesItems: [false, true],
    newsletter: [false, true],
  };
  it.each<[string, TaskFamily, Record<string, unknown[]>]>([
    [
      'filters-and-paging',
      filtersAndPaging,
      {
        idiom: ['buttons', 'radio', 'select'],
        paging: ['more', 'numbers', 'steps'],
        place: ['above', 'left', 'right'],
        sorts: [false, true],
      },
    ],
    [
      'cart',
      cart,
      {
        counts: ['field', 'select', 'steps'],
        cart: ['below', 'left', 'right', 'view'],
        idiom: ['buttons', 'radio', 'select'],
        isComponent: [false, true],
        checksOut: [false, true],
        hasLater: [false, true],
      },
    ],
    [
      'mail-triage',
      mailTriage,
      { idiom: ['buttons', 'drag', 'hover', 'menu', 'open', 'toolbar'], folderPlace: ['left', 'right'] },
    ],
    [
      'tree',
      tree,
      {
        idiom: ['buttons', 'details', 'tree'],
        choiceIdiom: ['buttons', 'radio', 'select'],
        tools: ['above', 'below'],
        drags: [false, true],
        prompts: [false, true],
      },
    ],
    [
      'tabs-and-dialogs',
      tabsAndDialogs,
      {
        idiom: ['folds', 'links', 'tabs'],
        shows: ['apart', 'apart, saved at the start', 'together'],
        choiceIdiom: ['buttons', 'radio', 'select'],
        switches: ['checkbox', 'switch'],
        isModal: [false, true],
        dialogs: ['native', 'native twice', 'own'],
      },
    ],
    [
      'autocomplete',
      autocomplete,
      {
        offers: ['buttons', 'listbox', 'table'],
        isOverlay: [false, true],
        delay: [0, 120],
        least: [1, 2, 3],
      },
    ],
    [
      'registration',
      registration,
      {
        complaints: ['above', 'beside', 'one at a time'],
        repeats: [false, true],
        clears: [false, true],
        news: ['checked', 'unchecked'],
      },
    ],
    [
      'sort-and-pick',
      sortAndPick,
      {
        sorting: ['choice', 'heads'],
        firstWay: ['down', 'up'],
        picking: ['button', 'checkbox', 'radio'],
        most: [4, 5, 6],
      },
    ],
    [
      'calendar',
      calendar,
      {
        side: [1, 2],
        opens: ['at the start', 'by a button'],
        turns: ['select', 'steps'],
        days: ['date', 'number'],
        weekBegins: ['Monday', 'Sunday'],
        fillsWeeks: [false, true],
      },
    ],
    [
      'nested-menu',
      nestedMenu,
      { shape: ['bar', 'button', 'column'], opens: ['hover', 'in place', 'press'] },
    ],
    [
      'slider-and-stepper',
      sliderAndStepper,
      { together: ['Link window and door', 'Move left and right together', 'Roses and lawn together', null] },
    ],
    [
      'to-do',
      toDo,
      {
        show: ['all', 'open'],
        confirms: [false, true],
        completes: ['button', 'checkbox'],
        entry: ['above', 'below'],
      },
    ],
    [
      'settings',
      settings,
      {
        switches: ['checkbox', 'switch', 'words'],
        saves: ['apart', 'together'],
        place: ['above', 'below'],
      },
    ],
    ['reorder', reorder, { drags: ['native', 'pointer'], grips: ['handle', 'item'] }],
    ['quoted-reply', quotedReply, { reads: ['alone', 'beside'], field: ['area', 'line'] }],
    ['dialog-stack', dialogStack, { dialogs: ['modal', 'over', 'within'] }],
    [
      'copy-between-panes',
      copyBetweenPanes,
      {
        shows: ['all', 'one'],
        facts: ['sentences', 'table', 'terms'],
        panes: ['above and below', 'in turns', 'left and right'],
      },
    ],
    ['upload', upload, { removes: [false, true] }],
    [
      'chart-reading',
      chartReading,
      {
        place: ['above', 'below', 'left', 'right'],
        rows: ['categories', 'series'],
      },
    ],
    [
      'slow-loading',
      slowLoading,
      {
        begins: ['at once', 'by a button'],
        tells: ['by itself', 'when asked'],
        stops: [false, true],
      },
    ],
  ])('%s', (_name, family, layouts) => {
    const drawn = MANY.map((seed) => appOf(family, seed, 3));
    const valuesOf = (values: unknown[]): unknown[] => [...new Set(values)].toSorted();
    for (const [name, values] of Object.entries(looks))
      expect(valuesOf(drawn.map(({ look }) => look[name])), name).toEqual(values);
    for (const [name, values] of Object.entries(layouts))
      expect(valuesOf(drawn.map(({ data }) => data[name])), name).toEqual(values);
  });
});
