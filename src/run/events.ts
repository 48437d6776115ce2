import type { Summary } from '../protocol/index.ts';
import type { GenomeFiles } from '../sandbox/index.ts';
import type { Score, RaceVerdict } from '../statistics/index.ts';

/** What a watcher of a run is told, in order. Times are left to the watcher. */
export type RunEvent =
  | { type: 'phase'; phase: 'calibrating' | 'exploring' | 'confirming' | 'sealing' | 'reporting' }
  | { type: 'activity'; arm?: 'learner'; text: string }
  | {
      type: 'episode';
      reward: number | null;
      environment: string;
      family: string;
      /** Of its own wall time, among others that were played at once. */
      seconds: number;
      spent: number;
      played: number;
    }
  | { type: 'calibrated'; noise: Score; seedAgent: Score }
  | {
      type: 'child-admitted';
      id: string;
      parent: string;
      kind: string;
      rationale: string;
      /** The files of both: whoever shows what differs compares them. */
      before: GenomeFiles;
      after: GenomeFiles;
    }
  | { type: 'child-refused'; parent: string; kind: string; reason: string }
  | { type: 'child-raced'; id: string; verdict: RaceVerdict; dev: Score; difference: Score; rounds: number }
  | { type: 'learned'; id: string; rationale: string }
  | { type: 'confirmed'; id: string; dev: Score; difference: Score }
  | { type: 'finished'; summary: Summary };
