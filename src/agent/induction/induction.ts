import { commonSubsequence } from './alignment.ts';
import { induceBody, layoutsOf, type Layout } from './body-induction.ts';
import { induceCondition, type Moment } from './condition-induction.ts';
import { tokenise, type Demonstration, type TokenCourse } from './demonstration.ts';
import { readArguments } from '../page/instruction-arguments.ts';
import type { PageView } from '../page/page.ts';
import { lookAt } from '../page/page-query.ts';
import { refined, wouldRepeat } from './refinement.ts';
import { ITEM, skillOf, type InducedSkill, type Literal, type Statement } from '../skills/skill-program.ts';
import { sizeOf, skillName } from '../skills/skill-source.ts';
import { wordsOf, withoutQuotes } from '../page/spans.ts';
import { quotedPlaces } from './text-induction.ts';

/** What speaks against a skill. */
export interface CounterEvidence {
  /** Pages of other tasks, where it must not be recalled. */
  readonly foreign: readonly { readonly instruction: string; readonly page: PageView }[];
  /** Episodes that were lost: one that did just what the skill would do is one that the skill loses. */
  readonly lost: readonly Demonstration[];
}

/** Demonstrations that a generalisation must agree with, at the least. */
const LEAST_SUPPORT = 3;
/** Demonstrations of one kind that are compared; more say little new, and cost time. */
const MOST_OF_KIND = 6;
/** Demonstrations of rare kinds that are tried one by one. */
const MOST_LEFT = 8;
/** Demonstrations that are looked at, and skills that are made of them. */
const MOST_COURSES = 30;
const MOST_SKILLS = 4;

const WORTH_OF_COURSE = 2;
/** Share of the demonstrations of the best layout that another must agree with. */
const SHARE_OF_OTHER = 0.7;

interface Generalisation {
  readonly layout: Layout;
  readonly body: readonly Statement[];
  readonly courses: readonly TokenCourse[];
  /** The courses that the body of the skill was made from; the other courses are of the same kinds. */
  readonly compared: readonly TokenCourse[];
}

/**
 * Skills from what was won: what is superfluous is taken out of each demonstration; those that can be laid side by side
 * are aligned, in one line or as turns of a loop; and each statement keeps the selectors, texts and conditions that
 * agree with all of them. The layout that most demonstrations agree with makes a skill, then the same for the rest.
 */
export function induceSkills(
  demonstrations: readonly Demonstration[],
  against: CounterEvidence = { foreign: [], lost: [] },
): InducedSkill[] {
  let rest = tokenise(spread(demonstrations, MOST_COURSES));
  const skills: InducedSkill[] = [];
  while (rest.length >= LEAST_SUPPORT && skills.length < MOST_SKILLS) {
    const found = bestOf(rest);
    const [best] = found;
    if (best === undefined) break;
    rest = rest.filter((course) => !best.courses.includes(course));
    for (const one of found) {
      const skill = refined(skillFrom(one), one.courses, against.lost);
      skills.push(...tightened(skill, one.courses, against));
    }
  }
  return skills;
}

/** At most so many members, evenly spaced. */
function spread<Member>(members: readonly Member[], most: number): readonly Member[] {
  if (members.length <= most) return members;
  return Array.from({ length: most }, (_, at) => members[Math.floor((at * members.length) / most)] as Member);
}

/**
 * The layout that is worth most; after it the best of the other sort, in one line or with a loop, where about as many
 * demonstrations agree with it: which of the two carries over, only new tasks can tell.
 */
function bestOf(courses: readonly TokenCourse[]): Generalisation[] {
  let [line, looped]: (Generalisation | undefined)[] = [];
  for (const layout of layoutsOf(courses)) {
    const found = generalise(courses, layout);
    if (found.courses.length < LEAST_SUPPORT) continue;
    if (layout.loop === undefined) line = better(found, line);
    else looped = better(found, looped);
  }
  const ranked = [line, looped]
    .flatMap((one) => (one ? [withAllCompared(withRest(one, courses))] : []))
    .sort((left, right) => worthOf(right) - worthOf(left));
  const [first, second] = ranked;
  return first && second && second.courses.length >= SHARE_OF_OTHER * first.courses.length
    ? [first, second]
    : ranked.slice(0, 1);
}

function better(one: Generalisation, other: Generalisation | undefined): Generalisation {
  return other === undefined || isBetter(one, other) ? one : other;
}

function isBetter(one: Generalisation, other: Generalisation): boolean {
  return worthOf(one) > worthOf(other);
}

/** What is explained, less what there is to read: two statements must earn themselves by one more demonstration. */
function worthOf({ courses, body }: Generalisation): number {
  return WORTH_OF_COURSE * courses.length - sizeOf(body);
}

/** Takes in kinds of courses, the commonest first, as long as one body agrees with all of them and is worth more. */
function generalise(courses: readonly TokenCourse[], layout: Layout): Generalisation {
  const kinds = new Map<string, TokenCourse[]>();
  for (const course of courses) {
    const kind = course.steps.map(({ shape, argument }) => `${shape} ${argument}`).join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), course]);
  }
  const byCount = [...kinds.values()].sort((left, right) => right.length - left.length);
  let accepted: Generalisation = { layout, body: [], courses: [], compared: [] };
  for (const kind of byCount) {
    const next = withMore(accepted, kind);
    if (next !== undefined && (accepted.courses.length === 0 || isBetter(next, accepted))) accepted = next;
  }
  return accepted;
}

function withMore(
  { layout, courses, compared }: Generalisation,
  more: readonly TokenCourse[],
): Generalisation | undefined {
  const all = [...compared, ...more.slice(0, MOST_OF_KIND)];
  const body = induceBody(all, layout);
  return body && { layout, body, courses: [...courses, ...more], compared: all };
}

/** What no kind earned alone, several together may: each of what is left is tried as the first of them. */
function withRest(accepted: Generalisation, courses: readonly TokenCourse[]): Generalisation {
  const left = courses.filter((course) => !accepted.courses.includes(course)).slice(0, MOST_LEFT);
  for (const first of left) {
    let next = withMore(accepted, [first]);
    for (const other of left) {
      if (next === undefined || other === first) continue;
      const more: Generalisation | undefined = withMore(next, [other]);
      if (more !== undefined && isBetter(more, next)) next = more;
    }
    if (next !== undefined && isBetter(next, accepted)) return next;
  }
  return accepted;
}

/** The same with names from all of the courses, where they agree. */
function withAllCompared(accepted: Generalisation): Generalisation {
  if (accepted.courses.length === accepted.compared.length) return accepted;
  const body = induceBody(accepted.courses, accepted.layout);
  return body ? { ...accepted, body, compared: accepted.courses } : accepted;
}

function skillFrom({ body, courses }: Generalisation): InducedSkill {
  const quotes = new Set(courses.map(({ instruction }) => instruction.spans(0).length));
  const words = courses
    .map(({ instruction }) => wordsOf(withoutQuotes(instruction.text)))
    .reduce((left, right) => commonSubsequence(left, right));
  return {
    name: skillName(words, body),
    words,
    quotes: quotes.size === 1 ? [...quotes][0] : undefined,
    clauses: startOf(body),
    body,
    support: courses.length,
  };
}

const ENTRIES = new Set(['fill', 'select', 'choose']);

/**
 * What must be there at the start: all that is acted on before anything can have moved the page, or, where the first
 * thing is not always done, either that or what comes next.
 */
function startOf(body: readonly Statement[]): Literal[][] {
  const clauses: Literal[][] = [];
  const either: Literal[] = [];
  for (const statement of body) {
    const first = firstPresence(statement);
    if (first === undefined) break;
    // A loop of several statements is the skill itself; one of a single act is often gone by.
    if (statement.form === 'if' || (statement.form === 'while' && statement.body.length === 1)) {
      if (clauses.length > 0) break;
      either.push(first);
      continue;
    }
    clauses.push([...either.splice(0), first]);
    if (clauses[0]?.length !== 1 || statement.form !== 'act' || !ENTRIES.has(statement.step.kind)) break;
  }
  return clauses.length === 0 && either.length > 0 ? [either] : clauses;
}

function firstPresence(statement: Statement): Literal | undefined {
  if (statement.form === 'act')
    return statement.step.elements.length === 0
      ? undefined
      : { has: statement.step.elements, isNegated: false };
  if (statement.form === 'call') return undefined;
  const [first] = statement.body;
  const inside = first && firstPresence(first);
  if (statement.form === 'for') return inside && atFirst(inside, statement.from);
  const own = statement.condition.find((literal) => 'has' in literal && !literal.isNegated);
  return own ?? (statement.form === 'while' ? inside : undefined);
}

/** The same for the first text that a loop is about. */
function atFirst(literal: Literal, place: number): Literal {
  if (!('has' in literal)) return literal;
  const [quoted] = quotedPlaces([place]);
  const has = literal.has.map(({ role, fields }) => ({
    role,
    fields: fields.map((field) =>
      quoted && field.value.source === ITEM ? { ...field, value: quoted } : field,
    ),
  }));
  return { ...literal, has };
}

/**
 * The skill with what keeps it from where it must not be added to its condition: from pages of others, else there is no
 * skill; and, where something does, from episodes that it would lose.
 */
function tightened(
  skill: InducedSkill,
  courses: readonly TokenCourse[],
  { foreign, lost }: CounterEvidence,
): InducedSkill[] {
  const startsOf = (episodes: CounterEvidence['foreign']): Moment[] =>
    episodes
      .map(({ instruction, page }) => ({
        page,
        scope: { instruction: readArguments(instruction), texts: {} },
      }))
      .filter((moment) => isRecalled(skill, moment));
  const elsewhere = startsOf(foreign);
  const inVain = startsOf(
    lost
      .filter((episode) => wouldRepeat(skill, episode))
      .flatMap(({ instruction, steps }) => steps.slice(0, 1).map(({ page }) => ({ instruction, page }))),
  );
  if (elsewhere.length + inVain.length === 0) return [skill];
  const positives = courses.flatMap(({ instruction, steps }) =>
    steps.slice(0, 1).map(({ page }) => ({ page, scope: { instruction, texts: {} } })),
  );
  const condition =
    induceCondition(positives, [...elsewhere, ...inVain], [], [], 'words') ??
    induceCondition(positives, elsewhere, []);
  if (condition === undefined) return [];
  return [{ ...skill, clauses: [...skill.clauses, ...condition.map((literal) => [literal])] }];
}

function isRecalled(skill: InducedSkill, { page, scope }: Moment): boolean {
  return skillOf(skill).when({ instruction: scope.instruction, page: lookAt(page) });
}
