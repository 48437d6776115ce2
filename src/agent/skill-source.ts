import type { InducedSkill, InducedStep } from './induction.ts';

/** Words that say nothing of what a skill does. */
const FILLERS = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'for',
  'from',
  'in',
  'it',
  'of',
  'on',
  'please',
  'the',
  'to',
  'with',
]);

/** A name made of what the skill is told and what it does: `archive-invoice-in-3-steps`. */
export function skillName(skill: InducedSkill): string {
  const words = skill.words.filter((word) => !FILLERS.has(word) && /^[a-z]+$/.test(word)).slice(0, 4);
  const kinds = [...new Set(skill.steps.map(({ kind }) => kind))].filter((kind) => kind !== 'done');
  return [...(words.length > 0 ? words : kinds), 'in', String(skill.steps.length), 'steps'].join('-');
}

/**
 * An induced skill as a TypeScript module: readable, and the only form in which it is inherited.
 *
 * @param remark one line for the head of the file: where it comes from, how it did.
 */
export function skillSource(skill: InducedSkill, remark: string): string {
  const helpers = [...new Set(skill.steps.map(({ kind }) => kind))].sort();
  const elements = startingElements(skill);
  const usesInstruction = skill.steps.some(
    ({ kind, element, text }) =>
      kind === 'choose' || /\binstruction\b/.test(`${element?.source} ${text?.source}`),
  );
  const usesPage = skill.steps.some(({ element }) => element !== undefined);
  const given = [...(usesInstruction ? ['instruction'] : []), ...(usesPage ? ['page'] : [])];
  const conditions = [
    `instruction.says('${skill.words.join(' ')}', ${skill.quotes})`,
    ...elements.map((element) => `page.has(${element})`),
  ];
  return `/** ${remark} */
import { defineSkill, ${helpers.join(', ')} } from 'lamarck/agent';

export default defineSkill({
  name: '${skillName(skill)}',
  when: ({ instruction${elements.length > 0 ? ', page' : ''} }) =>
    ${conditions.join(' &&\n    ')},
  *steps(${given.length > 0 ? `{ ${given.join(', ')} }` : ''}) {
${skill.steps.map((step, at) => `    ${usesPage && at < skill.steps.length - 1 ? 'page = ' : ''}yield ${stepSource(step)};`).join('\n')}
  },
});
`;
}

/** Selectors of the steps that are taken before anything can have moved the page: it starts from these elements. */
export function startingSteps(skill: InducedSkill): InducedStep[] {
  const firstMove = skill.steps.findIndex(
    ({ kind }) => kind !== 'fill' && kind !== 'select' && kind !== 'choose',
  );
  return skill.steps
    .slice(0, firstMove < 0 ? skill.steps.length : firstMove + 1)
    .filter(({ element }) => element !== undefined);
}

function startingElements(skill: InducedSkill): string[] {
  return [...new Set(startingSteps(skill).map(({ element }) => element?.source ?? ''))];
}

function stepSource({ kind, key, element, text }: InducedStep): string {
  const found = `page.find(${element?.source})`;
  if (kind === 'click') return `click(${found})`;
  if (kind === 'fill' || kind === 'select') return `${kind}(${found}, ${text?.source})`;
  if (kind === 'choose') return `choose(${found}, instruction)`;
  return kind === 'press' ? `press('${key ?? 'Enter'}')` : `${kind}()`;
}
