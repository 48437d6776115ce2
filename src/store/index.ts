export { lockRun } from './run-lock.ts';
export type { EpisodeRow } from './run-tables.ts';
export { openStore, type Store } from './store.ts';
