/** A repair as it is shown: a module with a fault, tests of its functions, and what edits of it came to. */
import type { Action } from 'lamarck/agent';

/** A typed single edit by its name. */
export interface Edit {
  readonly path: string;
  readonly kind: string;
  readonly line: number;
  readonly nth: number;
}

export interface MendTask {
  readonly module: string;
  readonly files: Readonly<Record<string, string>>;
  readonly tests: readonly { readonly call: string }[];
  /** Of the files as they are; null where they were not tested. */
  readonly results: readonly { readonly ok: boolean }[] | null;
  /** Of the last edits that were probed: how many tests pass with each. */
  readonly probed: readonly { readonly mutation: Edit; readonly passed: number }[];
  /** Runs of the tests that are left. */
  readonly left: number;
}

/** Whether an observation has the shape of a repair, whatever its environment is called. */
export function isMendTask(observation: unknown): observation is MendTask {
  if (typeof observation !== 'object' || observation === null) return false;
  const { module, files, tests, results, probed, left } = observation as Partial<
    Record<keyof MendTask, unknown>
  >;
  return (
    typeof module === 'string' &&
    typeof files === 'object' &&
    files !== null &&
    Array.isArray(tests) &&
    (results === null || Array.isArray(results)) &&
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
