import { availableParallelism } from 'node:os';
import type { LoadedConfiguration } from '../config/index.ts';
import { createGuestSandbox, environmentProgram } from '../presets.ts';
import type { GuestSandbox } from '../sandbox/index.ts';
import { createWorldPool, type WorldPool } from '../world/index.ts';

/** Pages of one Chromium: more of them wait for each other. */
const PAGES = 2;

/** The processes that episodes are played in. They start when they are first needed. */
export interface Machinery extends AsyncDisposable {
  readonly guests: GuestSandbox;
  readonly world: WorldPool;
  /** The same in a process of its own, whose clock shows another day. */
  readonly elsewhere: WorldPool;
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
  const computing = Math.min(workers, availableParallelism()) + improvers;
  const guests = createGuestSandbox({ processes: computing, onNotice });
  const { file: config, chromium } = configuration;
  const processes = Math.ceil(workers / PAGES);
  const program = { config, pages: PAGES, ...(chromium === undefined ? {} : { chromium }) };
  const world = createWorldPool({ program: environmentProgram(program), processes, onNotice });
  // Behind the pages of the pool, and of the process that it starts for a session by itself.
  const elsewhere = createWorldPool({
    program: environmentProgram({ ...program, pages: 1, firstSeat: (processes + 1) * PAGES, isLater: true }),
    processes: 1,
    onNotice,
  });
  return {
    guests,
    world,
    elsewhere,
    workers,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([guests, world, elsewhere].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}
