import { align, runsOf, type Column } from './alignment.ts';
import { induceCondition } from './condition-induction.ts';
import { typedIn, type TokenCourse, type TokenStep } from './demonstration.ts';
import type { PageView } from '../page/page.ts';
import { ITEM, type InducedStep, type Scope, type Statement } from '../skills/skill-program.ts';
import { induceStep } from './version-space.ts';

/** How courses are laid side by side. */
export interface Layout {
  /** Whether equal neighbours are one statement that is repeated. */
  readonly isCollapsed: boolean;
  /** A loop between the first and the last steps: each turn ends with a step of this shape. */
  readonly loop?: {
    readonly end: string;
    readonly before: number;
    readonly after: number;
    /** Quoted texts, one for each turn; without it, the page says when to stop. */
    readonly over?: { readonly from: number; readonly to?: number };
  };
}

/** A stretch of a course, and what came after it. */
interface Stretch {
  readonly steps: readonly TokenStep[];
  readonly scope: Scope;
  readonly next: PageView | undefined;
}

const MOST_BEFORE = 3;
const MOST_AFTER = 3;
const MOST_COLUMNS = 14;

/** Layouts worth trying: in one line, then with a loop for whatever is done several times in some course. */
export function layoutsOf(courses: readonly TokenCourse[]): Layout[] {
  const repeated = new Set(
    courses.flatMap(({ steps }) =>
      steps.map(({ shape }) => shape).filter((shape, at, all) => all.indexOf(shape) !== at),
    ),
  );
  const places = (most: number, least: number) =>
    Array.from({ length: most - least + 1 }, (_, index) => index + least);
  const overs = [{ from: 0 }, { from: 1 }, { from: 0, to: -1 }, undefined] as const;
  const loops = [...repeated].flatMap((end) =>
    places(MOST_AFTER, 1).flatMap((after) =>
      places(MOST_BEFORE, 0).flatMap((before) =>
        overs.map((over): Layout => ({
          isCollapsed: true,
          loop: { end, before, after, ...(over && { over }) },
        })),
      ),
    ),
  );
  return [
    { isCollapsed: false },
    { isCollapsed: true },
    ...loops.filter((layout) => isTold(courses, layout)),
  ];
}

/** Whether enough courses have the layout, and some turn more than once. */
function isTold(courses: readonly TokenCourse[], { loop }: Layout): boolean {
  const turns = courses.flatMap((course) => (loop && splitCourse(course, loop)?.turns.length) || []);
  return turns.length >= 3 && turns.some((count) => count > 1);
}

/** The statements that agree with all of the courses, laid out in this way; `undefined` where there are none. */
export function induceBody(courses: readonly TokenCourse[], layout: Layout): Statement[] | undefined {
  const { loop, isCollapsed } = layout;
  if (loop === undefined) {
    return statementsFor(
      courses.map((course) => stretchOf(course, 0, course.steps.length)),
      isCollapsed,
    );
  }
  const parts = courses.map((course) => splitCourse(course, loop));
  if (parts.includes(undefined)) return undefined;
  const told = parts as Split[];
  const turns = told.flatMap((part) => part.turns);
  if (turns.length === 0) return undefined;
  const head = statementsFor(
    told.map(({ head }) => head),
    isCollapsed,
  );
  const tail =
    head &&
    statementsFor(
      told.map(({ tail }) => tail),
      isCollapsed,
    );
  const body = tail && statementsFor(turns, isCollapsed);
  if (head === undefined || tail === undefined || body === undefined) return undefined;
  if (loop.over !== undefined) return [...head, { form: 'for', ...loop.over, body }, ...tail];
  const last = body.at(-1);
  if (last?.form !== 'act') return undefined;
  const condition = induceCondition(
    turns.map(({ steps, scope }) => ({ page: (steps[0] as TokenStep).page, scope })),
    told.map(({ tail: { steps, scope } }) => ({ page: (steps[0] as TokenStep).page, scope })),
    last.step.elements,
    firstElements(tail),
  );
  return condition && [...head, { form: 'while', condition, body }, ...tail];
}

function firstElements(statements: readonly Statement[]): InducedStep['elements'] {
  const [first] = statements;
  return first?.form === 'act' ? first.step.elements : [];
}

interface Split {
  readonly head: Stretch;
  readonly turns: readonly Stretch[];
  readonly tail: Stretch;
}

function stretchOf(course: TokenCourse, from: number, to: number): Stretch {
  return {
    steps: course.steps.slice(from, to),
    scope: { instruction: course.instruction, texts: {} },
    next: course.steps[to]?.page,
  };
}

/** A course as head, turns and tail; `undefined` where it is not of that kind. */
function splitCourse(
  course: TokenCourse,
  { end, before, after, over }: NonNullable<Layout['loop']>,
): Split | undefined {
  const stop = course.steps.length - after;
  if (stop < before) return undefined;
  if (stop > before && course.steps[stop - 1]?.shape !== end) return undefined;
  const turns: Stretch[] = [];
  let from = before;
  for (let at = before; at < stop; at++) {
    if (course.steps[at]?.shape !== end) continue;
    turns.push(stretchOf(course, from, at + 1));
    from = at + 1;
  }
  const head = stretchOf(course, 0, before);
  const tail = stretchOf(course, stop, course.steps.length);
  if (over === undefined) return { head, turns, tail };
  const items = itemsOf(course, turns, over);
  return items && { head, turns: items, tail };
}

/** Gives each turn the text that it is about; `undefined` where the turns are not about one text each. */
function itemsOf(
  { instruction }: TokenCourse,
  turns: readonly Stretch[],
  { from, to }: { readonly from: number; readonly to?: number },
): Stretch[] | undefined {
  const spans = instruction.spans(from, to);
  const abouts = turns.map(({ steps }) => [
    ...new Set(
      steps.flatMap(({ argument = -1 }) =>
        argument >= from && argument < from + spans.length ? argument : [],
      ),
    ),
  ]);
  const isOneEach =
    turns.length === spans.length &&
    abouts.every(({ length }) => length === 1) &&
    new Set(abouts.flat()).size === spans.length;
  if (!isOneEach) return undefined;
  return turns.map((turn, at) => {
    const about = abouts[at]?.[0] as number;
    return {
      ...turn,
      steps: turn.steps.map((step) => (step.argument === about ? { ...step, argument: ABOUT_ITEM } : step)),
      scope: { ...turn.scope, texts: { [ITEM]: instruction.quoted(about) } },
    };
  });
}

/** In place of a quoted text's place: the text that the loop is at. */
const ABOUT_ITEM = -1;

/** One statement for each column of the aligned stretches. */
function statementsFor(stretches: readonly Stretch[], isCollapsed: boolean): Statement[] | undefined {
  const columns = align(stretches.map(({ steps }) => runsOf(steps.map(keyOf), isCollapsed)));
  if (columns.length > MOST_COLUMNS) return undefined;
  const steps: InducedStep[] = [];
  for (const column of columns) {
    const step = induceStep(occurrencesIn(column, stretches));
    if (step === undefined) return undefined;
    steps.push(step);
  }
  const statements: Statement[] = [];
  for (const [at, column] of columns.entries()) {
    const next = steps.slice(at + 1, at + 2).flatMap(({ elements }) => elements);
    const pagesAfter = stretches.map((stretch, row) => {
      const passed = columns
        .slice(0, at + 1)
        .reduce((sum, { places }) => sum + (places[row]?.length ?? 0), 0);
      return stretch.steps[passed]?.page ?? stretch.next;
    });
    const statement = statementFor(column, stretches, pagesAfter, steps[at] as InducedStep, next);
    if (statement === undefined) return undefined;
    statements.push(statement);
  }
  return statements;
}

/** What is typed tells steps apart, and whether they are about a loop's text; what stands beside them does not. */
function keyOf({ shape, action, argument }: TokenStep): string {
  return typedIn(action) !== '' || argument === ABOUT_ITEM ? `${shape} ${argument ?? ''}` : shape;
}

function occurrencesIn({ places }: Column, stretches: readonly Stretch[]) {
  return places.flatMap((own, at) => {
    const { steps, scope } = stretches[at] as Stretch;
    return own.map((place) => ({ step: steps[place] as TokenStep, scope }));
  });
}

/** The act itself where it was done once everywhere; else with the condition under which it was done. */
function statementFor(
  column: Column,
  stretches: readonly Stretch[],
  pagesAfter: readonly (PageView | undefined)[],
  step: InducedStep,
  next: InducedStep['elements'],
): Statement | undefined {
  if (column.places.every(({ length }) => length === 1)) return { form: 'act', step };
  const isRepeated = column.places.some(({ length }) => length > 1);
  const positives = occurrencesIn(column, stretches).map(({ step: { page }, scope }) => ({ page, scope }));
  const negatives = column.places.flatMap((own, at) => {
    const { scope } = stretches[at] as Stretch;
    const page = pagesAfter[at];
    return (isRepeated || own.length === 0) && page !== undefined ? [{ page, scope }] : [];
  });
  const condition = induceCondition(positives, negatives, step.elements, isRepeated ? next : []);
  const form = isRepeated ? 'while' : 'if';
  return condition && { form, condition, body: [{ form: 'act', step }] };
}
