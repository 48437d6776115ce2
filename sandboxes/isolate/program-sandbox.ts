import type { ProgramCandidate, ProgramLimits, ProgramOutcome, ProgramSandbox } from 'lamarck';
import { LamarckError } from 'lamarck';
import { setImmediate } from 'node:timers/promises';
import { compileProgram } from './compile-program.ts';
import { ProgramOutcomeSchema, ProgramReplySchema } from './isolate-messages.ts';
import { buildProgramPrelude } from './prelude.ts';
import { ProcessPool, type ProcessSlot } from './process-pool.ts';

/** What a candidate gets where nothing else is said; fuel and wall time are for all its inputs together. */
const PROGRAM_LIMITS: ProgramLimits = { fuel: 200_000, memoryMegabytes: 32, wallMilliseconds: 1_000 };

/** Candidates a request: enough to hide the way to the process, few enough to find the one that kills it. */
const CHUNK = 25;

/** Compiled code, and the JSON text of each argument list. */
interface Program {
  readonly code: string;
  readonly inputs: readonly string[];
}

/** A program that can run, or the outcomes of one that does not compile. */
type Prepared =
  | { readonly program: Program; readonly refused?: never }
  | { readonly program?: never; readonly refused: ProgramOutcome[] };

/**
 * Programs run in isolates of processes apart from the agents' minds.
 *
 * @param options.processes how many work at once (default 1); @param options.onNotice told of each that died.
 */
export function createProgramSandbox(
  options: { processes?: number; onNotice?: (notice: string) => void } = {},
): ProgramSandbox & { readonly statistics: { readonly started: number; readonly died: number } } {
  const pool = new ProcessPool({
    entry: 'program-process',
    prelude: buildProgramPrelude,
    replySchema: ProgramReplySchema,
    processes: options.processes ?? 1,
    onNotice: options.onNotice,
  });

  const runAll = async (
    candidates: readonly ProgramCandidate[],
    isFresh: boolean,
    { limits: given, signal }: { limits?: Partial<ProgramLimits>; signal?: AbortSignal } = {},
  ): Promise<ProgramOutcome[][]> => {
    const limits = { ...PROGRAM_LIMITS, ...given };
    const prepareFrom = (first: number): Promise<Prepared[]> =>
      Promise.all(candidates.slice(first, first + CHUNK).map(prepare));
    const outcomes: ProgramOutcome[][] = [];
    const slot = await pool.lease(signal);
    try {
      let chunk = await prepareFrom(0);
      for (let first = 0; first < candidates.length; first += CHUNK) {
        const programs = chunk.flatMap(({ program }) => program ?? []);
        const [results, next] = await Promise.all([
          runChunk(slot, programs, { isFresh, limits, signal }),
          // These are compiled while the ones before them run: once those are on their way.
          setImmediate().then(() => prepareFrom(first + CHUNK)),
        ]);
        const ran = results.values();
        outcomes.push(...chunk.map(({ program, refused }) => (program ? (ran.next().value ?? []) : refused)));
        chunk = next;
      }
    } finally {
      slot.release();
    }
    return outcomes;
  };

  return {
    statistics: pool.statistics,
    run: (candidates, given) => runAll(candidates, false, given),
    judge: async (candidate, given) => (await runAll([candidate], true, given))[0] ?? [],
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

async function prepare({ source, inputs }: ProgramCandidate): Promise<Prepared> {
  const compiled = await compileProgram(source);
  if (!compiled.ok)
    return { refused: inputs.map(() => ({ ok: false, kind: 'syntax', message: compiled.message })) };
  return { program: { code: compiled.code, inputs: inputs.map((input) => JSON.stringify(input)) } };
}

interface ChunkOptions {
  readonly isFresh: boolean;
  readonly limits: ProgramLimits;
  readonly signal: AbortSignal | undefined;
}

/** Where the process dies of a chunk, its candidates are run again one by one, and the one it dies of is `killed`. */
async function runChunk(
  slot: ProcessSlot,
  chunk: readonly Program[],
  options: ChunkOptions,
): Promise<ProgramOutcome[][]> {
  const { isFresh, limits, signal } = options;
  signal?.throwIfAborted();
  if (chunk.length === 0) return [];
  const process = await slot.process();
  const abort = (): void => process.kill('was stopped because its caller gave up');
  signal?.addEventListener('abort', abort);
  try {
    const reply = await process.request(
      { type: 'run', isFresh, limits, candidates: chunk },
      ProgramReplySchema,
      limits.wallMilliseconds * chunk.length,
    );
    const outcomes = reply.type === 'outcomes' ? reply.outcomes : [];
    return chunk.map(({ inputs }, index) => inputs.map((_, input) => readOutcome(outcomes[index]?.[input])));
  } catch (error) {
    signal?.throwIfAborted();
    if (!LamarckError.isInstance(error) || error.code !== 'LAMARCK_MIND_DIED') throw error;
    const [only] = chunk;
    if (chunk.length === 1 && only)
      return [only.inputs.map(() => ({ ok: false, kind: 'killed', message: error.message }))];
    const results: ProgramOutcome[][] = [];
    for (const candidate of chunk) results.push(...(await runChunk(slot, [candidate], options)));
    return results;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

function readOutcome(text: string | undefined): ProgramOutcome {
  const unreadable: ProgramOutcome = {
    ok: false,
    kind: 'output',
    message: 'It returned what cannot be read.',
  };
  if (text === undefined) return unreadable;
  try {
    const outcome = ProgramOutcomeSchema.parse(JSON.parse(text));
    return outcome.ok ? { ok: true, value: outcome.value } : outcome;
  } catch {
    return unreadable;
  }
}
