import { join } from 'node:path';
import { takeUp } from '../../src/engine/recovery.ts';
import { loadConfiguration } from '../../src/config/index.ts';
import { evolve } from '../../src/evolution/index.ts';
import { findRunFolder, openRunRecord, readManifest, type RunRecord } from '../../src/run/index.ts';
import { loadGenome } from '../../src/genome/index.ts';
import { selfMending, environmentProgram } from '../../src/presets.ts';
import { createGuestSandbox } from '../../sandboxes/isolate/index.ts';
import { createWorldPool } from '../../src/world/index.ts';

type Find = RunRecord['memory']['find'];

/** Resumes runs of a project one after another, as `lamarck evolve --resume` does, in processes that all of them share. */
export interface Resumer extends AsyncDisposable {
  /**
   * @param find in place of the record's own, to let finding an episode fail
   * @returns the lines that a person would see about damage; throws what the run ends with.
   */
  resume(run: string, find?: (key: string, own: Find) => ReturnType<Find>): Promise<readonly string[]>;
}

/** @param project a folder with a configuration and an agent */
export async function createResumer(project: string): Promise<Resumer> {
  const { file, families, runs } = await loadConfiguration('lamarck.config.ts', project);
  const guests = createGuestSandbox({ processes: 6 });
  const world = createWorldPool({ program: environmentProgram({ config: file, pages: 1 }), processes: 1 });
  return {
    async resume(run, find) {
      const folder = findRunFolder(join(project, runs), run);
      const manifest = await readManifest(folder);
      await using record = await openRunRecord(folder);
      const own: Find = (key) => record.memory.find(key);
      const said = await takeUp(folder, manifest, record);
      await evolve({
        folder,
        manifest,
        families,
        record: { ...record, memory: { ...record.memory, ...(find && { find: (key) => find(key, own) }) } },
        origin: () => loadGenome(join(project, 'agent')),
        guests,
        selfMending,
        world,
        workers: 2,
        drain: new AbortController().signal,
        now: () => 0,
        tell: () => {},
      });
      return said;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([guests[Symbol.asyncDispose](), world[Symbol.asyncDispose]()]);
    },
  };
}
