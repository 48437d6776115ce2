import type { Remedy } from '../protocol/index.ts';
import type { FamilyReport } from '../soundness/index.ts';

/** What is said of a family that could not even be checked. */
export function failedReport(family: string, says: string, remedy: Remedy | undefined): FamilyReport {
  return {
    family,
    verdict: 'unsound',
    sound: false,
    findings: [{ check: 'generation', verdict: 'unsound', says, ...(remedy && { remedy }) }],
    mutation: { mutants: 0, refused: 0 },
    witness: null,
    flakes: null,
    coverage: null,
    steps: 0,
    milliseconds: 0,
  };
}
