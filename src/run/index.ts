export { codeOfFamilies, fingerprintOf } from './configuration-fingerprint.ts';
export { firstTasksHash, runFamilies, type RunFamilies, type RunFamily } from './families.ts';
export { changesBetween } from './fingerprint.ts';
export {
  configurationOf,
  findRunFolder,
  listRuns,
  readManifest,
  restoreManifest,
  writeManifest,
  type ListedRun,
  type RunManifest,
} from './folder.ts';
export { actorNamed } from './actor-named.ts';
export type { RunLog } from './log.ts';
export { openRunRecord, type Recovery, type RunRecord } from './record.ts';
export { seedGenomeOf } from './seed-genome.ts';
export { summaryOf } from './summary.ts';
export { readSummary, writeSummary } from './summary-file.ts';
export { runReference, startRun, type RunPlan } from './start.ts';
