import type { Action } from '../../protocol/index.ts';
import type { Instruction } from '../page/instruction-arguments.ts';
import type { Page, Selector } from '../page/page-query.ts';
import {
  accept,
  back,
  choose,
  click,
  dismiss,
  done,
  drag,
  fill,
  hover,
  press,
  select,
  upload,
  type Course,
  type Skill,
} from './skill.ts';

/** What expressions are read from: the instruction, and the texts of loops and parameters by name. */
export interface Scope {
  readonly instruction: Instruction;
  readonly texts: Readonly<Record<string, string | undefined>>;
  /** Is told of each act before it is done. */
  readonly witness?: (step: InducedStep, page: Page, scope: Scope) => void;
}

/** Where a text comes from: the source that says so, and its value. */
export interface TextExpression {
  readonly source: string;
  valueFor(scope: Scope): string | undefined;
}

/** A selector whose texts are expressions. */
export interface SelectorExpression {
  readonly role: string;
  readonly fields: readonly SelectorField[];
}

export interface SelectorField {
  readonly key: Exclude<keyof Selector, 'role'>;
  /** The text expressions are told apart from the rest, so that a helper can be given them. */
  readonly value: TextExpression | { readonly source: string; valueFor(scope: Scope): unknown };
}

/** One action. */
export interface InducedStep {
  /** What is done: a kind of action, or `choose` for selecting the option that the instruction says. */
  readonly kind: string;
  /** For `press`: the key. */
  readonly key?: string;
  /** Ways to find the element, in order; empty where it is about none. */
  readonly elements: readonly SelectorExpression[];
  readonly text?: TextExpression;
  /** For `drag`: ways to find what it is dropped on. */
  readonly to?: readonly SelectorExpression[];
}

/** Something that is so or not. A condition is several of them that all hold. */
export type Literal =
  | { readonly has: readonly SelectorExpression[]; readonly isNegated: boolean }
  | { readonly word: string; readonly isRefused: boolean; readonly isNegated: boolean };

export type Condition = readonly Literal[];

/** A part of several skills, as a module of its own. */
export interface Helper {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: readonly Statement[];
}

/** A program over pages: what induced skills are made of. */
export type Statement =
  | { readonly form: 'act'; readonly step: InducedStep }
  | { readonly form: 'if' | 'while'; readonly condition: Condition; readonly body: readonly Statement[] }
  /** Once for each quoted text from a place up to another, called `item`. */
  | { readonly form: 'for'; readonly from: number; readonly to?: number; readonly body: readonly Statement[] }
  | { readonly form: 'call'; readonly helper: Helper; readonly texts: readonly TextExpression[] };

/** Does what the statements say; gets the page after each action, and returns the last. */
export function* runStatements(statements: readonly Statement[], scope: Scope, page: Page): Course {
  for (const statement of statements) page = yield* runStatement(statement, scope, page);
  return page;
}

function* runStatement(statement: Statement, scope: Scope, page: Page): Course {
  switch (statement.form) {
    case 'act':
      scope.witness?.(statement.step, page, scope);
      return yield actionOf(statement.step, scope, page);
    case 'if':
      return isSo(statement.condition, scope, page)
        ? yield* runStatements(statement.body, scope, page)
        : page;
    case 'while':
      while (isSo(statement.condition, scope, page)) page = yield* runStatements(statement.body, scope, page);
      return page;
    case 'for':
      for (const item of scope.instruction.spans(statement.from, statement.to))
        page = yield* runStatements(
          statement.body,
          { ...scope, texts: { ...scope.texts, [ITEM]: item } },
          page,
        );
      return page;
    case 'call': {
      const { helper, texts } = statement;
      const given = helper.parameters.map((name, at) => [name, texts[at]?.valueFor(scope)] as const);
      return yield* runStatements(helper.body, { ...scope, texts: Object.fromEntries(given) }, page);
    }
  }
}

/** Name of the text that a loop is at. */
export const ITEM = 'item';

/** What the step does on a page; `undefined` where its element or text is not there. */
export function actionOf(step: InducedStep, scope: Scope, page: Page): Action | undefined {
  const find = (selectors: readonly SelectorExpression[]) =>
    page.find(...selectors.map((selector) => selectorFor(selector, scope)));
  const element = find(step.elements);
  const text = step.text?.valueFor(scope);
  switch (step.kind) {
    case 'click':
      return click(element);
    case 'fill':
      return fill(element, text);
    case 'select':
      return select(element, text);
    case 'choose':
      return choose(element, scope.instruction);
    case 'hover':
      return hover(element);
    case 'drag':
      return drag(element, find(step.to ?? []));
    case 'upload':
      return upload(element, text);
    case 'accept':
      return accept(text);
    case 'dismiss':
      return dismiss();
    case 'press':
      return press(step.key ?? 'Enter');
    case 'back':
      return back();
    case 'done':
      return done();
    default:
      throw new Error(`There is no step of kind "${step.kind}".`);
  }
}

/** Whether all literals hold. */
export function isSo(condition: Condition, scope: Scope, page: Page): boolean {
  const { instruction } = scope;
  return condition.every((literal) => {
    const isTrue =
      'has' in literal
        ? page.has(...literal.has.map((selector) => selectorFor(selector, scope)))
        : literal.isRefused
          ? instruction.refuses(literal.word)
          : instruction.wants(literal.word);
    return isTrue !== literal.isNegated;
  });
}

export function selectorFor({ role, fields }: SelectorExpression, scope: Scope): Selector {
  return { role, ...Object.fromEntries(fields.map(({ key, value }) => [key, value.valueFor(scope)])) };
}

/** All acts, in the order of the text. */
export function stepsIn(statements: readonly Statement[]): InducedStep[] {
  return statements.flatMap((statement) =>
    statement.form === 'act'
      ? [statement.step]
      : stepsIn(statement.form === 'call' ? statement.helper.body : statement.body),
  );
}

/** A skill as a program, before it is written down. */
export interface InducedSkill {
  readonly name: string;
  /** Words that the instruction must hold in this order, and the number of texts it quotes where that is always the same. */
  readonly words: readonly string[];
  readonly quotes: number | undefined;
  /** Of each of these clauses at least one literal must hold. */
  readonly clauses: readonly (readonly Literal[])[];
  readonly body: readonly Statement[];
  /** Demonstrations that it agrees with. */
  readonly support: number;
}

/** The induced skill, as it is: what its source does, without being written down. */
export function skillOf({ name, words, quotes, clauses, body }: InducedSkill): Skill {
  const said = words.join(' ');
  return {
    name,
    when: ({ instruction, page }) =>
      instruction.says(said, quotes) &&
      clauses.every((clause) => clause.some((literal) => isSo([literal], { instruction, texts: {} }, page))),
    *steps({ instruction, page }) {
      yield* runStatements(body, { instruction, texts: {} }, page);
    },
  };
}
