import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { storeError } from './store-error.ts';

let temporaries = 0;

/**
 * Writes a file whole or not at all: into a temporary file, synced, then renamed into place. A kill at any moment
 * leaves the old file, or the new one.
 *
 * @param temporaryFolder where the temporary file goes (default: beside the file); it must be on the same disk.
 * @throws LamarckError `LAMARCK_STORE_FULL`, `LAMARCK_STORE_READ_ONLY` or `LAMARCK_STORE_FAILED`.
 */
export async function writeDurably(
  path: string,
  data: string | Uint8Array,
  temporaryFolder = dirname(path),
): Promise<void> {
  const temporary = join(temporaryFolder, `.${basename(path)}.${process.pid}.${temporaries++}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await mkdir(temporaryFolder, { recursive: true });
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw storeError(error, `write ${path}`);
  }
}

/** Makes the names in a folder survive a loss of power. Windows has no such call, and no need of it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
