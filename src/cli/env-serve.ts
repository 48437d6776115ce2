import { matchesGlob } from 'node:path';
import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import type { World } from '../episode/index.ts';
import { createOffer, serveEnvironment, serveStdio } from '../interop/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { openOnce } from '../soundness/index.ts';
import { makeTask, splitSeed, type TaskFamily } from '../task/index.ts';
import { brokenNamed, refuseBroken } from './broken-families.ts';
import { drainOnInterrupt } from './interruption.ts';
import { openMachinery } from './machinery.ts';
import { assertReady } from './readiness.ts';
import { style, styled } from './styled-text.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** `lamarck env serve NAME`: lets agents elsewhere play the tasks of a configuration. */
export async function envServeCommand(
  name: string,
  options: {
    config?: string;
    host: string;
    port: number;
    capacity: number;
    allowHost?: string[];
    mcp?: 'stdio';
    json?: boolean;
  },
): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  const families = familiesServed(name, configuration);
  assertReady(families);
  await using machinery = openMachinery(configuration, notice);
  const offer = createOffer(families, machinery.world, configuration.seed);
  const drain = drainOnInterrupt(() =>
    notice(
      options.mcp ? 'Stopping.' : 'Stopping: tasks under way may end first. Ctrl-C again stops at once.',
    ),
  );
  try {
    await assertOpens(families, configuration.seed, machinery.world);
    if (options.mcp) {
      notice(`Serving ${offer.environment.name} over MCP, on standard input and output.`);
      await serveStdio(offer, drain.signal);
      return;
    }
    await using server = await serveEnvironment(offer, { ...options, allowHosts: options.allowHost ?? [] });
    const { url } = server;
    const socket = `${url.replace(/^http/, 'ws')}/ws`;
    const names = families.map((family) => family.name);
    outliveReaders(() => `serving at ${url}`);
    if (options.json) {
      printJson({
        environment: offer.environment.name,
        families: names,
        url,
        socket,
        mcp: `${url}/mcp`,
        capacity: options.capacity,
      });
    } else {
      print(
        styled`Serving ${style('bold', offer.environment.name)}, ${options.capacity} sessions at once, with tasks of ${names.join(', ')}`,
      );
      print(`  OpenEnv    ${url}`);
      print(`  WebSocket  ${socket}`);
      print(`  MCP        ${url}/mcp`);
      print(style('dim', 'Ctrl-C stops it, when the tasks under way have ended.'));
    }
    await new Promise((resolve) => drain.signal.addEventListener('abort', resolve, { once: true }));
    await server.drain();
  } finally {
    drain.release();
  }
}

/**
 * A server whose sessions cannot open would look as if it offered tasks, and fail each of its clients.
 *
 * @throws what keeps the first family from opening, where no family opens
 */
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

function familiesServed(name: string, configuration: LoadedConfiguration): [TaskFamily, ...TaskFamily[]] {
  const { families, file } = configuration;
  const all = [...families.values()];
  const [first, ...others] = all.filter(
    (family) => family.environment.name === name || family.name === name || matchesGlob(family.name, name),
  );
  if (first) return [first, ...others];
  refuseBroken(brokenNamed(name, configuration), configuration);
  const environments = [...new Set(all.map(({ environment }) => environment.name))].join(', ');
  throw new LamarckError({
    code: 'LAMARCK_FAMILY_UNKNOWN',
    boundary: 'user',
    message: `${file} has no environment and no task family "${name}".`,
    remedy: `Environments: ${environments}. Families: ${[...families.keys()].join(', ')}.`,
  });
}
