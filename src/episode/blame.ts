import { clauseOf, LamarckError, messageOf, type Fault } from '../protocol/index.ts';
import { hashOf } from '../host/index.ts';
import type { TaskFamily } from '../task/index.ts';
import type { EpisodeFailure, EpisodeOutput, EpisodePhase } from './episode-machine.ts';

/** A failed attempt at an episode: what the record keeps of it, and a name for the place that it failed at. */
interface FailedAttempt {
  readonly fault: Fault;
  /** Undefined before the agent was there to provoke anything. */
  readonly place: string | undefined;
}

/**
 * Decides who is to blame where attempts at one episode fail one after the other. A failure that looks like a fault of ours
 * (of the browser, a process, the environment, the verifier) is the agent's own once it repeats in a fresh world: in the same
 * phase and after the same action, or by time once more. One that does not repeat was ours.
 *
 * @param isAccountable whether a failure that repeats counts against the actor at all
 */
export function createBlame(isAccountable: boolean): {
  /** What is to be made of an attempt that ended; the attempt itself where nothing says that the agent is to blame. */
  judge(output: EpisodeOutput): EpisodeOutput;
  /** The attempts that failed and were not the agent's fault by themselves. */
  readonly faults: readonly Fault[];
} {
  const failed: FailedAttempt[] = [];
  return {
    judge: (output) => {
      const { stop, error, failedIn, step } = output;
      if (stop !== 'infrastructure-error' || !error || !failedIn) return output;
      const place = isAccountable ? placeOf(output, error, failedIn) : undefined;
      const isRepeated = place !== undefined && failed.some((one) => one.place === place);
      failed.push({ fault: { during: failedIn, step, ...error }, place });
      return isRepeated ? blamed(output, error, failedIn) : output;
    },
    get faults() {
      return failed.map(({ fault }) => fault);
    },
  };
}

/** How far an actor comes in a time depends on the machine, so that running out of it twice is a repetition wherever it happens. */
function placeOf(
  { records, step }: EpisodeOutput,
  { code }: EpisodeFailure['error'],
  during: EpisodePhase,
): string | undefined {
  // Who ended a process of isolates is found out by the sandbox: it gives the guest one to itself, and blames what repeats there.
  if (during === 'opening' || code === 'LAMARCK_ISOLATES_DIED' || code === 'LAMARCK_ISOLATES_KILLED')
    return undefined;
  if (isOfTime(code)) return 'time';
  if (during === 'starting' || during === 'deciding') return `${during} ${step}`;
  const last = records.findLast(({ type }) => type === 'action');
  return `${during} ${hashOf(last?.type === 'action' ? last.action : null)}`;
}

function isOfTime(code: string): boolean {
  return code === 'LAMARCK_OVERDUE' || code === 'LAMARCK_GUEST_TIMEOUT';
}

function blamed(
  output: EpisodeOutput,
  { code, message }: EpisodeFailure['error'],
  during: EpisodePhase,
): EpisodeOutput {
  const at = isOfTime(code) ? 'once more' : `once more ${AFTER[during]}`;
  return {
    ...output,
    stop: code === 'LAMARCK_OVERDUE' ? 'time-limit' : 'agent-error',
    reward: 0,
    records: output.records.map((record) => (record.type === 'reward' ? { ...record, reward: 0 } : record)),
    error: {
      code,
      boundary: 'agent',
      message: `${clauseOf(message)}. This happened ${at} in a fresh world, so the agent is to blame and the reward is 0.`,
    },
  };
}

const AFTER: Readonly<Record<EpisodePhase, string>> = {
  opening: '',
  starting: 'as the agent was started',
  deciding: 'at the same step',
  acting: 'at the same action',
  verifying: 'after the same last action',
};

/** Blames at first sight: an agent's own failure is scored; everything else may be ours. */
export function classify(error: unknown, during: EpisodePhase, signal: AbortSignal): EpisodeFailure {
  if (signal.aborted) return failure('cancelled', error, 'user');
  if (LamarckError.isInstance(error)) {
    // A guest that took too long may have been kept waiting by a busy machine.
    const isOurs = error.boundary !== 'agent' || error.code === 'LAMARCK_GUEST_TIMEOUT';
    return failure(isOurs ? 'infrastructure-error' : 'agent-error', error, error.boundary);
  }
  return failure('infrastructure-error', error, during === 'deciding' ? 'agent' : 'environment');
}

/** What the time limit of the episode cut off, as an error that names the limit. */
export function inTime(error: unknown, during: EpisodePhase, { name, timeLimit }: TaskFamily): unknown {
  if (!(error instanceof Error && error.name === 'TimeoutError')) return error;
  return new LamarckError({
    code: 'LAMARCK_OVERDUE',
    boundary: 'environment',
    message: `An episode of "${name}" took longer than its timeLimit of ${timeLimit / 1000} s; it was ${during} then.`,
    remedy: 'Raise timeLimit, or let the environment do less.',
    cause: error,
  });
}

function failure(stop: EpisodeFailure['stop'], error: unknown, boundary: string): EpisodeFailure {
  const code = LamarckError.isInstance(error) ? error.code : 'LAMARCK_UNEXPECTED';
  return { stop, error: { code, boundary, message: messageOf(error) } };
}
