import type { BrowserSandbox } from './browser.ts';
import type { Compiler } from './compiler.ts';
import type { ProgramSandbox } from './programs.ts';
import type { Trials } from './trials.ts';

/** What an environment's session may use. Each starts on first use. */
export interface Sandboxes {
  readonly browser: BrowserSandbox;
  readonly programs: ProgramSandbox;
  readonly compiler: Compiler;
  /** Where an agent mends itself in a run; nowhere else. */
  readonly trials?: Trials;
}
