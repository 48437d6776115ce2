/**
 * What an improvement is made of: a study asks for episodes, learns from what came of them, and asks again, until it has
 * had enough; then it may have something to hand down. Studies are plain values: each step gives a new one.
 */
import type {
  ExploreRequest,
  ImproverEmitted,
  MendRequest,
  PlayRequest,
  TrajectoryView,
} from 'lamarck/agent';

export type Patch = Omit<Extract<ImproverEmitted, { type: 'patch' }>, 'type'>;

export interface Study {
  /** What it asks for: episodes of a draft, first wins found by exploring, or a repair; `undefined` once it is through. */
  readonly request: PlayRequest | ExploreRequest | MendRequest | undefined;
  /** Takes in the reply; may ask for at most `episodesLeft` episodes more. */
  learn(trajectories: readonly TrajectoryView[], episodesLeft: number): Study;
  /** What the child inherits; `undefined` where nothing was learned. */
  patch(): Patch | undefined;
  /** Files that are worth handing down with whatever the child inherits, if only to know what came to nothing. */
  readonly kept?: Readonly<Record<string, string>>;
  /** Some of the episodes that were won, the newest of each kind of task: another study may learn from them too. */
  readonly wins?: readonly TrajectoryView[];
}

/** A study that is through. */
export function finished(patch: Patch | undefined, kept: Readonly<Record<string, string>> = {}): Study {
  return { request: undefined, learn: () => finished(patch, kept), patch: () => patch, kept };
}

/**
 * Plays drafts on the same tasks, one after the other, and goes on with what came of each: with fewer results than
 * drafts where the budget ended before.
 */
export function inTurn(
  drafts: readonly PlayRequest['files'][],
  tasks: PlayRequest['tasks'],
  goOn: (played: readonly (readonly TrajectoryView[])[]) => Study,
  played: readonly (readonly TrajectoryView[])[] = [],
): Study {
  const files = drafts[played.length];
  if (files === undefined || tasks.length === 0) return goOn(played);
  return {
    request: { files, tasks, repeats: 1 },
    learn: (trajectories) =>
      trajectories.length < tasks.length
        ? goOn(played)
        : inTurn(drafts, tasks, goOn, [...played, trajectories]),
    patch: () => undefined,
  };
}

/** JSON as it is written to a file of the genome. */
export function jsonFile(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Share of wins; an episode whose reward is missing is not won. */
export function successRate(trajectories: readonly TrajectoryView[]): number {
  const won = trajectories.filter(({ reward }) => reward === 1).length;
  return won / Math.max(1, trajectories.length);
}
