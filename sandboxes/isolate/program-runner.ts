import ivm from 'isolated-vm';
import { surplusAmong } from './closed-realm.ts';
import { rehearsedCache, type CodeCache } from './code-cache.ts';
import { isolateFaultOf } from './isolate-faults.ts';
import type { ProgramReply, ProgramRequest } from './isolate-messages.ts';
import { callGuest, evaluateGuest } from './predictable-v8.ts';
import type { createProgram } from './program-runtime.ts';

const MOST_OUTPUT_CHARACTERS = 100_000;

type Run = Extract<ProgramRequest, { type: 'run' }>;
type Candidate = Run['candidates'][number];
/** The inputs of a candidate, by the call that they go in. */
type Calls = readonly (readonly string[])[];

interface Attempt {
  /** By input. */
  readonly outcomes: string[];
  /** A limit struck, or a promise was left rejected: the outcomes of that call's other inputs are unknown. */
  readonly isCutShort: boolean;
}

interface Bench {
  readonly isolate: ivm.Isolate;
  /** Closes a context, and gives what starts a program in it. */
  readonly prelude: ivm.Script;
  readonly memoryMegabytes: number;
  /** Whether a program has already run in this isolate. */
  isUsed: boolean;
}

/**
 * The isolates of a program process: a fresh one for each request, whose candidates share it, each in a context of its own.
 * What is in one request was asked for together, by one episode.
 */
export class ProgramRunner {
  #prelude = '';
  #preludeCache: CodeCache | undefined;
  /** Names of the globals that programs do not keep. */
  #surplus: readonly string[] = [];
  #bench: Bench | undefined;
  /** Of the request before: the next is likely to give as much. */
  #memoryMegabytes: number | undefined;

  serve(request: ProgramRequest): ProgramReply {
    const { id } = request;
    if (request.type === 'prelude') {
      this.#surplus = surplusOfContexts();
      this.#prelude = `${request.code}(${MOST_OUTPUT_CHARACTERS},${JSON.stringify(this.#surplus)})`;
      this.#preludeCache = rehearsedCache(this.#prelude, rehearseProgram);
      return { id, type: 'done' };
    }
    const { limits, candidates } = request;
    this.#memoryMegabytes = limits.memoryMegabytes;
    const outcomes = candidates.map((candidate) => this.#runOne(candidate, limits));
    this.#drop();
    return { id, type: 'outcomes', outcomes };
  }

  /** Makes an isolate ready for the next request. */
  rest(): void {
    if (this.#memoryMegabytes !== undefined) this.#benchFor(this.#memoryMegabytes);
  }

  /** All inputs in one call; where that is cut short, each in a call of its own, which tells whose input it was. */
  #runOne(candidate: Candidate, limits: Run['limits']): string[] {
    const { inputs } = candidate;
    const together = this.#attempt(candidate, [inputs], limits);
    if (!together.isCutShort || inputs.length < 2) return together.outcomes;
    const apart = inputs.map((input) => [input]);
    return this.#attempt(candidate, apart, limits).outcomes;
  }

  #attempt({ code }: Candidate, calls: Calls, limits: Run['limits']): Attempt {
    const bench = this.#benchFor(limits.memoryMegabytes);
    const isFirst = !bench.isUsed;
    const attempt = runCandidate(bench, code, calls, limits);
    if (!bench.isolate.isDisposed || isFirst) return attempt;
    // It ran out of a memory that others had used before it: only what it does alone may be held against it.
    return runCandidate(this.#benchFor(limits.memoryMegabytes), code, calls, limits);
  }

  #benchFor(memoryMegabytes: number): Bench {
    const bench = this.#bench;
    if (bench && !bench.isolate.isDisposed && bench.memoryMegabytes === memoryMegabytes) return bench;
    this.#drop();
    const isolate = new ivm.Isolate({ memoryLimit: memoryMegabytes });
    const cachedData = this.#preludeCache;
    const prelude = isolate.compileScriptSync(this.#prelude, { ...(cachedData && { cachedData }) });
    return (this.#bench = { isolate, prelude, memoryMegabytes, isUsed: false });
  }

  #drop(): void {
    if (this.#bench && !this.#bench.isolate.isDisposed) this.#bench.isolate.dispose();
    this.#bench = undefined;
  }
}

function surplusOfContexts(): string[] {
  const isolate = new ivm.Isolate({ memoryLimit: 8 });
  const globals = isolate
    .createContextSync()
    .evalSync(`Object.getOwnPropertyNames(globalThis).join(' ')`) as string;
  isolate.dispose();
  return surplusAmong(globals.split(' '));
}

/** Starts a program and calls it, as is done with every candidate. */
function rehearseProgram(prelude: unknown): void {
  const start = prelude as ReturnType<typeof createProgram>;
  const double = (value: unknown): unknown => ({ list: [Number(value) * 2, 'text', true] });
  start(1_000, () => double)('[[1],[2]]');
}

const failed = (kind: string, message: string): string => JSON.stringify({ ok: false, kind, message });

/** All inputs of one candidate, in one context. Once a limit has struck, the remaining inputs share its outcome. */
function runCandidate(bench: Bench, code: string, calls: Calls, limits: Run['limits']): Attempt {
  const { isolate } = bench;
  const deadline = performance.now() + limits.wallMilliseconds;
  const remaining = (): number => Math.max(1, Math.ceil(deadline - performance.now()));
  const failAll = (outcome: string): string[] => calls.flat().map(() => outcome);
  bench.isUsed = true;
  let program: ivm.Script;
  try {
    program = isolate.compileScriptSync(code, { filename: 'program' });
  } catch (error) {
    const { fault, message } = isolateFaultOf(error, isolate);
    return { outcomes: failAll(failed(fault === 'throw' ? 'syntax' : fault, message)), isCutShort: false };
  }
  const outcomes: string[] = [];
  let isCutShort = false;
  const held: { release(): void }[] = [program];
  try {
    const context = isolate.createContextSync();
    held.push(context);
    const start = bench.prelude.runSync(context, { reference: true, timeout: remaining() });
    const evaluate = evaluateGuest(program, context, remaining());
    const given = [limits.fuel, evaluate.derefInto()];
    const result = { reference: true } as const;
    const call = callGuest(start, given, { result, timeout: remaining() }) as ivm.Reference;
    held.push(start, evaluate, call);
    for (const inputs of calls) {
      try {
        const argumentLists = `[${inputs.join(',')}]`;
        const lines = callGuest(call, [argumentLists], { timeout: remaining() });
        outcomes.push(...String(lines).split('\n'));
      } catch (error) {
        const { fault, message } = isolateFaultOf(error, isolate);
        isCutShort = true;
        outcomes.push(...inputs.map(() => failed(fault, message)));
        // A rejected promise that nobody handled is this call's own; a limit ends the candidate.
        if (fault !== 'throw') throw error;
      }
    }
  } catch (error) {
    const { fault, message } = isolateFaultOf(error, isolate);
    isCutShort = true;
    outcomes.push(...failAll(failed(fault, message)).slice(outcomes.length));
  }
  if (!isolate.isDisposed) for (const handle of held.reverse()) handle.release();
  return { outcomes, isCutShort };
}
