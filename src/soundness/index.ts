export { checkFamily } from './check-family.ts';
export type { FamilyReport } from './report.ts';
