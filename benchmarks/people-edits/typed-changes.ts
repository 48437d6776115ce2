/** Changes of a module that are one typed edit: hunks of a diff, each alone, and the edits that could have been made near it. */
import { tryingFacts } from '../../agents/scout/repairs/mend-facts.ts';
import type { Choice } from '../../agents/scout/repairs/mend-order.ts';
import { isModuleText, mutationsOf, type Mutation } from '../../src/agent/index.ts';

export interface Change {
  /** Where it is from, for people: a commit or a version, and the file. */
  readonly from: string;
  readonly before: string;
  /** Of a unified diff without context. */
  readonly diff: string;
}

export interface TypedChange {
  readonly from: string;
  readonly kind: string;
  readonly lesson: Choice;
}

/** Lines that a hunk takes away and puts in at most, and lines around it in which other edits are what could have been made. */
const MOST_LINES = 3;
const NEAR = 12;
/** Facts that tests tell: nobody ran any. */
const OF_TESTS = /^(what|run by) /;
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@.*\n((?:[-+\\].*\n?)*)/gm;

/** The hunks of a change that are one typed edit each; of several of a kind, the first: they are one change of mind. */
export function typedChanges({ from, before, diff }: Change): { hunks: number; typed: TypedChange[] } {
  const hunks = [...diff.matchAll(HUNK)].map(([, start, count = '1', body = '']) => ({
    start: Number(start),
    gone: Number(count),
    come: body.split('\n').flatMap((line) => (line.startsWith('+') ? [line.slice(1)] : [])),
  }));
  const small = hunks.filter(({ gone, come }) => gone > 0 && gone <= MOST_LINES && come.length <= MOST_LINES);
  const typed = new Map<string, TypedChange>();
  const mutations = small.length > 0 && isModuleText(before) ? mutationsOf(before) : [];
  for (const { start, gone, come } of small) {
    const near = mutations.filter(({ line }) => line >= start - NEAR && line <= start + NEAR);
    const lines = before.split('\n');
    const [first, last] = [Math.max(0, start - 1 - NEAR), start - 1 + gone + NEAR];
    const [from0, to0] = [lengthOf(lines, first), lengthOf(lines, last)];
    const wanted = plain(
      [...lines.slice(first, start - 1), ...come, ...lines.slice(start - 1 + gone, last)].join('\n'),
    );
    const made = near.findIndex(
      (each) =>
        each.start >= from0 &&
        each.end <= to0 &&
        plain(before.slice(from0, each.start) + each.replacement + before.slice(each.end, to0)) === wanted,
    );
    const { kind } = near[made] ?? {};
    if (kind !== undefined && !typed.has(kind))
      typed.set(kind, { from, kind, lesson: lessonOf(before, near, made) });
  }
  return { hunks: small.length, typed: [...typed.values()] };
}

/** Characters before a line, from 0. */
function lengthOf(lines: readonly string[], line: number): number {
  return lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
}

/** Without what a formatter changes. */
function plain(text: string): string {
  return text.replaceAll(/[\s;]/g, '').replaceAll('"', "'");
}

function lessonOf(text: string, near: readonly Mutation[], made: number): Choice {
  const edits = near.map(({ kind, line, nth }) => ({ path: 'module', kind, line, nth }));
  const untested = { tests: [], results: null, ran: null, probed: [], left: 0 };
  const factsOf = tryingFacts({ module: 'module', files: { module: text }, ...untested }, edits);
  return {
    facts: edits.map((edit) => factsOf(edit).filter((fact) => !OF_TESTS.test(fact))),
    chosen: [made],
    isRight: true,
  };
}
