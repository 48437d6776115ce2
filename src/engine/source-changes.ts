import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Editors write a file in several steps: changes within so many ms are one. */
const TOGETHER = 200;
/** What a task is made of, and folders that hold other things. */
const SOURCE = /\.(?:[cm]?[jt]sx?|json|html|css)$/;
const NOT_SOURCE = /^(?:node_modules|runs|dist|\..*)$/;

/** Names of the files of a project, each when it has changed; without end. */
export async function* sourceChanges(folder: string): AsyncGenerator<string, never> {
  let changed = Promise.withResolvers<string>();
  const heard = (_event: string, file: string | null): void => {
    if (file !== null && SOURCE.test(file)) changed.resolve(file);
  };
  watch(folder, heard);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory() && !NOT_SOURCE.test(entry.name))
      watch(join(folder, entry.name), { recursive: true }, heard);
  for (;;) {
    const file = await changed.promise;
    await sleep(TOGETHER);
    changed = Promise.withResolvers();
    yield file;
  }
}
