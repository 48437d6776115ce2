export { createRollout, type EpisodeMemory, type Rollout } from './rollout.ts';
