import { join } from 'node:path';
import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import {
  advance,
  EMPTY_RUN,
  isRunEvent,
  parseRunEvent,
  type RunEvent,
  type RunState,
  type Summary,
} from '../protocol/index.ts';
import { findRunFolder, readManifest, readSummary, runReference } from '../run/index.ts';
import { writerOf } from '../store/index.ts';
import { followFrames, toTrajectory, type FrameRecords } from '../trajectory/index.ts';

/** Time in ms from the folder of a run to its first record. */
const START_LIMIT = 60_000;

export interface WatchOptions {
  /** Ends the watching; the run goes on. */
  readonly signal?: AbortSignal;
}

/** What a run had come to when it was last looked at. */
export interface WatchedRun {
  readonly state: RunState;
  /** Whether a process still works on it: only where the watching was ended before. */
  readonly isRunning: boolean;
  /** Where it has ended. */
  readonly summary?: Summary;
  /** What a person calls it by in a command. */
  readonly reference: string;
}

/**
 * Tells what a run has recorded so far, and then what another process adds to it, until that process ends. It only reads, so it
 * disturbs nobody.
 *
 * @param name the run's name or folder
 * @throws LamarckError `LAMARCK_RUN_NOT_FOUND`
 */
export async function watch(
  configuration: LoadedConfiguration,
  name: string,
  { signal = new AbortController().signal }: WatchOptions,
  tell: (event: RunEvent) => void,
): Promise<WatchedRun> {
  const folder = findRunFolder(runsFolder(configuration), name);
  let state = EMPTY_RUN;
  const until = await beginsUntil(folder);
  const isOver = async (): Promise<boolean> =>
    (await writerOf(folder)) === undefined && (state !== EMPTY_RUN || Date.now() > until);
  const eventOf = episodeCounter();
  for await (const { records } of followFrames(join(folder, 'trajectories'), { isOver, signal })) {
    const event = eventOf(records);
    if (event === undefined) continue;
    state = advance(state, event);
    tell(event);
  }
  const { summary } = await readSummary(folder);
  return {
    state,
    isRunning: (await writerOf(folder)) !== undefined,
    ...(summary && { summary }),
    reference: runReference(folder, configuration),
  };
}

/** How long a run of which nothing is recorded may still be about to begin: its folder is made before its process takes it. Unix ms. */
async function beginsUntil(folder: string): Promise<number> {
  const made = await readManifest(folder).catch(() => undefined);
  return made === undefined ? 0 : Date.parse(made.createdAt) + START_LIMIT;
}

/** Makes of each frame its event; undefined for games that people played, and for an episode that is known. */
function episodeCounter(): (records: FrameRecords) => RunEvent | undefined {
  const known = new Set<string>();
  let played = 0;
  return (records) => {
    const [first] = records;
    if (first && isRunEvent(first)) {
      const event = parseRunEvent(first);
      if (event.type === 'sitting-start') played = 0;
      return event;
    }
    const { start, end } = toTrajectory(records);
    if ('human' in start.actor || known.has(start.episode)) return undefined;
    known.add(start.episode);
    played++;
    return {
      type: 'episode',
      reward: end.reward,
      environment: start.environment,
      family: start.task.family,
      seconds: end.wallMilliseconds / 1000,
      spent: known.size,
      played,
    };
  };
}
