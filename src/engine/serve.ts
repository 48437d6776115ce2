import type { LoadedConfiguration } from '../config/index.ts';
import { createLocalWorld, type World } from '../episode/index.ts';
import { createOffer, serveEnvironment, serveStdio } from '../interop/index.ts';
import { openOnce } from '../soundness/index.ts';
import { makeTask, splitSeed, type TaskFamily } from '../task/index.ts';
import { familiesServed } from './families-named.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';

/** An environment whose tasks others may play. */
export interface Served extends AsyncDisposable {
  readonly environment: string;
  readonly families: readonly string[];
  /** Offers OpenEnv over HTTP and WebSocket, and MCP over HTTP. */
  listen(options: Parameters<typeof serveEnvironment>[1]): ReturnType<typeof serveEnvironment>;
  /** Speaks MCP over standard input and output until the signal is aborted. */
  speak(signal: AbortSignal): Promise<void>;
}

/**
 * Lets agents elsewhere play the tasks of an environment, or of families that a pattern names.
 *
 * @throws what keeps the first family from opening, where no family opens
 */
export async function serve(
  configuration: LoadedConfiguration,
  name: string,
  notice: (text: string) => void,
): Promise<Served> {
  const families = familiesServed(name, configuration);
  assertReady(families);
  await using open = new AsyncDisposableStack();
  const machinery = open.use(openMachinery(configuration, notice));
  const world = worldOf(families, machinery.world);
  const offer = createOffer(families, world, configuration.seed);
  await assertOpens(families, configuration.seed, world);
  const resources = open.move();
  return {
    environment: offer.environment.name,
    families: families.map((family) => family.name),
    listen: (options) => serveEnvironment(offer, options),
    speak: (signal) => serveStdio(offer, signal),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Sessions that ask for no sandbox are in the server's own process: they would wait longer for another one than they work. */
function worldOf(families: readonly TaskFamily[], elsewhere: World): World {
  const here = new Map(
    families
      .filter(({ environment }) => environment.sandboxes.length === 0)
      .map((family) => [family.name, createLocalWorld(family, {})]),
  );
  return {
    open: (task, signal, options) => (here.get(task.family) ?? elsewhere).open(task, signal, options),
  };
}

/** A server whose sessions cannot open would look as if it offered tasks, and fail each of its clients. */
async function assertOpens(families: readonly TaskFamily[], seed: number, world: World): Promise<void> {
  const faults: unknown[] = [];
  for (const family of families) {
    try {
      await openOnce(family, makeTask(family, splitSeed('train', seed, 0), 1), world);
      return;
    } catch (error) {
      faults.push(error);
    }
  }
  throw faults[0];
}
