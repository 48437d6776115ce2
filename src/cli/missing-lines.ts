import { nothingPlayed, type MissingReason } from '../protocol/index.ts';
import { reportError } from './report-error.ts';

/** How many episodes have no reward, and why: a line for each error code. No line where no reward is missing. */
export function missingLines(reasons: readonly MissingReason[], episodes: number): string[] {
  if (reasons.length === 0) return [];
  return [
    `${missingIn(reasons)} of ${episodes} episodes have no reward. In means a missing reward counts as 0; intervals span what it may have been.`,
    ...reasons.map(({ code, count, example }) => `  ${count} × ${code}: ${example}`),
  ];
}

/** Makes the command fail, with the reasons, where none of its episodes has a reward. */
export function failWhereNothingPlayed(reasons: readonly MissingReason[], episodes: number): void {
  if (episodes > 0 && missingIn(reasons) === episodes) process.exitCode = reportError(nothingPlayed(reasons));
}

function missingIn(reasons: readonly MissingReason[]): number {
  return reasons.reduce((sum, { count }) => sum + count, 0);
}
