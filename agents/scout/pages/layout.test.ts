import type { Action, PageElement, PageView } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { featuresOf } from './features.ts';
import { readInstruction } from './instruction-reading.ts';
import { kinsIn } from './element-groups.ts';
import { followsEmptyField, layoutOf } from './layout.ts';
import { emptyMemory, remember, type Memory } from './memory.ts';
import { readPage } from './page-reading.ts';
import { leftToDo } from './advancing-actions.ts';

/** Elements as `role name @ x y` with states after it, 80 × 20 px each. */
const pageOf = (...texts: string[]): PageView => ({
  url: '/',
  elements: texts.map((text, at): PageElement => {
    const [, role = '', name = '', x = '0', y = '0', states = ''] =
      /^(\w+) (.+) @ (\d+) (\d+) ?(.*)$/.exec(text) ?? [];
    const state = states === '' ? {} : { state: states.split(' ') };
    return { ref: `e${at}`, role, name, box: [Number(x), Number(y), 80, 20], ...state };
  }),
});
const layout = (page: PageView) => layoutOf(page, kinsIn(page));
const click = (ref: string): Action => ({ click: { ref } });
const factsOf = (said: string, page: PageView, actions: readonly Action[], memory: Memory = emptyMemory) => {
  const reading = readPage(readInstruction(said), page, memory, 'here');
  return featuresOf(reading, memory, 'here', actions).map((features) => Object.keys(features));
};

const tabs = pageOf('tab Sound @ 0 0', 'tab Mail @ 100 0 selected', 'tab Keys @ 200 0', 'button Save @ 0 60');
const list = ['text Ada @ 0 0', 'button Take @ 100 0', 'text Bo @ 0 40', 'button Take @ 100 40'];
const pager = pageOf(...list, 'button Back @ 0 80 disabled', 'button On @ 100 80');

describe('a layout', () => {
  it('knows what is closed beside what is open, and which comes next', () => {
    const { closed, next } = layout(tabs);
    expect([[...closed], next]).toEqual([['e0', 'e2'], 'e2']);
  });

  it('knows what turns the pages of a list, unless a field or a heading comes first', () => {
    expect(layout(pager).turner).toBe('e5');
    expect(layout(pageOf(...list, 'heading More @ 0 80', 'button On @ 0 120')).turner).toBeUndefined();
    expect(layout(pageOf(...list, 'textbox Mail @ 0 80', 'button On @ 0 120')).turner).toBeUndefined();
  });

  it('knows what is in a dialog, and under which heading', () => {
    const page = pageOf('heading Cart @ 0 0', 'button Order @ 0 40', 'button Yes @ 0 100');
    const dialog: PageElement = { ref: 'd', role: 'dialog', name: 'Sure?', box: [0, 90, 200, 40] };
    const { elements } = page;
    const shown = { ...page, elements: [...elements.slice(0, 2), dialog, ...elements.slice(2)] };
    expect([...(layout(shown).dialog ?? [])]).toEqual(['e2']);
    expect(layout(shown).headings.get('e1')).toBe('cart');
    expect(layout(page).dialog).toBeUndefined();
  });

  it('knows whether a button follows a field that is empty', () => {
    const page = pageOf('textbox Mail @ 0 0', 'button Go @ 0 40', 'button Stop @ 0 80');
    const [, go, stop] = page.elements as [PageElement, PageElement, PageElement];
    expect([followsEmptyField(page, go), followsEmptyField(page, stop)]).toEqual([true, false]);
  });
});

describe('what is left to do', () => {
  const momentAt = (said: string, page: PageView, actions: readonly Action[]) =>
    leftToDo(readPage(readInstruction(said), page, emptyMemory, 'here'), actions);

  it('can be set, is out of sight, or is nothing', () => {
    const page = pageOf('checkbox Sound @ 0 0', 'button Save @ 0 40');
    expect(momentAt('Turn on "Sound".', page, [click('e0'), click('e1')])).toBe('can be set');
    expect(momentAt('Turn on "Light".', page, [click('e0'), click('e1')])).toBe('is out of sight');
    expect(momentAt('Save.', page, [click('e0'), click('e1')])).toBe('is nothing');
  });

  it('begins with what is said first', () => {
    const page = pageOf('checkbox Light @ 0 0', 'checkbox Sound @ 0 40');
    const [light, sound] = factsOf('Turn on "Sound"; turn on "Light".', page, [click('e0'), click('e1')]);
    expect(light).toContain('sets what is said');
    expect(light).not.toContain('sets what is said first');
    expect(sound).toContain('sets what is said first');
  });

  it('is not in sight where it could only be typed into a field that it has nothing to do with', () => {
    const page = pageOf('textbox Mail @ 0 0');
    const fill = (text: string): Action => ({ fill: { ref: 'e0', text } });
    expect(momentAt('Turn on "Light".', page, [fill('Light')])).toBe('is out of sight');
    expect(momentAt('Enter the mail "a b".', page, [fill('a b')])).toBe('can be set');
  });

  it('tells of what shows another part whether it was tried', () => {
    const fact = 'click × shows another part while what is left is out of sight';
    const [keys = [], save = []] = factsOf('Turn on "Light".', tabs, [click('e2'), click('e3')]);
    expect([keys.includes(fact), save.includes(fact)]).toEqual([true, false]);
    const memory = remember(emptyMemory, tabs, click('e2'));
    const [again = []] = factsOf('Turn on "Light".', tabs, [click('e2')], memory);
    expect(again.includes(fact)).toBe(false);
  });

  it('is not the name of a setting whose value was chosen', () => {
    const page = pageOf('text Tone @ 0 0', 'radio Bell @ 0 40 checked', 'radio Drum @ 0 80');
    const placed = (said: string) => readPage(readInstruction(said), page, emptyMemory, 'here').placed;
    expect(placed('Set "Tone" to "Bell".')).toEqual([true, true]);
    expect(placed('Set "Tone" to "Drum".')).toEqual([false, false]);
    expect(placed('Turn on "Tone", "Bell" on.')).toEqual([false, true]);
  });
});

describe('what can be done with a span', () => {
  const page = pageOf(...['Buy mat @ 0 0', 'Drop mat @ 100 0'].map((text) => `button ${text}`));
  const facts = (said: string) => factsOf(said, page, [click('e0'), click('e1')]);

  it('is the first or the last, of a span that is counted or not', () => {
    const [buy = [], drop = []] = facts('Order 2 "mat".');
    expect(buy).toContain('click × first about its span, which is counted');
    expect(drop).toContain('click × last about its span, which is counted');
    expect(facts('Remove "mat".')[1]).toContain('click × last about its span, which is not counted');
  });

  it('is asked for once more while it was clicked too seldom', () => {
    const fact = 'click × clicked last, and asked for once more';
    const once = remember(emptyMemory, page, click('e0'));
    const twice = remember(once, page, click('e0'));
    expect(factsOf('Order 2 "mat".', page, [click('e0'), click('e1')], once)[0]).toContain(fact);
    expect(factsOf('Order 2 "mat".', page, [click('e0')], twice)[0]).not.toContain(fact);
  });
});
