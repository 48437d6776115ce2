import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageFamily } from '../environments/index.ts';
import { createBrowserSandbox, resolveChromium, visitPage } from '../sandboxes/browser/index.ts';
import { createCompiler } from '../sandboxes/compiler/index.ts';
import { createGuestSandbox, createProgramSandbox, probeIsolate } from '../sandboxes/isolate/index.ts';
import { SELF_MENDING, selfMending } from '../tasks/self-mending/index.ts';
import { packageRoot } from './package-root.ts';
import type { BrowserSandbox, Compiler, ProgramSandbox } from './sandbox/index.ts';
import type { TaskFamily } from './task/index.ts';
import type { EnvironmentProgram } from './world/index.ts';

// The only file in src that imports the folders beside it: everything else is handed what it needs.
export {
  createGuestSandbox,
  createProgramSandbox,
  pageFamily,
  probeIsolate,
  resolveChromium,
  SELF_MENDING,
  selfMending,
  visitPage,
};

/** Folder of the embedded agent's genome. */
export const scoutFolder = join(packageRoot, 'agents', 'scout');

/** Whether a family comes with the package, whose own tests check it. */
export async function isShipped(family: TaskFamily): Promise<boolean> {
  // Two hundred modules, which a project that has tasks of its own does without.
  if (!/^(web|programs|repairs)\//.test(family.name)) return false;
  const { allPrograms, allWeb, repairs } = await import('../tasks/index.ts');
  return [...allWeb, ...allPrograms, ...repairs].includes(family);
}

/** The sandboxes of one environment process. */
export function createSandboxes(options: {
  pages: number;
  /** The number of its first page, among those of all environment processes. */
  firstSeat?: number;
  chromium?: string;
  /** Whether a person sees the browser. */
  visible?: boolean;
  /** How long the page of a site may take over anything, in ms of wall time. */
  hungAfterMilliseconds?: number;
  onNotice?: (text: string) => void;
}): {
  readonly browser: BrowserSandbox;
  readonly programs: ProgramSandbox;
  readonly compiler: Compiler;
} & AsyncDisposable {
  const { pages, firstSeat = 0, chromium, visible = false, hungAfterMilliseconds, onNotice } = options;
  const browser = createBrowserSandbox({
    pages,
    firstSeat,
    visible,
    ...(chromium === undefined ? {} : { executablePath: chromium }),
    ...(hungAfterMilliseconds === undefined ? {} : { hungAfterMilliseconds }),
    ...(onNotice ? { onNotice } : {}),
  });
  const programs = createProgramSandbox();
  return {
    browser,
    programs,
    compiler: createCompiler(),
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([browser[Symbol.asyncDispose](), programs[Symbol.asyncDispose]()]);
    },
  };
}

/** How an environment process for a configuration is started, from the sources or from what is built. */
export function environmentProgram(options: {
  config: string;
  pages: number;
  /** The number of the first page of the first process. */
  firstSeat?: number;
  chromium?: string;
  /** Whether its clock shows another day. */
  isLater?: boolean;
}): EnvironmentProgram {
  const { firstSeat = 0 } = options;
  const isSource = import.meta.url.endsWith('.ts');
  return {
    file: fileURLToPath(
      new URL(isSource ? './environment-process.ts' : './environment-process.js', import.meta.url),
    ),
    argumentsAt: (place) => [JSON.stringify({ ...options, firstSeat: firstSeat + place * options.pages })],
    execArguments: [
      '--disable-warning=ExperimentalWarning',
      ...(isSource ? ['--conditions=lamarck-source'] : []),
    ],
  };
}
