export type { Actor } from './actor.ts';
export { createGenomeActor } from './genome-actor.ts';
export { createLocalWorld, beginningOf, openTask, viewOf } from './local-world.ts';
export { createRecordedActor, createScriptedActor, oracleActor, randomActor } from './reference-actors.ts';
export { episodeKey, runEpisode, type EpisodeJob } from './run-episode.ts';
export { openEpisode, type Moment, type SteppedEpisode } from './stepped-episode.ts';
export type { World, WorldOptions, WorldSession } from './world.ts';
export { isRepeatable, verifyTrajectory } from './verify-trajectory.ts';
export { createTimeLimit } from './time-limit.ts';
