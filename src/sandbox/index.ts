export type {
  BrowserSandbox,
  BrowserStatistics,
  PageLease,
  PageObservation,
  ResetTier,
  Site,
  VisibleElement,
} from './browser.ts';
export type {
  GenomeFiles,
  Guest,
  GuestAnswer,
  GuestFault,
  GuestLimits,
  GuestReply,
  Mind,
  MindSandbox,
} from './minds.ts';
export type { ProgramCandidate, ProgramLimits, ProgramOutcome, ProgramSandbox } from './programs.ts';
export type { Sandboxes } from './sandboxes.ts';
