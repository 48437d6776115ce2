import type { Remedy } from '../protocol/index.ts';

/** What is asked of a task family before it is trusted. */
export type CheckName =
  | 'generation'
  | 'opening'
  | 'oracle'
  | 'repetition'
  | 'doing nothing'
  | 'random actions'
  | 'blind actions'
  | 'malformed evidence'
  | 'mutants'
  | 'forging'
  | 'borrowed evidence'
  | 'witness'
  | 'verifier'
  | 'affordances'
  | 'answers'
  | 'leaks'
  /** Whether the check itself came to its end. */
  | 'completion';

export interface Finding {
  readonly check: CheckName;
  /** `unknown` where the check does not apply, what it needs was not there, or only a person can tell. */
  readonly verdict: 'sound' | 'unsound' | 'unknown';
  /** One sentence. */
  readonly says: string;
  /** What to change, where it is unsound. */
  readonly remedy?: Remedy;
}

/** How many changed solutions the verifier had to refuse, and did. */
export interface MutationScore {
  readonly mutants: number;
  readonly refused: number;
}

/** Solutions done again where a world is not repeatable by its seed, and how many of them were lost. */
export interface Flakes {
  readonly lost: number;
  readonly repeats: number;
}

/** `unchecked` where nothing speaks against a family, and without a reference solution nothing can speak for it. */
export type FamilyVerdict = 'sound' | 'unsound' | 'unchecked';

export interface FamilyReport {
  readonly family: string;
  readonly verdict: FamilyVerdict;
  /** Whether that is the verdict. */
  readonly sound: boolean;
  readonly findings: readonly Finding[];
  readonly mutation: MutationScore;
  /** Null where the same seed comes to the same. */
  readonly flakes: Flakes | null;
  /** Who alone tells what is judged, where that is a part of what is judged: `the page's own script`. Null where there are other witnesses. */
  readonly witness: string | null;
  /** Share of the oracle's actions that were among the affordances; null where there are none. */
  readonly coverage: number | null;
  /** Mean number of actions of the oracle, and mean wall time of its episodes in ms. */
  readonly steps: number;
  readonly milliseconds: number;
}

export const sound = (check: CheckName, says: string): Finding => ({ check, verdict: 'sound', says });
export const unknown = (check: CheckName, says: string): Finding => ({ check, verdict: 'unknown', says });
export const unsound = (check: CheckName, says: string, remedy: string | Remedy): Finding => ({
  check,
  verdict: 'unsound',
  says,
  remedy: typeof remedy === 'string' ? { text: remedy } : remedy,
});
