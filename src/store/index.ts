export { lockRun, writerOf } from './run-lock.ts';
export { endingOf, type EpisodeRow } from './run-tables.ts';
export { openStore, type Store } from './store.ts';
