export { openArchive, openRunArchive, type Archive } from './archive.ts';
export { calibrate } from './calibrating.ts';
export { partsOf, withoutParts, type ChangePart } from './change-parts.ts';
export type { RunEvent } from './events.ts';
export { diffGenomes, summarizeDiff } from './genome-diff.ts';
export { confirm } from './confirming.ts';
export { profileOf } from './expanding.ts';
export { explore } from './exploring.ts';
export { improve } from './improvement.ts';
export { learnAlone } from './learning-line.ts';
export { evolve, nightFamilies, type EvolveResult } from './evolve.ts';
export { genomeOf, loadGenome, type Genome } from './genome.ts';
export type { Night } from './night.ts';
export { changesBetween, describeChanges, firstTasksHash, type RunFingerprint } from './run-fingerprint.ts';
export {
  configurationOf,
  createRunFolder,
  findRunFolder,
  listRuns,
  readManifest,
  restoreManifest,
  writeManifest,
  type ListedRun,
  type RunManifest,
} from './run-folder.ts';
export { openRunRecord, type Recovery, type RunRecord } from './run-record.ts';
export { readSummary } from './summary-file.ts';
export { genomeNamed } from './genome-named.ts';
export { demonstrationsIn } from './demonstrations.ts';
export {
  assertAffordable,
  explorationBudget,
  plannedEpisodes,
  type PlannedEpisodes,
  type RunPhase,
} from './spending.ts';
