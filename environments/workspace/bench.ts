import type { Json } from 'lamarck';
import { gainSpan } from 'lamarck/agent';
import type { Case } from './cases.ts';

/** Texts of files by path. */
export type Tree = Readonly<Record<string, string>>;

/** What came of one test. */
export type TestResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly got: Json }
  | { readonly ok: false; readonly kind: string; readonly message: string };

/** How one tree differs from another, as shares of what both were given. */
export interface Comparison {
  /** Something else comes out. */
  readonly changes: number;
  /** It fails, and the other does not. */
  readonly breaks: number;
}

/** Where the tests of a tree run. */
export interface Bench {
  /** Runs tests on several trees, while they are worked on. */
  run(trees: readonly Tree[], cases: readonly Case[]): Promise<TestResult[][]>;
  /** Runs tests for a verdict. */
  judge(tree: Tree, cases: readonly Case[]): Promise<TestResult[]>;
  /** The lines that each test runs, from 1; null for one that did not end. Absent where nobody can tell. */
  trace?(tree: Tree, cases: readonly Case[]): Promise<(number[] | null)[]>;
  /** How trees differ from one on inputs of which nobody says what should come of them. Absent where that costs too much. */
  compare?(
    tree: Tree,
    others: readonly Tree[],
    inputs: readonly Omit<Case, 'output'>[],
  ): Promise<Comparison[]>;
}

/** Tests that pass now and did not before, and the other way round. A missing result counts against what is there now. */
export function gainOf(
  before: readonly TestResult[],
  now: readonly TestResult[],
): { won: number; lost: number } {
  const rewardOf = (result: TestResult | undefined): number | null =>
    result === undefined || (!result.ok && 'kind' in result && result.kind === MISSING)
      ? null
      : Number(result.ok);
  const least = before.map((one, at) => gainSpan(rewardOf(one), rewardOf(now[at])).least);
  return {
    won: least.filter((difference) => difference > 0).length,
    lost: least.filter((difference) => difference < 0).length,
  };
}

/** The kind of a result that is missing: a fault of ours, or one that the tested code provoked. */
export const MISSING = 'missing';

export function passedOf(results: readonly TestResult[]): number {
  return results.filter(({ ok }) => ok).length;
}
