import type { Summary } from '../protocol/index.ts';
import type { Interval, Verdict } from '../evaluation/index.ts';

/** What a watcher of a run is told, in order. Times are left to the watcher. */
export type RunEvent =
  | { type: 'phase'; phase: 'calibrating' | 'exploring' | 'confirming' | 'sealing' | 'reporting' }
  | { type: 'activity'; arm?: 'learner'; text: string }
  | { type: 'episode'; reward: number | null; environment: string; spent: number; played: number }
  | { type: 'calibrated'; noise: Interval; seedAgent: Interval }
  | { type: 'child-admitted'; id: string; parent: string; kind: string; rationale: string; change: string }
  | { type: 'child-refused'; parent: string; kind: string; reason: string }
  | { type: 'child-raced'; id: string; verdict: Verdict; dev: Interval; difference: Interval; rounds: number }
  | { type: 'learned'; id: string; rationale: string }
  | { type: 'confirmed'; id: string; dev: Interval; difference: Interval }
  | { type: 'finished'; summary: Summary };
