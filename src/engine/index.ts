export { endWithStarter, startChild, sweepTemporaryFolders, type Child } from '../processes/index.ts';
export {
  advance,
  EMPTY_RUN,
  remedyInWords,
  runStateOf,
  type GenomeState,
  type RunEvent,
  type RunState,
} from '../protocol/index.ts';
export { packageVersion } from '../package-root.ts';
export type { Moment } from '../episode/index.ts';
export type { FamilyReport, FamilyVerdict } from '../soundness/index.ts';
export type { AblateEvent, AblateOptions, AblationPlan, AblationResult } from './ablate.ts';
export type { NamedArchive } from './archive.ts';
export type { AdoptedSuite, SuiteSource } from './authoring/adopt.ts';
export type { Made } from './authoring/scaffold.ts';
export type { Check, CheckEvent, CheckOptions } from './check.ts';
export type { Finding } from './doctor.ts';
export type { PlayedEpisode, PlayOptions } from './episode.ts';
export type { EvaluateEvent, EvaluateOptions, Evaluation } from './evaluate.ts';
export type { EpisodesEnded, Notice } from './events.ts';
export type { Evolution, EvolutionPlan, EvolveEvent } from './evolve.ts';
export type { BrokenFamily, FamilyList, ListedFamily } from './families.ts';
export type { Game, GameOptions, GameOutcome, Table } from './game.ts';
export { examine, initProject } from './without-project.ts';
export type { Operation } from './operation.ts';
export { assertOptions, type EvolveOptions } from './evolve-options.ts';
export { openProject, type Project, type ProjectOptions } from './project.ts';
export type { RecordedRun } from './recorded-run.ts';
export type { ReplayEvent, ReplayOptions, Verification } from './replay.ts';
export type { RescoreOptions, Rescored, Rescoring } from './rescore.ts';
export type { RunEntry } from './runs.ts';
export type { Served } from './serve.ts';
export type { WatchedRun, WatchOptions } from './watch.ts';
export { writeOutput } from './write-output.ts';
export { sourceChanges } from './source-changes.ts';
export { systemFault } from './system-fault.ts';
export type { TimeForecast } from './time-forecast.ts';
