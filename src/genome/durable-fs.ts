import {
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  rmdir,
  stat,
  symlink,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { PromiseFsClient } from 'isomorphic-git';
import { writeDurably } from '../trajectory/index.ts';

/**
 * A file system for isomorphic-git whose files are whole or not there: it writes objects in place otherwise, and a
 * kill in the middle would leave one broken for ever. Temporary files go to a folder of their own within `root`,
 * where git does not look for objects or refs.
 */
export function createDurableFs(root: string): PromiseFsClient {
  const temporaryFolder = join(root, 'tmp');
  let cleared: Promise<void> | undefined;
  return {
    promises: {
      writeFile: async (path: string, data: string | Uint8Array): Promise<void> => {
        // What a killed writer left. Only the first write clears it: who merely reads must not disturb who writes.
        cleared ??= rm(temporaryFolder, { recursive: true, force: true });
        await cleared;
        await writeDurably(path, data, temporaryFolder);
      },
      lstat,
      mkdir,
      readFile,
      readdir,
      readlink,
      rmdir,
      stat,
      symlink,
      unlink,
    },
  };
}
