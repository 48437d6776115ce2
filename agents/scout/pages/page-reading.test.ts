import type { Action, PageElement, PageView } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { featuresOf } from './features.ts';
import { shareSaid, type Clause } from './clauses.ts';
import { readInstruction } from './instruction-reading.ts';
import { itemOf, kinName, kinsIn } from './element-groups.ts';
import { emptyMemory, describeAction, remember } from './memory.ts';
import { readPage } from './page-reading.ts';
import { advancing } from './advancing-actions.ts';

/** Elements as `role name @ x y`, 80 × 20 px each. */
const pageOf = (...texts: string[]): PageView => ({
  url: '/',
  elements: texts.map((text, at): PageElement => {
    const [, role = '', name = '', x = '0', y = '0'] = /^(\w+) (.+) @ (\d+) (\d+)$/.exec(text) ?? [];
    return { ref: `e${at}`, role, name, box: [Number(x), Number(y), 80, 20] };
  }),
});
const itemNames = (page: PageView, ref: string): string[] => {
  const element = page.elements.find((one) => one.ref === ref) as PageElement;
  return itemOf(page, element, kinsIn(page).get(kinName(element)) ?? []).map(({ name }) => name);
};

describe('an instruction', () => {
  it('says how many of a span are asked for', () => {
    expect(
      readInstruction('Add 3 "Oak mat", 2 of "Cork jug" and "Felt pot" on 4 May.').counts.slice(0, 3),
    ).toEqual([3, 2, 1]);
  });

  it('says what is to be off', () => {
    const { denials } = readInstruction('Switch "News" off; turn on "Sound", but not "Light".');
    expect(denials).toEqual([true, false, true]);
  });

  it('speaks of places and of all of a kind', () => {
    const said = readInstruction('Open the second and the last of all links.');
    expect([said.places, said.isForAll]).toEqual([[2, -1], true]);
  });
});

describe('the clauses of an instruction', () => {
  const read = (text: string) => readInstruction(text).clauses;

  it('each say their own words and spans; one without words says those before it again', () => {
    const clauses = read('Lock "Plan" and "Map" for the club, then save; rename "a, b" to "c".');
    expect(clauses.map(({ words, spans }) => [words.join(' '), spans])).toEqual([
      ['lock', [0]],
      ['club', [1]],
      ['save', []],
      ['rename', [2, 3]],
    ]);
    expect(read('Add "Ada" and "Bo".').map(({ words }) => words)).toEqual([['add'], ['add']]);
  });

  it('ask for all of a kind each by itself', () => {
    const clauses = read('Archive both mails from "Ada" and reply to "Hello".');
    expect(clauses.map(({ isForAll }) => isForAll)).toEqual([true, false]);
  });

  it('say a label by their own words, not by what they quote alone', () => {
    const [clause] = read('Add "Ada Holm" from Sales.');
    const shares = ['Ada Holm — Sales', 'Ada Holm — Design', 'Add', 'Ada Holm'].map((label) =>
      shareSaid(label, clause as Clause),
    );
    expect(shares).toEqual([1, 0, 1, 0]);
  });
});

describe('where an episode stands', () => {
  const page = pageOf(
    'button Plan @ 0 0',
    'button Map @ 0 40',
    'button Lock @ 0 80',
    'button Rename @ 100 80',
  );
  const standingAfter = (...refs: string[]) => {
    const memory = refs.reduce((known, ref) => remember(known, page, { click: { ref } }), emptyMemory);
    return readPage(readInstruction('Lock "Plan", then rename "Map" to "Old".'), page, memory, '').progress;
  };

  it('is the clause that was touched last, with what was done since, and the first that is left', () => {
    expect(standingAfter()).toEqual({ last: -1, lastSpan: -1, next: 0, since: [] });
    expect(standingAfter('e0', 'e2')).toEqual({ last: 0, lastSpan: 0, next: 1, since: ['plan', 'lock'] });
    expect(standingAfter('e0', 'e2', 'e1')).toEqual({ last: 1, lastSpan: 1, next: 1, since: ['map'] });
  });

  it('tells of a control without a span whether the clause touched last says it, and whether it was done', () => {
    const instruction = readInstruction('Lock "Plan", then rename "Map" to "Old".');
    const lockAfter = (...refs: string[]) => {
      const memory = refs.reduce((known, ref) => remember(known, page, { click: { ref } }), emptyMemory);
      return featuresOf(readPage(instruction, page, memory, ''), memory, '', [{ click: { ref: 'e2' } }])[0];
    };
    expect(lockAfter('e0')).toHaveProperty('click × its clause says it, and it was not done', 1);
    expect(lockAfter('e0', 'e2')).toHaveProperty('click × its clause says it, and it was done', 1);
    expect(lockAfter('e1')).toHaveProperty('click × another clause says it', 1);
  });
});

describe('what a control stands for', () => {
  const list = pageOf('text Ada @ 0 0', 'button Open @ 100 0', 'text Bo @ 0 40', 'button Open @ 100 40');
  const cards = pageOf('text Ada @ 0 0', 'button Open @ 0 40', 'text Bo @ 200 0', 'button Open @ 200 40');
  const before = pageOf('button Open @ 0 0', 'text Ada @ 100 0', 'button Open @ 0 40', 'text Bo @ 100 40');

  it('is its row, before or after it', () => {
    expect([itemNames(list, 'e1'), itemNames(list, 'e3')]).toEqual([['Ada'], ['Bo']]);
    expect([itemNames(before, 'e0'), itemNames(before, 'e2')]).toEqual([['Ada'], ['Bo']]);
  });

  it('is not what stands at its height in another column, but a tall cell of its row is', () => {
    const { elements } = pageOf(
      'text Folder @ 0 60',
      'text Inbox @ 0 0',
      'cell Ada @ 200 0',
      'button Open @ 300 60',
    );
    const tall = elements.map((one): PageElement =>
      one.role === 'cell' ? { ...one, box: [200, 0, 80, 140] } : one,
    );
    expect(itemNames({ url: '/', elements: tall }, 'e3')).toEqual(['Ada']);
  });

  it('is its card, where another stands beside it', () => {
    expect([itemNames(cards, 'e1'), itemNames(cards, 'e3')]).toEqual([['Ada'], ['Bo']]);
  });
});

describe('a memory', () => {
  it('knows an action again when rows above it are gone', () => {
    const full = pageOf('text Ada @ 0 0', 'button Open @ 100 0', 'text Bo @ 0 40', 'button Open @ 100 40');
    const less = pageOf('text Bo @ 0 0', 'button Open @ 100 0', 'text Cy @ 0 40', 'button Open @ 100 40');
    const open = (ref: string) => ({ click: { ref } });
    expect(describeAction(full, open('e3'))).toBe(describeAction(less, open('e1')));
    expect(describeAction(full, open('e1'))).not.toBe(describeAction(less, open('e1')));
  });
});

describe('what is left to do', () => {
  const page = pageOf(
    'text Oak mat @ 0 0',
    'button Add @ 100 0',
    'text Felt pot @ 0 40',
    'button Add @ 100 40',
    'button Order @ 0 80',
  );
  const actions = ['e1', 'e3', 'e4'].map((ref) => ({ click: { ref } }));
  const settingsAfter = (instruction: string, clicks: readonly string[]) => {
    const memory = clicks.reduce((known, ref) => remember(known, page, { click: { ref } }), emptyMemory);
    return advancing(readPage(readInstruction(instruction), page, memory, ''), memory, actions);
  };

  it('is what was not touched as often as asked, and then the button that is said', () => {
    const instruction = 'Put 2 "Oak mat" into the basket and order.';
    expect(settingsAfter(instruction, [])).toEqual([true, false, false]);
    expect(settingsAfter(instruction, ['e1'])).toEqual([true, false, false]);
    expect(settingsAfter(instruction, ['e1', 'e1'])).toEqual([false, false, true]);
    expect(settingsAfter(instruction, ['e1', 'e1', 'e4'])).toEqual([false, false, false]);
  });
});

describe('the fold that an element is in', () => {
  const foldsOf = (...texts: string[]) => {
    const { elements } = pageOf(...texts);
    const page = {
      url: '/',
      elements: elements.map((one, at) => (at === 0 ? { ...one, state: ['expanded'] } : one)),
    };
    const { elements: readings } = readPage(
      readInstruction('Open "Letters" of "Club".'),
      page,
      emptyMemory,
      '',
    );
    return [...readings.values()].map(({ fold, folder }) => [fold, folder]);
  };

  it('is the nearest unfolded one that stands further left', () => {
    expect(foldsOf('button Home @ 0 0', 'button Letters @ 20 40', 'button Club @ 0 80')).toEqual([
      ['', -2],
      ['home', -1],
      ['', -2],
    ]);
  });

  it('may be another where nothing is indented, unless it is quoted', () => {
    expect(foldsOf('treeitem Home @ 0 0', 'treeitem Letters @ 0 40')).toEqual([
      ['', -2],
      ['home', -2],
    ]);
    expect(foldsOf('treeitem Club @ 0 0', 'treeitem Letters @ 0 40')[1]).toEqual(['club', 1]);
  });
});

describe('what an action looks like', () => {
  const featuresFor = (instruction: string, page: PageView, actions: readonly Action[]) =>
    featuresOf(readPage(readInstruction(instruction), page, emptyMemory, ''), emptyMemory, '', actions);

  it('tells of a dialog what it asks, and whether what is typed is asked for', () => {
    const page: PageView = { url: '/', elements: [], dialog: { kind: 'prompt', message: 'New name?' } };
    const [right, wrong] = featuresFor('Give it the name "Ada".', page, [
      { accept: { text: 'Ada' } },
      { accept: { text: 'Bo' } },
    ]);
    expect(right).toMatchObject({
      'accept × dialog is prompt': 1,
      'accept × words of message in instruction': 0.5,
      'accept × text is a span that is left': 1,
    });
    expect(wrong).toHaveProperty('accept × text is another', 1);
  });

  it('tells of a drag where it ends, and of a colour whether it is said', () => {
    const { elements } = pageOf('listitem Card @ 0 0', 'listitem Done @ 200 0', 'button Pick @ 0 80');
    const page = { url: '/', elements: elements.map((one) => ({ ...one, color: 'red' as const })) };
    const [drag, click] = featuresFor('Drag it to "Done", then pick the red one.', page, [
      { drag: { ref: 'e0', to: 'e1' } },
      { click: { ref: 'e2' } },
    ]);
    expect(drag).toHaveProperty('drag × onto what is quoted', 1);
    expect(click).toHaveProperty('click × its colour is said', 1);
  });
});
