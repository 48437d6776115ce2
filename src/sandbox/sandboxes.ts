import type { BrowserSandbox } from './browser.ts';
import type { Compiler } from './compiler.ts';
import type { ProgramSandbox } from './programs.ts';
import type { Trials } from './trials.ts';

/** What an environment may ask for, by name. Each starts on first use. */
export interface Sandboxes {
  readonly browser: Pick<BrowserSandbox, 'lease' | 'leaseApplication'>;
  readonly programs: ProgramSandbox;
  readonly compiler: Compiler;
  /** There only where an agent mends itself in a run. */
  readonly trials: Trials;
}

export type SandboxName = keyof Sandboxes;

export const SANDBOX_NAMES = ['browser', 'programs', 'compiler', 'trials'] as const satisfies SandboxName[];
