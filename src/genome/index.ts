export { openArchive, openRunArchive, type Archive } from './archive.ts';
export { partsOf, withoutParts, type ChangePart } from './change-parts.ts';
export { applyPatch, genomeOf, loadGenome, type Genome } from './genome.ts';
