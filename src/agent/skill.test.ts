import { describe, expect, it } from 'vitest';
import type { PageView } from './page.ts';
import {
  choose,
  click,
  defineSkill,
  done,
  fill,
  followSkill,
  lookAt,
  readArguments,
  recallSkill,
  select,
} from './skill.ts';

const form: PageView = {
  url: '/',
  elements: [
    { ref: 'a', role: 'textbox', name: 'Name', box: [0, 0, 100, 24] },
    { ref: 'b', role: 'combobox', name: 'Meal', options: ['Dinner', 'None'], box: [0, 40, 100, 24] },
    { ref: 'c', role: 'button', name: 'Save', box: [0, 80, 100, 24] },
    { ref: 'd', role: 'cell', name: 'Acme Ltd', box: [120, 80, 100, 24] },
    { ref: 'e', role: 'button', name: 'Save', box: [0, 120, 100, 24] },
  ],
};
const saved: PageView = { url: '/saved', elements: [] };

const save = defineSkill({
  name: 'save',
  when: ({ instruction, page }) =>
    instruction.says('save for', 1) && page.has({ role: 'textbox', name: 'name' }),
  *steps({ instruction, page }) {
    page = yield fill(page.find({ role: 'textbox' }), instruction.quoted(0));
    yield click(page.find({ role: 'button', name: 'Save', nth: -1 }));
    yield done();
  },
});
const instruction = 'Save it for "mara".';

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
});

describe('readArguments', () => {
  const read = readArguments('Book "mara" for 3 nights with meal "Dinner".');

  it('reads quoted texts, numerals and what a word introduces', () => {
    expect([read.quoted(0), read.quoted(-1), read.number(0), read.after('meal'), read.word(0)]).toEqual([
      'mara',
      'Dinner',
      '3',
      'Dinner',
      'book',
    ]);
    expect(read.quoted(2)).toBeUndefined();
  });

  it('knows a template by its words in order and its quotes', () => {
    expect(read.says('book for with meal', 2)).toBe(true);
    expect(read.says('meal book', 2)).toBe(false);
    expect(read.says('book', 1)).toBe(false);
  });
});

describe('a skill', () => {
  it('is recalled where its condition holds', () => {
    expect(recallSkill([save], instruction, form)).toBe(save);
    expect(recallSkill([save], instruction, saved)).toBeUndefined();
    expect(recallSkill([save], 'Delete "mara".', form)).toBeUndefined();
  });

  it('is followed from the pages seen since it began', () => {
    expect(followSkill(save, instruction, [form])).toEqual({ fill: { ref: 'a', text: 'mara' } });
    expect(followSkill(save, instruction, [form, form])).toEqual({ click: { ref: 'e' } });
    expect(followSkill(save, instruction, [form, form, saved])).toEqual({ done: {} });
    expect(followSkill(save, instruction, [form, form, saved, saved])).toBeUndefined();
  });

  it('is lost where a step finds no element', () => {
    expect(followSkill(save, instruction, [form, saved])).toBeUndefined();
  });

  it('chooses the option that the instruction says', () => {
    const meal = lookAt(form).find({ role: 'combobox' });
    expect(choose(meal, readArguments('Book with dinner.'))).toEqual({
      select: { ref: 'b', option: 'Dinner' },
    });
    expect(choose(meal, readArguments('Book with dinner or none.'))).toBeUndefined();
  });

  it('chooses an option as the page spells it', () => {
    const meal = lookAt(form).find({ role: 'combobox' });
    expect(select(meal, 'dinner')).toEqual({ select: { ref: 'b', option: 'Dinner' } });
    expect(select(meal, 'lunch')).toBeUndefined();
  });
});
