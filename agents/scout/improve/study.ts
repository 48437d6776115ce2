/**
 * What an improvement is made of: a study asks for episodes, learns from what came of them, and asks again, until it has
 * had enough; then it may have something to hand down. Studies are plain values: each step gives a new one.
 */
import type { ImproverEmitted, PlayRequest, TrajectoryView } from 'lamarck/agent';

export type Patch = Omit<Extract<ImproverEmitted, { type: 'patch' }>, 'type'>;

export interface Study {
  /** The episodes that it asks for; `undefined` once it is through. */
  readonly request: PlayRequest | undefined;
  /** Takes in what was played; may ask for at most `episodesLeft` more. */
  learn(trajectories: readonly TrajectoryView[], episodesLeft: number): Study;
  /** What the child inherits; `undefined` where nothing was learned. */
  patch(): Patch | undefined;
}

/** JSON as it is written to a file of the genome. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Share of wins among the episodes that say something. */
export function successRate(trajectories: readonly TrajectoryView[]): number {
  const told = trajectories.filter(({ reward }) => reward !== null);
  return told.length === 0 ? 0 : told.filter(({ reward }) => reward === 1).length / told.length;
}
