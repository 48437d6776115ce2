export { createRollout, drained, type EpisodeMemory, type Rollout, type Tally } from './rollout.ts';
