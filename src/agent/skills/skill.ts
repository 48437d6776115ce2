import type { Action, PageElement } from '../../protocol/index.ts';
import { readArguments, type Instruction } from '../page/instruction-arguments.ts';
import type { PageView } from '../page/page.ts';
import { lookAt, saidOption, type Page } from '../page/page-query.ts';

/** What a skill is told, and what it sees. */
export interface SkillContext {
  readonly instruction: Instruction;
  readonly page: Page;
}

/** Yields actions and gets the page after each; yields `undefined` where it has lost its way. Returns the last page. */
export type Course<Result = Page> = Generator<Action | undefined, Result, Page>;

/** A way of doing that was learned: readable code with the condition under which it applies. */
export interface Skill {
  readonly name: string;
  when(context: SkillContext): boolean;
  steps(context: SkillContext): Course<void>;
}

/**
 * Defines a skill.
 *
 * @example
 * export default defineSkill({
 *   name: 'sign in as …',
 *   when: ({ instruction, page }) => instruction.says('sign in as', 2) && page.has({ role: 'button', name: 'Sign in' }),
 *   *steps({ instruction, page }) {
 *     page = yield fill(page.find({ role: 'textbox', name: 'User' }), instruction.quoted(0));
 *     if (page.has({ role: 'checkbox', isNot: 'checked' }) && instruction.wants('stay'))
 *       page = yield click(page.find({ role: 'checkbox', isNot: 'checked' }));
 *     page = yield click(page.find({ role: 'button', name: 'Sign in' }));
 *     yield done();
 *   },
 * });
 */
export function defineSkill(skill: Skill): Skill {
  return skill;
}

/**
 * What a skill does next, given all pages since it began (the first one first). It is played again from its start each
 * time, so nothing of it lives between steps. `undefined` where it is over or lost.
 */
export function followSkill(
  skill: Skill,
  instruction: string,
  views: readonly PageView[],
): Action | undefined {
  const first = views[0];
  if (first === undefined) return undefined;
  const run = skill.steps({ instruction: readArguments(instruction), page: lookAt(first) });
  let step = run.next(lookAt(first));
  for (const view of views.slice(1)) {
    if (step.done === true || step.value === undefined) return undefined;
    step = run.next(lookAt(view));
  }
  return step.done === true ? undefined : step.value;
}

/** The first of the skills that applies here. */
export function recallSkill(
  skills: readonly Skill[],
  instruction: string,
  view: PageView,
): Skill | undefined {
  const context = { instruction: readArguments(instruction), page: lookAt(view) };
  return skills.find((skill) => skill.when(context));
}

/**
 * Clicks an element; `undefined` where there is no element.
 *
 * @example click({ ref: 'e1', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }) // { click: { ref: 'e1' } }
 */
export function click(element: PageElement | undefined): Action | undefined {
  return element && { click: { ref: element.ref } };
}

/**
 * Types a text into a field, in place of what is there; `undefined` where there is no field or no text.
 *
 * @example fill({ ref: 'e2', role: 'textbox', name: 'City', box: [0, 0, 8, 8] }, 'Rome') // { fill: { ref: 'e2', text: 'Rome' } }
 */
export function fill(element: PageElement | undefined, text: string | undefined): Action | undefined {
  return element && text !== undefined ? { fill: { ref: element.ref, text } } : undefined;
}

/**
 * Chooses the option of a list that reads like `text`, without regard to case.
 *
 * @example select({ ref: 'e3', role: 'combobox', name: 'Size', options: ['Small', 'Large'], box: [0, 0, 8, 8] }, 'large') // { select: { ref: 'e3', option: 'Large' } }
 */
export function select(element: PageElement | undefined, text: string | undefined): Action | undefined {
  const option = element?.options?.find((one) => one.toLowerCase() === text?.toLowerCase());
  return element && option !== undefined ? { select: { ref: element.ref, option } } : undefined;
}

/**
 * Chooses the one option of a list that the instruction says.
 *
 * @example choose({ ref: 'e3', role: 'combobox', name: 'Size', options: ['Small', 'Large'], box: [0, 0, 8, 8] }, readArguments('Order a large shirt.')) // { select: { ref: 'e3', option: 'Large' } }
 */
export function choose(element: PageElement | undefined, instruction: Instruction): Action | undefined {
  const option = element && saidOption(element, instruction);
  return element && option !== undefined ? { select: { ref: element.ref, option } } : undefined;
}

/**
 * Moves the pointer over an element; `undefined` where there is no element.
 *
 * @example hover({ ref: 'e1', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }) // { hover: { ref: 'e1' } }
 */
export function hover(element: PageElement | undefined): Action | undefined {
  return element && { hover: { ref: element.ref } };
}

/**
 * Drags one element onto another.
 *
 * @example drag({ ref: 'e1', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }, { ref: 'e2', role: 'textbox', name: 'City', box: [0, 0, 8, 8] }) // { drag: { ref: 'e1', to: 'e2' } }
 */
export function drag(element: PageElement | undefined, to: PageElement | undefined): Action | undefined {
  return element && to && { drag: { ref: element.ref, to: to.ref } };
}

/**
 * Gives a file of the task, by its name, to an element that takes files.
 *
 * @example upload({ ref: 'e1', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }, 'cv.pdf') // { upload: { ref: 'e1', file: 'cv.pdf' } }
 */
export function upload(element: PageElement | undefined, file: string | undefined): Action | undefined {
  return element && file !== undefined ? { upload: { ref: element.ref, file } } : undefined;
}

/**
 * Accepts the open dialog; a prompt takes `text`, or else what it proposes.
 *
 * @example accept('Ada') // { accept: { text: 'Ada' } }
 */
export function accept(text?: string): Action {
  return { accept: text === undefined ? {} : { text } };
}

/**
 * Dismisses the open dialog.
 *
 * @example dismiss() // { dismiss: {} }
 */
export function dismiss(): Action {
  return { dismiss: {} };
}

/**
 * Presses a key, by its name in the DOM.
 *
 * @example press('Enter') // { press: { key: 'Enter' } }
 */
export function press(key: string): Action {
  return { press: { key } };
}

/**
 * Goes back to the page before.
 *
 * @example back() // { back: {} }
 */
export function back(): Action {
  return { back: {} };
}

/**
 * Says that the agent is done.
 *
 * @example done() // { done: {} }
 */
export function done(): Action {
  return { done: {} };
}
