import type { Action } from './contract.ts';
import { directCourse, labelOf, pageSignature, type PageElement, type PageView } from './page.ts';
import {
  choose,
  click,
  fill,
  lookAt,
  press,
  readArguments,
  select,
  done,
  back,
  type Instruction,
  type Selector,
} from './skill.ts';
import { wordsOf, withoutQuotes, quotedSpans } from './spans.ts';

/** An episode that was verified: what it was told, and what it did on which page. */
export interface Demonstration {
  readonly instruction: string;
  readonly steps: readonly { readonly page: PageView; readonly action: Action }[];
}

/** A generalisation that agrees with all demonstrations, ready to be written down as code. */
export interface InducedSkill {
  /** Words that all instructions share, in order. */
  readonly words: readonly string[];
  readonly quotes: number;
  readonly steps: readonly InducedStep[];
  /** Demonstrations that it agrees with. */
  readonly support: number;
}

export interface InducedStep {
  /** What is done: a kind of action, or `choose` for selecting the option that the instruction says. */
  readonly kind: string;
  /** For `press`: the key. */
  readonly key?: string;
  readonly element?: SelectorExpression;
  readonly text?: TextExpression;
}

/** Where a text comes from: the source that says so, and its value for an instruction. */
export interface TextExpression {
  readonly source: string;
  valueFor(instruction: Instruction): string | undefined;
}

/** A selector whose texts are expressions. */
export interface SelectorExpression {
  readonly source: string;
  selectorFor(instruction: Instruction): Selector;
}

/** Demonstrations that a generalisation must agree with, at the least. */
const LEAST_SUPPORT = 3;
/** More say little new, and cost time. */
const MOST_SUPPORT = 10;

/**
 * Induction by version space (Mitchell 1982; for programs by example, Lau et al. 2003): what is superfluous is taken
 * out of each demonstration, those that do the same kinds of things are laid side by side, and for each step exactly
 * those selectors and text expressions are kept that name the element acted on, and yield the text typed, in every one
 * of them. The simplest survivors make the skill.
 *
 * @returns one skill for each kind of course that at least three demonstrations took, the best supported first.
 */
export function induceSkills(demonstrations: readonly Demonstration[]): InducedSkill[] {
  const courses = new Map<string, Demonstration[]>();
  for (const demonstration of demonstrations) {
    const pruned = inOrderOfArguments(withoutDetours(demonstration));
    const course = courseOf(pruned);
    courses.set(course, [...(courses.get(course) ?? []), pruned]);
  }
  return [...courses.values()]
    .filter((examples) => examples.length >= LEAST_SUPPORT)
    .sort(
      (left, right) =>
        right.length - left.length || (left[0]?.steps.length ?? 0) - (right[0]?.steps.length ?? 0),
    )
    .flatMap((examples) => induceSkill(examples.slice(0, MOST_SUPPORT)) ?? []);
}

/** Takes out what led back to a page that looked the same: steps without effect, and detours. The last step stays. */
export function withoutDetours(demonstration: Demonstration): Demonstration {
  const { steps } = demonstration;
  const kept = directCourse(steps.map(({ page }) => pageSignature(page))).map(
    (at) => steps[at] as Demonstration['steps'][number],
  );
  return { ...demonstration, steps: kept.filter((step, at) => !isOverwritten(step, kept.slice(at + 1))) };
}

function isOverwritten(step: Demonstration['steps'][number], later: Demonstration['steps']): boolean {
  if (!isSetting(step)) return false;
  const element = targetOf(step);
  for (const next of later) {
    if (!isSetting(next)) return false;
    const other = targetOf(next);
    if (
      element !== undefined &&
      other?.role === element.role &&
      other.name === element.name &&
      sameBox(element, other)
    )
      return true;
  }
  return false;
}

/** Fields are filled in any order; here, in the order in which the instruction names their texts. */
function inOrderOfArguments(demonstration: Demonstration): Demonstration {
  const steps = [...demonstration.steps];
  const place = ({ action }: (typeof steps)[number]) =>
    demonstration.instruction.indexOf(parameter(action, 'text') || parameter(action, 'option'));
  for (let from = 0; from < steps.length;) {
    let to = from;
    while (to < steps.length && isSetting(steps[to] as (typeof steps)[number])) to++;
    steps.splice(from, to - from, ...steps.slice(from, to).sort((left, right) => place(left) - place(right)));
    from = to + 1;
  }
  return { ...demonstration, steps };
}

/** What kind of course it took: equal for those that may follow one recipe. */
function courseOf({ instruction, steps }: Demonstration): string {
  const quotes = quotedSpans(instruction).map(({ text }) => text);
  const kinds = steps.map((step) => {
    const argument = quotes.indexOf(parameter(step.action, 'text'));
    return `${kindOf(step.action)} ${targetOf(step)?.role ?? ''} ${parameter(step.action, 'key')} ${argument}`;
  });
  return `${quotes.length} quotes: ${kinds.join(', ')}`;
}

function induceSkill(examples: readonly Demonstration[]): InducedSkill | undefined {
  const instructions = examples.map(({ instruction }) => readArguments(instruction));
  const steps: InducedStep[] = [];
  const length = examples[0]?.steps.length ?? 0;
  for (let at = 0; at < length; at++) {
    const step = induceStep(
      examples.map((example) => example.steps[at] as Demonstration['steps'][number]),
      instructions,
    );
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return {
    words: examples.map(({ instruction }) => wordsOf(withoutQuotes(instruction))).reduce(commonWords),
    quotes: quotedSpans(examples[0]?.instruction ?? '').length,
    steps,
    support: examples.length,
  };
}

function induceStep(
  steps: Demonstration['steps'],
  instructions: readonly Instruction[],
): InducedStep | undefined {
  const first = steps[0] as (typeof steps)[number];
  const kind = kindOf(first.action);
  const typed = steps.map(({ action }) => parameter(action, kind === 'select' ? 'option' : 'text'));
  const text = kind === 'fill' || kind === 'select' ? expressionsFor(instructions, typed)[0] : undefined;
  const isChosen =
    kind === 'select' &&
    text === undefined &&
    steps.every((step, at) => isTheSaidOption(step, instructions[at] as Instruction));
  if (kind === 'fill' && text === undefined) return undefined;
  if (kind === 'select' && text === undefined && !isChosen) return undefined;
  if (parameter(first.action, 'ref') === '')
    return { kind, ...(kind === 'press' && { key: parameter(first.action, 'key') }) };
  const targets = steps.map(targetOf);
  if (targets.includes(undefined)) return undefined;
  const element = selectorsFor(steps, targets as PageElement[], instructions)[0];
  return element && { kind: isChosen ? 'choose' : kind, element, ...(text && { text }) };
}

function isTheSaidOption(step: Demonstration['steps'][number], instruction: Instruction): boolean {
  const action = choose(targetOf(step), instruction);
  return action !== undefined && parameter(action, 'option') === parameter(step.action, 'option');
}

/** All ways to say where texts come from that hold in every demonstration, the simplest first. */
function expressionsFor(instructions: readonly Instruction[], texts: readonly string[]): TextExpression[] {
  const introductions = [...new Set(instructions.flatMap(({ text }) => wordsOf(withoutQuotes(text))))];
  const candidates: TextExpression[] = [
    ...[0, 1, 2, 3, -1].map((place) => ({
      source: `instruction.quoted(${place})`,
      valueFor: (one: Instruction) => one.quoted(place),
    })),
    ...[0, 1, -1].map((place) => ({
      source: `instruction.number(${place})`,
      valueFor: (one: Instruction) => one.number(place),
    })),
    ...introductions.map((word) => ({
      source: `instruction.after(${quote(word)})`,
      valueFor: (one: Instruction) => one.after(word),
    })),
    ...[0, 1, 2, -1, -2, -3].map((place) => ({
      source: `instruction.word(${place})`,
      valueFor: (one: Instruction) => one.word(place),
    })),
  ];
  const [constant = ''] = texts;
  const agreeing = candidates.filter(({ valueFor }) =>
    instructions.every(
      (instruction, at) => valueFor(instruction)?.toLowerCase() === texts[at]?.toLowerCase(),
    ),
  );
  return texts.every((text) => text === constant)
    ? [...agreeing, { source: quote(constant), valueFor: () => constant }]
    : agreeing;
}

/** All selectors that name just the element acted on in every demonstration, the simplest first. */
function selectorsFor(
  steps: Demonstration['steps'],
  targets: readonly PageElement[],
  instructions: readonly Instruction[],
): SelectorExpression[] {
  const role = targets[0]?.role ?? '';
  const labels = targets.map((target) => labelOf(target));
  const arguments_ = rowTexts(instructions);
  const names = [...new Set(labels)].sort();
  const byName = expressionsFor(instructions, labels).map((name) =>
    part(`name: ${name.source}`, (one) => ({ name: name.valueFor(one) })),
  );
  const byNames =
    names.length > 1 && names.length <= 6
      ? [part(`name: [${names.map(quote).join(', ')}]`, () => ({ name: names }))]
      : [];
  const byPart = arguments_.map((text) =>
    part(`nameHolds: ${text.source}`, (one) => ({ nameHolds: text.valueFor(one) })),
  );
  const byRow = arguments_.map((text) =>
    part(`inRowWith: ${text.source}`, (one) => ({ inRowWith: text.valueFor(one) })),
  );
  const byGroup = arguments_.map((text) =>
    part(`inGroupWith: ${text.source}`, (one) => ({ inGroupWith: text.valueFor(one) })),
  );
  const bySaid = [part('saidIn: instruction', (one) => ({ saidIn: one }))];
  const byNearest = arguments_.map((text) =>
    part(`nearest: ${text.source}`, (one) => ({ nearest: text.valueFor(one) })),
  );
  const byPlace = [0, -1, 1, -2, 2].map((nth) => part(`nth: ${nth}`, () => ({ nth })));
  const beside = [...byRow, ...byGroup];
  const candidates = [
    ...byName.map((name) => [name]),
    ...beside.flatMap((where) => byName.map((name) => [name, where])),
    ...bySaid.map((said) => [said]),
    ...beside.flatMap((where) => bySaid.map((said) => [said, where])),
    ...byPart.map((name) => [name]),
    ...beside.map((where) => [where]),
    [],
    ...byNearest.map((where) => [where]),
    ...byNearest.flatMap((where) => [...byName, ...bySaid].map((name) => [name, where])),
    ...byPlace.map((place) => [place]),
    ...byNames.map((name) => [name]),
    ...beside.flatMap((where) => byNames.map((name) => [name, where])),
    ...byName.flatMap((name) => byPlace.map((place) => [name, place])),
    ...byNames.flatMap((name) => byPlace.map((place) => [name, place])),
  ];
  return candidates
    .map((parts): SelectorExpression => ({
      source: `{ ${[`role: ${quote(role)}`, ...parts.map(({ source }) => source)].join(', ')} }`,
      selectorFor: (instruction) =>
        Object.assign({ role }, ...parts.map(({ valueFor }) => valueFor(instruction))) as Selector,
    }))
    .filter(({ selectorFor }) =>
      steps.every(
        ({ page }, at) => lookAt(page).find(selectorFor(instructions[at] as Instruction)) === targets[at],
      ),
    );
}

interface SelectorPart {
  readonly source: string;
  readonly valueFor: (instruction: Instruction) => Partial<Selector>;
}

function part(source: string, valueFor: SelectorPart['valueFor']): SelectorPart {
  return { source, valueFor };
}

function rowTexts(instructions: readonly Instruction[]): TextExpression[] {
  const most = Math.max(...instructions.map(({ text }) => quotedSpans(text).length));
  return Array.from({ length: most }, (_, place) => ({
    source: `instruction.quoted(${place})`,
    valueFor: (one: Instruction) => one.quoted(place),
  }));
}

/** What the induced step does on a page; `undefined` where its element or text is not there. */
export function actionOf(step: InducedStep, instruction: Instruction, page: PageView): Action | undefined {
  const element = step.element && lookAt(page).find(step.element.selectorFor(instruction));
  const text = step.text?.valueFor(instruction);
  switch (step.kind) {
    case 'click':
      return click(element);
    case 'fill':
      return fill(element, text);
    case 'select':
      return select(element, text);
    case 'choose':
      return choose(element, instruction);
    case 'press':
      return press(step.key ?? 'Enter');
    case 'back':
      return back();
    default:
      return done();
  }
}

/** Longest common subsequence of two lists of words. */
function commonWords(left: readonly string[], right: readonly string[]): string[] {
  const table: string[][][] = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => []),
  );
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      const down = table[row + 1]?.[column] ?? [];
      const across = table[row]?.[column + 1] ?? [];
      const diagonal = table[row + 1]?.[column + 1] ?? [];
      (table[row] as string[][])[column] =
        left[row] === right[column]
          ? [left[row] as string, ...diagonal]
          : down.length >= across.length
            ? down
            : across;
    }
  }
  return table[0]?.[0] ?? [];
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}

function kindOf(action: Action): string {
  return Object.keys(action)[0] ?? '';
}

function parameter(action: Action, name: string): string {
  return String(action[kindOf(action)]?.[name] ?? '');
}

function targetOf({ page, action }: Demonstration['steps'][number]): PageElement | undefined {
  return page.elements.find(({ ref }) => ref === parameter(action, 'ref'));
}

function isSetting({ action }: Demonstration['steps'][number]): boolean {
  return kindOf(action) === 'fill' || kindOf(action) === 'select';
}

function sameBox(one: PageElement, other: PageElement): boolean {
  return one.box.every((value, at) => value === other.box[at]);
}
