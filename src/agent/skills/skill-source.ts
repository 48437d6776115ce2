import {
  ITEM,
  stepsIn,
  type Condition,
  type Helper,
  type InducedSkill,
  type InducedStep,
  type Literal,
  type SelectorExpression,
  type Statement,
} from './skill-program.ts';

/**
 * An induced skill as a TypeScript module: readable, and the only form in which it is inherited. Helpers that it calls
 * are imported from files of their names beside it.
 *
 * @param remark one line for the head of the file: where it comes from, how it did.
 */
export function skillSource(skill: InducedSkill, remark: string): string {
  const body = statementLines(skill.body, '    ');
  body.push(body.pop()?.replace(/^( {4})page = yield (?!\*)/, '$1yield ') ?? '');
  const when = [
    `instruction.says('${skill.words.join(' ')}'${skill.quotes === undefined ? '' : `, ${skill.quotes}`})`,
    ...skill.clauses.map((clause) => {
      const either = clause.map(literalSource).join(' || ');
      return clause.length > 1 ? `(${either})` : either;
    }),
  ];
  return `/** ${remark} */
${imports(skill.body, 'defineSkill')}
export default defineSkill({
  name: '${skill.name}',
  when: (${parametersFor(when.join())}) =>
    ${when.join(' &&\n    ')},
  *steps(${parametersFor(body.join())}) {
${body.join('\n')}
  },
});
`;
}

/** A helper as a module: a generator that skills do with `yield*`. */
export function helperSource(helper: Helper, remark: string): string {
  const body = statementLines(helper.body, '  ');
  const texts = helper.parameters.map((name) => `, ${name}: string | undefined`).join('');
  return `/** ${remark} */
${imports(helper.body, 'type Course, type SkillContext')}
export default function* ${functionName(helper)}(${parametersFor(`${body.join()} page`)}: SkillContext${texts}): Course {
${body.join('\n')}
  return page;
}
`;
}

function imports(body: readonly Statement[], first: string): string {
  const builders = [...new Set(stepsOutsideHelpers(body).map(({ kind }) => kind))].sort();
  const helpers = new Map(helpersIn(body).map((helper) => [helper.name, helper]));
  return [
    `import { ${[first, ...builders].join(', ')} } from 'lamarck/agent';\n`,
    ...[...helpers.values()].map((helper) => `import ${functionName(helper)} from './${helper.name}.ts';\n`),
  ].join('');
}

/** Helpers that the statements call, those called by helpers left out. */
export function helpersIn(statements: readonly Statement[]): Helper[] {
  return statements.flatMap((statement) =>
    statement.form === 'call'
      ? [statement.helper]
      : statement.form === 'act'
        ? []
        : helpersIn(statement.body),
  );
}

function stepsOutsideHelpers(statements: readonly Statement[]): InducedStep[] {
  return statements.flatMap((statement) =>
    statement.form === 'call'
      ? []
      : statement.form === 'act'
        ? [statement.step]
        : stepsOutsideHelpers(statement.body),
  );
}

/** What is taken from the context, by what the code speaks of. */
function parametersFor(code: string): string {
  const used = ['instruction', 'page'].filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  return used.length === 0 ? '' : `{ ${used.join(', ')} }`;
}

function statementLines(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap((statement) => {
    if (statement.form === 'act') return [`${indent}page = yield ${stepSource(statement.step)};`];
    if (statement.form === 'call') {
      const texts = statement.texts.map(({ source }) => `, ${source}`).join('');
      return [`${indent}page = yield* ${functionName(statement.helper)}({ instruction, page }${texts});`];
    }
    const head =
      statement.form === 'for'
        ? `for (const ${ITEM} of instruction.spans(${[statement.from, ...(statement.to === undefined ? [] : [statement.to])].join(', ')}))`
        : `${statement.form} (${conditionSource(statement.condition)})`;
    return [`${indent}${head} {`, ...statementLines(statement.body, `${indent}  `), `${indent}}`];
  });
}

function conditionSource(condition: Condition): string {
  return condition.map(literalSource).join(' && ');
}

function literalSource(literal: Literal): string {
  const not = literal.isNegated ? '!' : '';
  if ('word' in literal)
    return `${not}instruction.${literal.isRefused ? 'refuses' : 'wants'}(${quote(literal.word)})`;
  return `${not}page.has(${literal.has.map(selectorSource).join(', ')})`;
}

function selectorSource({ role, fields }: SelectorExpression): string {
  const all = [`role: ${quote(role)}`, ...fields.map(({ key, value }) => `${key}: ${value.source}`)];
  return `{ ${all.join(', ')} }`;
}

function stepSource({ kind, key, elements, text, to = [] }: InducedStep): string {
  const find = (selectors: readonly SelectorExpression[]) =>
    `page.find(${selectors.map(selectorSource).join(', ')})`;
  const given = [
    ...(elements.length > 0 ? [find(elements)] : []),
    ...(to.length > 0 ? [find(to)] : []),
    ...(text === undefined ? [] : [text.source]),
    ...(kind === 'choose' ? ['instruction'] : []),
    ...(kind === 'press' ? [quote(key ?? 'Enter')] : []),
  ];
  return `${kind}(${given.join(', ')})`;
}

function functionName({ name }: Helper): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** A text as a literal of the language. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

/** How much there is to read: acts, conditions and loops. */
export function sizeOf(statements: readonly Statement[]): number {
  return statements.reduce(
    (sum, statement) =>
      sum +
      (statement.form === 'act'
        ? 1
        : statement.form === 'call'
          ? 1
          : 1 + ('condition' in statement ? statement.condition.length : 0) + sizeOf(statement.body)),
    0,
  );
}

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
export function skillName(words: readonly string[], body: readonly Statement[]): string {
  const telling = words.filter((word) => !FILLERS.has(word) && /^[a-z]+$/.test(word)).slice(0, 4);
  const steps = stepsIn(body);
  const kinds = [...new Set(steps.map(({ kind }) => kind))].filter((kind) => kind !== 'done');
  const isPlain = body.every(({ form }) => form === 'act');
  const how = isPlain ? ['in', String(steps.length), 'steps'] : [`by-${sizeOf(body)}`];
  return [...(telling.length > 0 ? telling : kinds), ...how].join('-');
}
