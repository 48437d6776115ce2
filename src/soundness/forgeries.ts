import { isModuleText } from '../agent/index.ts';
import type { Json } from '../protocol/index.ts';
import { forgedPrograms, judgePatches, programOfExamples } from './forged-programs.ts';
import { forgedFiles } from './forged-files.ts';
import type { Forgery, Known } from './forgery.ts';

/** What verifiers that compare carelessly may let through: patterns, names that every object answers to, extremes. */
const oddTexts = [
  '',
  '*',
  '.*',
  '%',
  '__proto__',
  'constructor',
  'true',
  "' or '1'='1",
  'NaN',
  '0',
  '\u200b',
];
const oddNumbers = [0, -1, 0.5, 1e308, -1e308, 2 ** 53];
/** An ordinary value: a task that takes this one takes any. */
const ordinary = { text: 'Quince', number: 7919 };

/** Texts by which an agent may get a script into a page, and what the script is: the evidence of a solution. */
function scriptTexts(evidence: Json): readonly { readonly what: string; readonly text: string }[] {
  const state =
    isObject(evidence) && Object.hasOwn(evidence, 'state') ? (evidence['state'] ?? null) : evidence;
  const code = `window.lamarckEvidence=()=>(${JSON.stringify(state)})`;
  const packed = `eval(decodeURIComponent('${encodeURIComponent(code).replaceAll("'", '%27')}'))`;
  return [
    { what: 'HTML with a script', text: `<img src="data:," onerror="${packed}">` },
    { what: 'HTML that ends an attribute', text: `"><img src="data:," onerror="${packed}">` },
    { what: 'an address with a script', text: `javascript:${packed}` },
    { what: 'a script', text: packed },
    { what: 'a script that ends a text', text: `');${packed};('` },
  ];
}

/** The ordinary values in the place of all that the solution gives: where they earn, any do. */
export function controlOf({ actions }: Known): readonly Json[] {
  return withValues(
    actions,
    () => ordinary.text,
    () => ordinary.number,
  );
}

/** Ways to forge, by what the solution's actions take: texts, numbers, programs, files. */
export function forgeriesOf(known: Known): readonly Forgery[] {
  const { actions } = known;
  const forgeries: Forgery[] = [];
  const add = (by: Forgery['by'], what: string, forged: readonly Json[]): void => {
    if (JSON.stringify(forged) !== JSON.stringify(actions)) forgeries.push({ what, by, actions: forged });
  };
  for (const { what, text } of scriptTexts(known.evidence))
    add(
      'script',
      `texts that are ${what}`,
      withValues(actions, () => text),
    );
  for (const text of oddTexts)
    add(
      'value',
      `the text ${JSON.stringify(text)} for all texts`,
      withValues(actions, () => text),
    );
  for (const number of oddNumbers)
    add(
      'value',
      `the number ${number} for all numbers`,
      withValues(actions, undefined, () => number),
    );
  for (const { what, program } of forgedPrograms(known.evidence))
    add(
      'program',
      what,
      withPrograms(actions, () => program),
    );
  const shown = programOfExamples(known.observation);
  add(
    'shown examples',
    'a program that knows the examples that are shown, and nothing else',
    withPrograms(actions, () => shown),
  );
  for (const { what, patch } of judgePatches)
    add(
      'program',
      `a wrong program with ${what}`,
      withPrograms(actions, () => `${patch}\nexport default () => null;\n`),
    );
  forgeries.push(...forgedFiles(known));
  return forgeries;
}

type Exchange<T> = (value: T) => T;

/** The same actions with other texts (those that are neither references nor programs) and other numbers. */
function withValues(
  actions: readonly Json[],
  text?: Exchange<string>,
  number?: Exchange<number>,
): readonly Json[] {
  return actions.map((action) =>
    mapParameters(action, (value, name) => {
      if (typeof value === 'number') return number?.(value) ?? value;
      if (typeof value !== 'string' || isReference(value) || isProgram(value) || name === 'path')
        return value;
      return text?.(value) ?? value;
    }),
  );
}

function withPrograms(actions: readonly Json[], exchange: Exchange<string>): readonly Json[] {
  return actions.map((action) =>
    mapParameters(action, (value) =>
      typeof value === 'string' && isProgram(value) ? exchange(value) : value,
    ),
  );
}

function mapParameters(action: Json, change: (value: Json, name: string) => Json): Json {
  if (!isObject(action)) return action;
  return Object.fromEntries(
    Object.entries(action).map(([name, parameters]) => [
      name,
      isObject(parameters)
        ? Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, change(value, key)]))
        : parameters,
    ]),
  );
}

/** Names of elements, tabs and the like. */
function isReference(text: string): boolean {
  return /^[a-z]\d+$/.test(text);
}

function isProgram(text: string): boolean {
  return /^export /m.test(text) && isModuleText(text);
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
