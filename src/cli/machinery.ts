import { availableParallelism } from 'node:os';
import type { LoadedConfiguration } from '../config/index.ts';
import { createMindSandbox, worldProgram } from '../presets.ts';
import type { MindSandbox } from '../sandbox/index.ts';
import { createWorldPool, type WorldPool } from '../world/index.ts';

/** Pages of one Chromium: more of them wait for each other. */
const PAGES = 2;

/** The processes that episodes are played in. They start when they are first needed. */
export interface Machinery extends AsyncDisposable {
  readonly minds: MindSandbox;
  readonly world: WorldPool;
  /** Episodes at once. */
  readonly workers: number;
}

/**
 * @param onNotice told what a person should know of, e.g. that a browser is being unpacked
 * @param improvers that think at once
 */
export function openMachinery(
  configuration: LoadedConfiguration,
  onNotice: (text: string) => void,
  improvers = 0,
): Machinery {
  const workers = configuration.workers ?? Math.min(4, availableParallelism());
  // An improver keeps its mind while its drafts play, and so does an agent that mends itself for one.
  const minds = createMindSandbox({ processes: workers + 2 * improvers, onNotice });
  const world = createWorldPool({
    program: worldProgram({
      config: configuration.file,
      pages: PAGES,
      ...(configuration.chromium === undefined ? {} : { chromium: configuration.chromium }),
    }),
    processes: Math.ceil(workers / PAGES),
    onNotice,
  });
  return {
    minds,
    world,
    workers,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([minds[Symbol.asyncDispose](), world[Symbol.asyncDispose]()]);
    },
  };
}
