import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LamarckError } from '../protocol/index.ts';
import { sha256 } from '../host/index.ts';
import { writeDurably } from './durable-file.ts';
import { storeError } from './store-error.ts';

/** Contents by their SHA-256: pages, programs, files of genomes. */
export interface Blobs {
  /** Keeps a content, once, and names it. One that is kept but damaged is written anew. */
  put(content: string | Uint8Array): Promise<string>;
  /** @throws LamarckError `LAMARCK_BLOB_MISSING`, or `LAMARCK_BLOB_CORRUPT` where it is not what its name says. */
  get(hash: string): Promise<Buffer>;
}

/** The blobs in a folder; it is made with the first. */
export function openBlobs(folder: string): Blobs {
  const written = new Set<string>();
  const read = async (hash: string): Promise<Buffer | undefined> => {
    const path = join(folder, hash);
    return readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw storeError(error, `read ${path}`);
    });
  };
  return {
    put: async (content) => {
      const hash = sha256(content);
      if (written.has(hash)) return hash;
      const kept = await read(hash);
      if (!kept || sha256(kept) !== hash) await writeDurably(join(folder, hash), content);
      written.add(hash);
      return hash;
    },
    get: async (hash) => {
      if (!/^[0-9a-f]{64}$/.test(hash)) throw missing(folder, hash);
      const content = await read(hash);
      if (!content) throw missing(folder, hash);
      if (sha256(content) === hash) return content;
      throw new LamarckError({
        code: 'LAMARCK_BLOB_CORRUPT',
        boundary: 'store',
        message: `The blob ${hash} in ${folder} is damaged: its content has another hash.`,
        remedy: 'Restore the file from a copy of the run.',
      });
    },
  };
}

function missing(folder: string, hash: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_BLOB_MISSING',
    boundary: 'store',
    message: `There is no blob ${hash} in ${folder}.`,
    remedy: 'Restore the file from a copy of the run.',
  });
}
