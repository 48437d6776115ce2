import fc from 'fast-check';
import { isField } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { affordancesOf, candidateTexts } from './affordances.ts';
import type { BrowserObservation } from './observation.ts';

type Element = BrowserObservation['elements'][number];
const element = (ref: string, role: string, rest: Partial<Element> = {}): Element => ({
  ref,
  role,
  name: ref,
  box: [0, 0, 8, 8],
  ...rest,
});
const page = (
  instruction: string,
  elements: Element[],
  rest: Partial<BrowserObservation> = {},
): BrowserObservation => ({
  instruction,
  url: '/',
  elements,
  ...rest,
});

describe('affordancesOf', () => {
  it('offers clicks, texts, options and the end, in the order of the page', () => {
    const elements = [
      element('e1', 'heading'),
      element('e2', 'textbox', { value: '' }),
      element('e3', 'combobox', { value: 'S', options: ['S', 'M', 'L'] }),
      element('e4', 'button'),
    ];
    expect(affordancesOf(page('Type "tea" and send', elements))).toEqual([
      { fill: { ref: 'e2', text: 'tea' } },
      { select: { ref: 'e3', option: 'M' } },
      { select: { ref: 'e3', option: 'L' } },
      { click: { ref: 'e4' } },
      { done: {} },
    ]);
  });

  it('leaves out what is covered, disabled, read-only, or so already', () => {
    const elements = [
      element('e1', 'button', { coveredBy: 'e2' }),
      element('e2', 'button', { state: ['disabled'] }),
      element('e3', 'textbox', { state: ['readonly'] }),
      element('e4', 'textbox', { value: 'tea' }),
      element('e5', 'spinbutton', { value: '' }),
      element('e6', 'slider', { value: '1' }),
    ];
    expect(affordancesOf(page('Type "tea" 3 times', elements))).toEqual([
      { fill: { ref: 'e4', text: '3' } },
      { fill: { ref: 'e5', text: '3' } },
      { fill: { ref: 'e6', text: '3' } },
      { done: {} },
    ]);
  });

  it('offers a text for what an agent knows as a field, and for nothing else', () => {
    const roles = 'button textbox searchbox spinbutton slider combobox checkbox cell generic'.split(' ');
    const elements = roles.map((role) => element(role, role, { value: '' }));
    const filled = affordancesOf(page('Type 3', elements)).flatMap((action) =>
      'fill' in action ? action.fill.ref : [],
    );
    expect(filled).toEqual(elements.filter(isField).map(({ ref }) => ref));
    expect(filled).toHaveLength(4);
  });

  it('offers Enter in a field, the way back off the start, and answers to a question', () => {
    const elements = [
      element('e1', 'textbox'),
      element('e2', 'cell', { name: '12 €' }),
      element('e3', 'text', { name: '12 €' }),
    ];
    expect(affordancesOf(page('What does it cost?', elements, { focus: 'e1', url: '/shop' }))).toEqual([
      { press: { key: 'Enter' } },
      { back: {} },
      { done: {} },
      { done: { answer: '12 €' } },
    ]);
  });

  it('offers hovers, drags onto other targets, and files, each with its element', () => {
    const elements = [
      element('e1', 'button', { state: ['hoverable'] }),
      element('e2', 'listitem', { state: ['draggable', 'droppable'] }),
      element('e3', 'text', { state: ['droppable'] }),
      element('e4', 'button', { state: ['uploadable'], value: 'a.txt' }),
    ];
    expect(affordancesOf(page('Sort it', elements, { files: ['a.txt', 'b.txt'] }))).toEqual([
      { click: { ref: 'e1' } },
      { hover: { ref: 'e1' } },
      { drag: { ref: 'e2', to: 'e3' } },
      { click: { ref: 'e4' } },
      { upload: { ref: 'e4', file: 'b.txt' } },
      { done: {} },
    ]);
  });

  it('offers only answers while a dialog is open', () => {
    const asking = (kind: 'confirm' | 'prompt') =>
      affordancesOf(page('Rename it "tea"', [], { url: '/x', dialog: { kind, message: '?' } }));
    expect(asking('confirm')).toEqual([{ accept: {} }, { dismiss: {} }]);
    expect(asking('prompt')).toEqual([{ accept: { text: 'tea' } }, { accept: {} }, { dismiss: {} }]);
  });

  it('never offers more than 80, drops texts before buttons, and repeats itself', () => {
    const instruction = '"a" "b" "c" "d" "e" "f" "g" "h" "i"?';
    fc.assert(
      fc.property(fc.array(fc.constantFrom('textbox', 'button', 'text'), { maxLength: 120 }), (roles) => {
        const observed = page(
          instruction,
          roles.map((role, index) => element(`e${index}`, role)),
        );
        const offered = affordancesOf(observed);
        expect(offered.length).toBeLessThanOrEqual(80);
        expect(affordancesOf(observed)).toEqual(offered);
        expect(new Set(offered.map((one) => JSON.stringify(one))).size).toBe(offered.length);
        const buttons = roles.filter((role) => role === 'button').length;
        const fields = roles.filter((role) => role === 'textbox').length;
        if (buttons + fields <= 79) expect(offered.filter((one) => 'click' in one)).toHaveLength(buttons);
      }),
    );
  });
});

describe('affordancesOf tabs', () => {
  const tabs = ['t1', 't2', 't3'].map((tab) => ({ tab, title: '', url: '/' }));
  it('offers the others, and to close the one that is shown', () => {
    expect(affordancesOf(page('Do it', [], { tabs, tab: 't2' }))).toEqual([
      { tab: { tab: 't1' } },
      { tab: { tab: 't3' } },
      { close: {} },
      { done: {} },
    ]);
  });

  it('never offers to close the first, nor anything while there is one only', () => {
    expect(affordancesOf(page('Do it', [], { tabs, tab: 't1' }))).not.toContainEqual({ close: {} });
    expect(affordancesOf(page('Do it', []))).toEqual([{ done: {} }]);
  });
});

describe('candidateTexts', () => {
  it('takes quotes first, then addresses, numbers and names', () => {
    expect(candidateTexts('Book "Room 5" for Ada Lovelace (ada@x.org) on 2026-03-04 at 9, 2 nights')).toEqual(
      ['Room 5', 'ada@x.org', '2026-03-04', '9', '2', 'Ada Lovelace'],
    );
  });

  it('takes no text twice, at most 8, and none from words alone', () => {
    expect(candidateTexts('delete the first row')).toEqual([]);
    expect(candidateTexts('Type "x", then "x" and the users\' list of Bob\'s')).toEqual(['x', "Bob's"]);
    expect(candidateTexts('1 2 3 4 5 6 7 8 9 10')).toHaveLength(8);
  });

  it('reads the beginning of an instruction, however long it is', () => {
    for (const endless of ['a'.repeat(3_000_000), '1.'.repeat(1_000_000), '“'.repeat(1_000_000)])
      expect(candidateTexts(`"Room 5" ${endless}`)).toContain('Room 5');
  });
});
