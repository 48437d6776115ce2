import type { ImproverInput, Lesson, Mate, TrajectoryView } from '../agent/index.ts';
import { hashOf } from '../host/index.ts';
import { RECORD_VERSION, type ImprovementRecord, type Json } from '../protocol/index.ts';
import type { GuestAnswer, GuestLimits, GuestReply } from '../sandbox/index.ts';
import { applyPatch, genomeOf, type Genome } from '../genome/index.ts';
import { blamingGuest } from './guest-blame.ts';
import { drained } from '../rollout/index.ts';
import type { RunContext } from './run-context.ts';
import { createTraining, type Training } from './training.ts';

/** An improver thinks longer than an agent at one task: over a whole run's trajectories. */
const IMPROVER_LIMITS: Partial<GuestLimits> = {
  fuel: 2_000_000_000,
  memoryMegabytes: 256,
  deliveryMilliseconds: 60_000,
};

/** Calls in one improvement, so that one that plays nothing cannot go on for ever. */
const CALLS = 400;

/** What came of asking a genome's improver for a child. */
export interface Improvement {
  readonly kind: string;
  readonly rationale: string;
  /** The child, before the gate. */
  readonly child?: Genome;
  /** The id that the mate has in the improver's input, where the child takes from one. */
  readonly mate?: string;
  readonly refusal?: string;
  /** Train episodes that it asked for. */
  readonly episodes: number;
}

export interface ImprovementRequest {
  readonly parent: Genome;
  /** Whose `improve.ts` is asked; the parent's own where nothing else is said. */
  readonly improver?: Genome;
  readonly scope: ImproverInput['scope'];
  readonly mates: readonly Mate[];
  readonly lessons: readonly Lesson[];
  readonly trajectories: readonly TrajectoryView[];
  readonly episodes: number;
  /** Names this improvement: feeds its randomness and picks its part of the train split. */
  readonly name: string;
}

/**
 * Lets the parent write its child: its improver runs as a guest, and may play drafts on the train split until
 * `episodes` are spent. What the guest does wrong is a refusal with a sentence, never an exception.
 */
export async function improve(run: RunContext, request: ImprovementRequest): Promise<Improvement> {
  const { parent, episodes } = request;
  let training: Training | undefined;
  const written = await blamingGuest(() => {
    training = createTraining(run, parent, episodes);
    return write(run, request, training);
  });
  if ('result' in written) return written.result;
  return { kind: 'none', rationale: '', refusal: written.fault, episodes: training?.spent ?? 0 };
}

/** @throws LamarckError, boundary `agent`, where the guest is to blame. */
async function write(run: RunContext, request: ImprovementRequest, training: Training): Promise<Improvement> {
  const { parent, improver = parent } = request;
  const refused = (refusal: string): Improvement => ({
    kind: 'none',
    rationale: '',
    refusal,
    episodes: training.spent,
  });
  const input = inputOf(run, request);
  if (run.drain.aborted) throw drained();
  const guest = await run.guests.boot({
    files: improver.files,
    entry: 'improve.ts',
    input: input as unknown as Json,
    seed: input.seed,
    limits: IMPROVER_LIMITS,
  });
  try {
    let reply: GuestReply = guest.started;
    for (let calls = 0; calls < CALLS; calls++) {
      const { answer } = reply;
      if (answer.kind === 'patch') return childOf(request, answer, training.spent);
      if (answer.kind !== 'call') return refused(ENDINGS[answer.kind]);
      const value = await training.answer(answer.name, answer.arguments);
      reply = await guest.deliver({ type: 'reply', id: answer.id, value: value as unknown as Json });
    }
    return refused(`the improver made more than ${CALLS} calls`);
  } finally {
    await guest.dispose();
  }
}

/** The refusal of an improver that came to its end without a patch: it may have found nothing to improve. */
export const NO_PATCH = 'the improver ended without a patch';

/**
 * What is recorded of an improvement once the gate has judged its child.
 *
 * @param outcome.refusal why there is no child, where there is none
 */
export function improvementRecord(
  { kind, rationale, child, episodes }: Improvement,
  outcome: Pick<ImprovementRecord, 'arm' | 'index' | 'parent' | 'mate'> & { refusal?: string | undefined },
): ImprovementRecord {
  const { arm, index, parent, mate } = outcome;
  const refusal = outcome.refusal ?? (child === undefined ? NO_CHILD : undefined);
  return {
    type: 'improvement',
    version: RECORD_VERSION,
    ...(arm === undefined ? {} : { arm }),
    index,
    parent,
    ...(mate === undefined ? {} : { mate }),
    child: refusal === undefined && child ? child.id : null,
    kind,
    rationale,
    episodes,
    ...(refusal === undefined ? {} : { refusal }),
  };
}

/** Why there is no child, where nothing else is known. */
const NO_CHILD = 'no child';

const ENDINGS: Readonly<Record<Exclude<GuestAnswer['kind'], 'patch' | 'call'>, string>> = {
  end: NO_PATCH,
  idle: 'the improver stopped answering',
  decision: 'the improver emitted "decision"',
};

function inputOf(run: RunContext, request: ImprovementRequest): ImproverInput {
  const { parent, scope, mates, lessons, trajectories, episodes, name } = request;
  return {
    files: parent.files,
    families: run.families.map(({ alias, family }) => ({
      family: alias,
      environment: family.environment.name,
      difficulties: family.difficulties,
    })),
    lessons,
    scope,
    mates,
    trajectories,
    demonstrations: run.demonstrations,
    budget: { episodes },
    seed: hashOf({ run: run.seed, improvement: name }),
  };
}

function childOf(
  { parent, scope, mates }: ImprovementRequest,
  answer: GuestAnswer & { kind: 'patch' },
  episodes: number,
): Improvement {
  const { improvement: kind, rationale, files, mate } = answer;
  const told = { kind, rationale, episodes };
  const beyond = scope === 'learning' ? Object.keys(files).find((path) => !isLearned(path)) : undefined;
  if (beyond !== undefined)
    return { ...told, refusal: `it changes ${beyond}, where it was to learn and not to edit itself` };
  if (mate !== undefined && !mates.some(({ id }) => id === mate))
    return { ...told, refusal: `it takes from "${mate}", which it was not given` };
  const child = genomeOf(applyPatch(parent.files, files));
  return { ...told, child, ...(mate === undefined ? {} : { mate }) };
}

/** What learning writes: data, skills, and a library of helper functions. All else is the genome's own code. */
function isLearned(path: string): boolean {
  return path.endsWith('.json') || path.startsWith('skills/') || path.startsWith('library/');
}
