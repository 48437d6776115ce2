export { boundedFamily } from './bounded-family.ts';
export { checkFamily } from './check-family.ts';
export { openLedger, type Ledger } from './ledger.ts';
export { shiftClock } from './shifted-clock.ts';
export type { FamilyReport, FamilyVerdict } from './report.ts';
export { openOnce } from './opening.ts';
