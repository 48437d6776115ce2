import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, SealRecordSchema, type SealRecord } from '../protocol/index.ts';
import { openBlobs } from '../trajectory/index.ts';

/**
 * Second copies of a run's seals, each a file named by its hash. Everything else that a damaged record loses is played again;
 * a seal says that a slice was opened, and nothing that is played could say it.
 */
export interface SealCopies {
  keep(seal: SealRecord): Promise<void>;
  /** The seals that can be read. */
  list(): Promise<SealRecord[]>;
}

export function openSealCopies(runFolder: string): SealCopies {
  const folder = join(runFolder, 'seals');
  const files = openBlobs(folder);
  return {
    keep: async (seal) => void (await files.put(canonicalJson(seal))),
    async list() {
      const names = await readdir(folder).catch(() => []);
      const seals = await Promise.all(
        names.map((name) =>
          files.get(name).then(
            (text) => SealRecordSchema.safeParse(JSON.parse(text.toString('utf8'))).data,
            () => undefined,
          ),
        ),
      );
      return seals.filter((seal) => seal !== undefined).sort((left, right) => left.slice - right.slice);
    },
  };
}
