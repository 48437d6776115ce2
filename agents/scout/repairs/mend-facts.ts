/**
 * What is known of an edit before it is made. Before it is tried: its kind and how many there are of it, whether failing tests run its
 * line, and what it does to names and phrases. Once all shown tests pass with it: how much else it changes.
 */
import { isModuleText, mutationsOf, type Mutation } from 'lamarck/agent';
import { readPhrases } from './mend-phrases.ts';
import { editName, textOf, type Edit, type MendTask, type Trial } from './mend-task.ts';

export type Facts = readonly string[];

/** What holds no names: comments, texts, and what follows a dot. */
const NAMELESS = /\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"|\.\s*[A-Za-z_$][\w$]*/g;

/**
 * Facts about edits of a module that say which are worth trying.
 *
 * @param edits all that it offers
 */
export function tryingFacts(task: MendTask, edits: readonly Edit[]): (edit: Edit) => Facts {
  const text = textOf(task);
  const mutations = new Map(
    isModuleText(text) ? mutationsOf(text).map((each) => [editName({ ...each, path: '' }), each]) : [],
  );
  const functions = functionsByLine(text);
  const named = countNames(text);
  const phrases = readPhrases(text);
  const kinds = Map.groupBy(edits, ({ kind }) => kind);
  return (edit) => {
    const mutation = mutations.get(editName(edit));
    const fate = fateOf(task, functions[edit.line - 1] ?? '');
    return [
      edit.kind,
      `what ${fate}`,
      coverOf(task, edit.line),
      `among ${sizeWord(kinds.get(edit.kind)?.length ?? 1)} of its kind`,
      ...(mutation ? [...namingOf(mutation, text, named), ...phrases(mutation)] : []),
    ];
  };
}

/** Facts about edits with which all shown tests pass that say which is right. */
export function choosingFacts(tried: Readonly<Record<string, Trial>>): (edit: Edit) => Facts {
  return (edit) => {
    const { changes = null, breaks = null } = tried[editName(edit)] ?? {};
    return [
      edit.kind,
      ...(changes === null ? [] : [`changes ${shareWord(changes)}`]),
      ...(breaks === null || breaks === 0 ? [] : ['breaks on other inputs']),
    ];
  };
}

/** The module's function that each line is in. */
function functionsByLine(text: string): string[] {
  let around = '';
  return text
    .split('\n')
    .map((line) => (around = /^(?:export )?(?:function|const) (\w+)/.exec(line)?.[1] ?? around));
}

/** Whether tests of a function fail. */
function fateOf({ tests, results }: MendTask, name: string): string {
  const own = tests.flatMap(({ call }, at) => (call === name ? [results?.[at]?.ok !== false] : []));
  if (own.length === 0) return 'is not called';
  return own.includes(false) ? 'fails' : 'passes';
}

/** How many of the failing and of the passing tests run a line: what spectrum-based fault localisation counts. */
function coverOf({ ran, results }: MendTask, line: number): string {
  const shareOf = (ok: boolean): string => {
    const runs = (ran ?? []).filter((_, at) => (results?.[at]?.ok ?? false) === ok);
    const count = runs.filter((lines) => lines?.includes(line) ?? true).length;
    return runs.length === 0 ? 'any' : count === 0 ? 'no' : count === runs.length ? 'all' : 'some';
  };
  return `run by ${shareOf(false)} that fail, ${shareOf(true)} that pass`;
}

/** What an edit does to names: one that nothing used, but for its declaration, is often the one that is missing elsewhere. */
function namingOf(
  { start, end, replacement }: Mutation,
  text: string,
  named: ReadonlyMap<string, number>,
): string[] {
  const [gone, come] = [countNames(text.slice(start, end)), countNames(replacement)];
  const facts = new Set<string>();
  for (const name of new Set([...gone.keys(), ...come.keys()])) {
    const before = named.get(name) ?? 0;
    const after = before - (gone.get(name) ?? 0) + (come.get(name) ?? 0);
    if (before === 1 && after > 1) facts.add('uses what was not used');
    if (before > 1 && after === 1) facts.add('leaves something unused');
    if (before > 0 && after === 0) facts.add('removes a name');
  }
  return [...facts];
}

function countNames(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [name] of text.replaceAll(NAMELESS, ' ').matchAll(/[A-Za-z_$][\w$]*/g))
    counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function shareWord(share: number): string {
  if (share === 0) return 'nothing else';
  return share < 0.1 ? 'little' : share < 0.35 ? 'some' : share < 0.7 ? 'much' : 'most';
}

function sizeWord(count: number): string {
  if (count < 2) return 'one';
  return count < 4 ? 'a few' : count < 9 ? 'several' : count < 21 ? 'many' : 'very many';
}
