import {
  runStatements,
  skillOf,
  type Condition,
  type InducedSkill,
  type InducedStep,
  type Statement,
} from '../skills/skill-program.ts';
import { induceCondition, type Moment } from './condition-induction.ts';
import type { Demonstration, TokenCourse } from './demonstration.ts';
import { readArguments, type Instruction } from '../page/instruction-arguments.ts';
import type { PageView } from '../page/page.ts';
import { lookAt } from '../page/page-query.ts';
import { followSkill } from '../skills/skill.ts';

/** Whether the skill would have done, step by step, what was done in an episode. */
export function wouldRepeat(skill: InducedSkill, { instruction, steps }: Demonstration): boolean {
  const [first] = steps;
  const own = skillOf(skill);
  return (
    first !== undefined &&
    own.when({ instruction: readArguments(instruction), page: lookAt(first.page) }) &&
    steps.every(({ action }, at) => {
      const pages = steps.slice(0, at + 1).map(({ page }) => page);
      return JSON.stringify(followSkill(own, instruction, pages)) === JSON.stringify(action);
    })
  );
}

/**
 * A skill that would lose an episode just as it was lost did one thing too many there. That thing is sought among what
 * it does only sometimes and what it ticks: the first, from the end, for which a condition holds wherever it was done
 * in what was won, and nowhere in what was lost.
 */
export function refined(
  skill: InducedSkill,
  courses: readonly TokenCourse[],
  lost: readonly Demonstration[],
): InducedSkill {
  const repeated = lost.filter((episode) => wouldRepeat(skill, episode));
  if (repeated.length === 0) return skill;
  const wonAt = momentsOf(
    skill,
    courses.map(({ instruction, steps }) => ({ instruction, pages: steps.map(({ page }) => page) })),
  );
  const lostAt = momentsOf(
    skill,
    repeated.map(({ instruction, steps }) => ({
      instruction: readArguments(instruction),
      pages: steps.map(({ page }) => page),
    })),
  );
  for (const step of [...wonAt.keys()].reverse()) {
    if (!isOptional(skill.body, step) && !isTick(step)) continue;
    const blamed = lostAt.get(step) ?? [];
    const condition =
      blamed.length > 0 && induceCondition(wonAt.get(step) ?? [], blamed, step.elements, [], 'words');
    if (!condition) continue;
    const next = { ...skill, body: guarded(skill.body, step, condition) };
    if (!repeated.some((episode) => wouldRepeat(next, episode))) return next;
  }
  return skill;
}

/** Whether a step is done under a condition. */
function isOptional(statements: readonly Statement[], step: InducedStep): boolean {
  return statements.some(
    (statement) =>
      'body' in statement &&
      (statement.form === 'if'
        ? statement.body.some((one) => one.form === 'act' && one.step === step)
        : isOptional(statement.body, step)),
  );
}

const TICKED = new Set(['checkbox', 'radio', 'switch']);

function isTick({ kind, elements }: InducedStep): boolean {
  return kind === 'click' && elements.every(({ role }) => TICKED.has(role));
}

/** The moments at which each step is taken along recorded pages. */
function momentsOf(
  { body }: InducedSkill,
  episodes: readonly { readonly instruction: Instruction; readonly pages: readonly PageView[] }[],
): Map<InducedStep, Moment[]> {
  const moments = new Map<InducedStep, Moment[]>();
  for (const { instruction, pages } of episodes) {
    const [first, ...others] = pages.map(lookAt);
    if (first === undefined) continue;
    const run = runStatements(
      body,
      {
        instruction,
        texts: {},
        witness: (step, { view }, { texts }) =>
          moments.set(step, [...(moments.get(step) ?? []), { page: view, scope: { instruction, texts } }]),
      },
      first,
    );
    run.next();
    for (const page of others) if (run.next(page).done) break;
  }
  return moments;
}

/** The statements with a condition before the one that takes a step. */
function guarded(statements: readonly Statement[], step: InducedStep, condition: Condition): Statement[] {
  return statements.map((statement): Statement => {
    if (statement.form === 'act' && statement.step === step)
      return { form: 'if', condition, body: [statement] };
    if (statement.form === 'act' || statement.form === 'call') return statement;
    const [first] = statement.body;
    const isOwn =
      statement.form === 'if' && statement.body.length === 1 && first?.form === 'act' && first.step === step;
    if (!isOwn) return { ...statement, body: guarded(statement.body, step, condition) };
    const others = condition.filter(
      (literal) => !statement.condition.some((known) => JSON.stringify(known) === JSON.stringify(literal)),
    );
    return { ...statement, condition: [...statement.condition, ...others] };
  });
}
