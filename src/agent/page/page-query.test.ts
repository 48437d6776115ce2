import { describe, expect, it } from 'vitest';
import { readArguments } from './instruction-arguments.ts';
import type { PageView } from './page.ts';
import { lookAt } from './page-query.ts';

const form: PageView = {
  url: '/',
  elements: [
    { ref: 'a', role: 'textbox', name: 'Name', value: '', box: [0, 0, 100, 24] },
    {
      ref: 'b',
      role: 'combobox',
      name: 'Meal',
      value: 'None',
      options: ['Dinner', 'None'],
      box: [0, 40, 100, 24],
    },
    { ref: 'c', role: 'button', name: 'Save', box: [0, 80, 100, 24] },
    { ref: 'd', role: 'cell', name: 'Acme Ltd', box: [120, 80, 100, 24] },
    { ref: 'e', role: 'button', name: 'Save', box: [0, 120, 100, 24] },
    { ref: 'f', role: 'checkbox', name: 'Stay', state: ['checked'], box: [0, 160, 100, 24] },
    { ref: 'g', role: 'checkbox', name: 'Lunch', box: [0, 200, 100, 24] },
    { ref: 'h', role: 'link', name: 'Open Acme Ltd', text: 'Open', box: [0, 240, 100, 24] },
  ],
};

describe('Page.find', () => {
  const page = lookAt(form);

  it('names an element only where it is the only one', () => {
    expect(page.find({ role: 'combobox' })?.ref).toBe('b');
    expect(page.find({ role: 'button', name: 'save' })).toBeUndefined();
    expect(page.find({ role: 'button', name: 'save', nth: 1 })?.ref).toBe('e');
  });

  it('tells twins apart by their row and by what stands before them', () => {
    expect(page.find({ role: 'button', inRowWith: 'acme' })?.ref).toBe('c');
    expect(page.find({ role: 'button', inGroupWith: 'acme' })?.ref).toBe('e');
  });

  it('tells twins apart by what is at their height, and by what the instruction says', () => {
    expect(page.find({ role: 'button', nearest: 'Acme Ltd' })?.ref).toBe('c');
    expect(page.find({ role: 'button', nearest: 'Nobody' })).toBeUndefined();
    expect(page.find({ role: 'combobox', saidIn: readArguments('Set the meal.') })?.ref).toBe('b');
    expect(page.find({ role: 'combobox', saidIn: readArguments('Set "meal".') })).toBeUndefined();
  });

  it('finds nothing by an argument that the instruction lacks', () => {
    expect(page.find({ role: 'combobox', name: readArguments('Save.').quoted(0) })).toBeUndefined();
  });

  it('knows elements by their state, by what they hold and by what they show', () => {
    expect(page.find({ role: 'checkbox', is: 'checked' })?.ref).toBe('f');
    expect(page.find({ role: 'checkbox', isNot: 'checked' })?.ref).toBe('g');
    expect(page.find({ role: 'textbox', value: '' })?.ref).toBe('a');
    expect(page.find({ role: 'textbox', value: 'mara' })).toBeUndefined();
    expect(page.find({ role: 'link', shows: 'open' })?.ref).toBe('h');
  });

  it('knows a list with one option that the instruction says and that is not chosen', () => {
    expect(page.has({ role: 'combobox', offers: readArguments('With dinner.') })).toBe(true);
    expect(page.has({ role: 'combobox', offers: readArguments('With none.') })).toBe(false);
    expect(page.has({ role: 'combobox', offers: readArguments('With dinner or none.') })).toBe(false);
  });

  it('goes by the first of several selectors that names just one', () => {
    expect(page.find({ role: 'button' }, { role: 'tab' }, { role: 'link' })?.ref).toBe('h');
    expect(page.find({ role: 'button' }, { role: 'tab' })).toBeUndefined();
    expect(page.find({ role: 'button', nth: undefined }, { role: 'button', nth: 0 })?.ref).toBe('c');
  });
});
