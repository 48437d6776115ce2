export { openArchive, type Archive } from './archive.ts';
export type { RunEvent } from './events.ts';
export { evolve, nightFamilies, type EvolveResult } from './evolve.ts';
export { loadGenome, type Genome } from './genome.ts';
export { fingerprintOf } from './night.ts';
export { createRunFolder, findRunFolder, listRuns, readManifest, type RunManifest } from './run-folder.ts';
export { openRunRecord } from './run-record.ts';
export { assertAffordable } from './spending.ts';
