import { describe, expect, it } from 'vitest';
import { readArguments } from '../page/instruction-arguments.ts';
import type { PageView } from '../page/page.ts';
import { lookAt } from '../page/page-query.ts';
import { choose, click, defineSkill, done, fill, followSkill, recallSkill, select } from './skill.ts';

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
