/** A repair as it is shown: a module with a fault, tests of its functions, and what edits of it came to. */
import type { Action } from 'lamarck/agent';

/** A typed single edit by its name. */
export interface Edit {
  readonly path: string;
  readonly kind: string;
  readonly line: number;
  readonly nth: number;
}

/** What an edit came to where it was tried. */
export interface Trial {
  /** Tests that pass with it. */
  readonly passed: number;
  /** Where all pass, on what share of other inputs something else comes out than without it, and on what share it fails. */
  readonly changes: number | null;
  readonly breaks: number | null;
}

export interface MendTask {
  readonly module: string;
  readonly files: Readonly<Record<string, string>>;
  readonly tests: readonly { readonly call: string }[];
  /** Of the files as they are; null where they were not tested. */
  readonly results: readonly { readonly ok: boolean }[] | null;
  /** The lines that each test runs; null where nobody can tell. */
  readonly ran: readonly (readonly number[] | null)[] | null;
  /** Of the last edits that were probed. */
  readonly probed: readonly (Trial & { readonly mutation: Edit })[];
  /** How many more times the tests may be run. */
  readonly left: number;
}

/** Whether an observation has the shape of a repair, whatever its environment is called. */
export function isMendTask(observation: unknown): observation is MendTask {
  if (typeof observation !== 'object' || observation === null) return false;
  const { module, files, tests, results, ran, probed, left } = observation as Partial<
    Record<keyof MendTask, unknown>
  >;
  return (
    typeof module === 'string' &&
    typeof files === 'object' &&
    files !== null &&
    Array.isArray(tests) &&
    (results === null || Array.isArray(results)) &&
    (ran === null || Array.isArray(ran)) &&
    Array.isArray(probed) &&
    typeof left === 'number'
  );
}

export function textOf({ module, files }: MendTask): string {
  return files[module] ?? '';
}

export function editName({ kind, line, nth }: Edit): string {
  return `${kind} ${line} ${nth}`;
}

/** The edits among what can be done. */
export function editsAmong(affordances: readonly Action[]): Edit[] {
  return affordances.flatMap(({ mutate }) => (mutate === undefined ? [] : [mutate as unknown as Edit]));
}
