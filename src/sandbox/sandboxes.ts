import type { BrowserSandbox } from './browser.ts';
import type { Compiler } from './compiler.ts';
import type { ProgramSandbox } from './programs.ts';

/** What an environment's session may use. Each starts on first use. */
export interface Sandboxes {
  readonly browser: BrowserSandbox;
  readonly programs: ProgramSandbox;
  readonly compiler: Compiler;
}
