import type { ProgramCandidate, ProgramLimits, ProgramOutcome, ProgramSandbox } from 'lamarck';
import { createRandom } from 'lamarck';
import { compileProgram } from './compile-program.ts';
import { ProgramOutcomeSchema, ProgramReplySchema } from './isolate-messages.ts';
import { buildProgramPrelude } from './bundles.ts';
import { isProcessEnd, ProcessDeaths } from './process-deaths.ts';
import { ProcessPool, type ProcessSlot } from './process-pool.ts';

/** What a candidate gets where nothing else is said; fuel and wall time are for all its inputs together. */
const PROGRAM_LIMITS: ProgramLimits = { fuel: 200_000, memoryMegabytes: 32, wallMilliseconds: 1_000 };

/** Candidates a request: enough to hide the way to the process, few enough to find the one that kills it. */
const CHUNK = 25;
/** The first request is smaller, so that the process need not wait for the compiler. */
const FIRST_CHUNK = 4;
/** Chunks on their way at once: one that the process works on and one that waits there, so that the process never waits. */
const MOST_SENT = 2;

/** Compiled code, and the JSON text of each argument list. */
interface Program {
  readonly code: string;
  readonly inputs: readonly string[];
}

/** The JSON texts of one program's outcomes, by input. */
type Texts = readonly string[];

/** A program that can run, or the outcomes of one that does not compile. */
type Prepared =
  | { readonly program: Program; readonly refused?: never }
  | { readonly program?: never; readonly refused: ProgramOutcome[] };

/**
 * Programs run in isolates of processes apart from the agents' guests.
 *
 * @param options.processes how many work at once (default 1); @param options.onNotice told of each that died.
 */
export function createProgramSandbox(
  options: { processes?: number; onNotice?: (notice: string) => void } = {},
): ProgramSandbox & { readonly statistics: { readonly started: number; readonly died: number } } {
  const pool = new ProcessPool({
    program: 'program-process',
    prelude: buildProgramPrelude,
    replySchema: ProgramReplySchema,
    processes: options.processes ?? 1,
    onNotice: options.onNotice,
  });

  const runAll = async (
    candidates: readonly ProgramCandidate[],
    { limits: given, signal }: { limits?: Partial<ProgramLimits>; signal?: AbortSignal } = {},
  ): Promise<ProgramOutcome[][]> => {
    const options = { signal, limits: { ...PROGRAM_LIMITS, ...given } };
    const outcomes: ProgramOutcome[][] = [];
    const slot = await pool.lease(signal);
    const sent: Sent[] = [];
    const readOldest = async (): Promise<void> => {
      const oldest = sent.shift();
      if (!oldest) return;
      outcomes.push(...readChunk(oldest.chunk, await textsOf(slot, oldest, options, sent)));
    };
    try {
      for (let first = 0, length = FIRST_CHUNK; first < candidates.length; first += length, length = CHUNK) {
        // Compiled while the process works on what was sent before.
        const chunk = await Promise.all(candidates.slice(first, first + length).map(prepare));
        if (sent.length === MOST_SENT) await readOldest();
        sent.push(await send(slot, chunk, options));
      }
      while (sent.length > 0) await readOldest();
    } finally {
      slot.release();
    }
    return outcomes;
  };

  return {
    statistics: pool.statistics,
    run: (candidates, given) => runAll(candidates, given),
    judge: async ({ source, inputs }, given) => {
      const order = orderOf(inputs);
      const [outcomes = []] = await runAll(
        [{ source, inputs: order.map((place) => inputs[place] ?? []) }],
        given,
      );
      return inputs.map((_, place) => outcomes[order.indexOf(place)] ?? UNREADABLE);
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/**
 * Places of inputs in an order that only who knows all of them can tell: what counts its calls, and gives back what the tests expect
 * of each, comes out wrong. The same inputs have the same order.
 */
function orderOf(inputs: ProgramCandidate['inputs']): number[] {
  return createRandom(JSON.stringify(inputs)).shuffle([...inputs.keys()]);
}

async function prepare({ source, inputs }: ProgramCandidate): Promise<Prepared> {
  const compiled = await compileProgram(source);
  if (!compiled.ok)
    return { refused: inputs.map(() => ({ ok: false, kind: 'syntax', message: compiled.message })) };
  return { program: { code: compiled.code, inputs: inputs.map((input) => JSON.stringify(input)) } };
}

interface ChunkOptions {
  readonly limits: ProgramLimits;
  readonly signal: AbortSignal | undefined;
}

/** A chunk on its way, and what comes back of those in it that compiled. */
interface Sent {
  readonly chunk: readonly Prepared[];
  readonly texts: Promise<readonly Texts[]>;
}

async function send(slot: ProcessSlot, chunk: readonly Prepared[], options: ChunkOptions): Promise<Sent> {
  const { limits, signal } = options;
  signal?.throwIfAborted();
  const candidates = chunk.flatMap(({ program }) => program ?? []);
  if (candidates.length === 0) return { chunk, texts: Promise.resolve([]) };
  const process = await slot.process();
  const abort = (): void => process.kill('was stopped because its caller gave up');
  signal?.addEventListener('abort', abort);
  const texts = process
    .request(
      { type: 'run', limits, candidates },
      ProgramReplySchema,
      // Twice: a candidate that is cut short is run once more, its inputs apart.
      2 * limits.wallMilliseconds * candidates.length,
    )
    .then((reply) => (reply.type === 'outcomes' ? reply.outcomes : []))
    .finally(() => signal?.removeEventListener('abort', abort));
  // It is awaited only after what was sent before it; until then, a failure is not one that nobody handles.
  texts.catch(() => undefined);
  return { chunk, texts };
}

/**
 * Where the process ends over a chunk, the chunk is run again: as it was if something outside ended it, and otherwise its
 * candidates one by one, of which what ends a process by itself again and again is `killed`.
 *
 * @param others that were on their way with it, and are lost with it: those still there; @param wasAlone whether its process does
 * nothing else since one ended.
 */
async function textsOf(
  slot: ProcessSlot,
  { chunk, texts }: Sent,
  options: ChunkOptions,
  others: readonly Sent[],
  wasAlone = false,
): Promise<readonly Texts[]> {
  const ran = chunk.flatMap(({ program }) => program ?? []);
  const deaths = new ProcessDeaths();
  for (let again = texts, isAlone = wasAlone; ; isAlone = true) {
    try {
      return await again;
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!isProcessEnd(error)) throw error;
      await Promise.allSettled(others.map((other) => other.texts));
      if (error.code === 'LAMARCK_ISOLATES_DIED' && ran.length > 1) return await oneByOne(slot, ran, options);
      if (deaths.note(error, isAlone)) {
        const killed: ProgramOutcome = { ok: false, kind: 'killed', message: error.message };
        return ran.map(({ inputs }) => inputs.map(() => JSON.stringify(killed)));
      }
      again = (await send(slot, chunk, options)).texts;
    }
  }
}

async function oneByOne(
  slot: ProcessSlot,
  programs: readonly Program[],
  options: ChunkOptions,
): Promise<readonly Texts[]> {
  const results: Texts[] = [];
  for (const program of programs) {
    const sent = await send(slot, [{ program }], options);
    results.push(...(await textsOf(slot, sent, options, [], true)));
  }
  return results;
}

/** The outcomes of a chunk: candidates that were refused have theirs already, and `texts` has those of the others. */
function readChunk(chunk: readonly Prepared[], texts: readonly Texts[]): ProgramOutcome[][] {
  const ran = texts.values();
  return chunk.map(({ program, refused }) => {
    if (!program) return refused;
    const { value } = ran.next();
    return program.inputs.map((_, input) => readOutcome(value?.[input]));
  });
}

const UNREADABLE: ProgramOutcome = { ok: false, kind: 'output', message: 'It returned what cannot be read.' };

function readOutcome(text: string | undefined): ProgramOutcome {
  if (text === undefined) return UNREADABLE;
  try {
    return ProgramOutcomeSchema.parse(JSON.parse(text)) as ProgramOutcome;
  } catch {
    return UNREADABLE;
  }
}
