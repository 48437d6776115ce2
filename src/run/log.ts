import type { ImprovementRecord, SealRecord } from '../protocol/index.ts';

/** What a run remembers of itself beside its episodes. */
export interface RunLog {
  /** Stores the files of a genome as blobs; returns their hashes by path. */
  keepFiles(files: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /**
   * Records an improvement once; a resumed run that comes to the same place finds it there.
   *
   * @throws LamarckError `LAMARCK_RUN_DIVERGED` where the record holds another outcome at this place.
   */
  improvement(record: ImprovementRecord): Promise<void>;
  /** Opens the sealed slice that belongs to this budget: the one opened before for it, else a fresh one. */
  seal(budget: number, champion: string): Promise<SealRecord>;
}
