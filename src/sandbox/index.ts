export type {
  Application,
  ApplicationLease,
  ApplicationLeaseOptions,
  BrowserSandbox,
  BrowserStatistics,
  ElementSign,
  PageLease,
  ResetTier,
  Site,
  SiteView,
  SyntheticPlay,
  SyntheticPlayout,
} from './browser.ts';
export type { Compiler, Diagnostic } from './compiler.ts';
export type { Chart, ChartState, ChartTransition } from './chart.ts';
export type {
  GenomeEntry,
  GenomeFiles,
  Guest,
  GuestAnswer,
  GuestFault,
  GuestLimits,
  GuestReply,
  GuestSandbox,
  GuestSource,
} from './guests.ts';
export type { ProgramCandidate, ProgramLimits, ProgramOutcome, ProgramSandbox } from './programs.ts';
export { SANDBOX_NAMES, type SandboxName, type Sandboxes } from './sandboxes.ts';
export type { Trials } from './trials.ts';
