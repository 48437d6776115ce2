import type { RunEventRecord, SealRecord } from '../protocol/index.ts';

/** What a run remembers of itself beside its episodes. */
export interface RunLog {
  /**
   * Records an event once; a resumed run that comes to the same place finds it there.
   *
   * @throws LamarckError `LAMARCK_RUN_DIVERGED` where the record holds another outcome of the same improvement.
   */
  record(event: RunEventRecord): Promise<void>;
  /** Opens the sealed slice that belongs to this budget: the one opened before for it, else a fresh one. */
  seal(budget: number, champion: string): Promise<SealRecord>;
}
