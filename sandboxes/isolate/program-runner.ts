import ivm from 'isolated-vm';
import { surplusAmong } from './closed-realm.ts';
import { isolateFaultOf } from './isolate-faults.ts';
import type { ProgramReply, ProgramRequest } from './isolate-messages.ts';

const MOST_OUTPUT_CHARACTERS = 100_000;
/** Contexts made in one isolate before it is replaced. */
const MOST_CONTEXTS = 400;

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
  contexts: number;
}

/** The isolates of a program process: candidates share one, each in a context of its own; a verdict gets a fresh one. */
export class ProgramRunner {
  #prelude = '';
  #preludeCache: ivm.ExternalCopy<ArrayBuffer> | undefined;
  /** Names of the globals that programs do not keep. */
  #surplus: readonly string[] | undefined;
  #bench: Bench | undefined;

  serve(request: ProgramRequest): ProgramReply {
    if (request.type === 'prelude') {
      this.#prelude = request.code;
      return { id: request.id, type: 'done' };
    }
    if (request.isFresh) this.#drop();
    const outcomes = request.candidates.map((candidate) => this.#runOne(candidate, request.limits));
    if (request.isFresh) this.#drop();
    return { id: request.id, type: 'outcomes', outcomes };
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
    const isFirst = bench.contexts === 0;
    const attempt = runCandidate(bench, code, calls, limits);
    if (!bench.isolate.isDisposed || isFirst) return attempt;
    // It ran out of a memory that others had used before it: only what it does alone may be held against it.
    return runCandidate(this.#benchFor(limits.memoryMegabytes), code, calls, limits);
  }

  #benchFor(memoryMegabytes: number): Bench {
    const bench = this.#bench;
    if (
      bench &&
      !bench.isolate.isDisposed &&
      bench.contexts < MOST_CONTEXTS &&
      bench.memoryMegabytes === memoryMegabytes
    ) {
      return bench;
    }
    this.#drop();
    const isolate = new ivm.Isolate({ memoryLimit: memoryMegabytes });
    this.#surplus ??= surplusIn(isolate);
    const prelude = isolate.compileScriptSync(
      `${this.#prelude}(${MOST_OUTPUT_CHARACTERS},${JSON.stringify(this.#surplus)})`,
      this.#preludeCache ? { cachedData: this.#preludeCache } : { produceCachedData: true },
    );
    this.#preludeCache ??= (prelude as { cachedData?: ivm.ExternalCopy<ArrayBuffer> }).cachedData;
    return (this.#bench = { isolate, prelude, memoryMegabytes, contexts: 0 });
  }

  #drop(): void {
    if (this.#bench && !this.#bench.isolate.isDisposed) this.#bench.isolate.dispose();
    this.#bench = undefined;
  }
}

function surplusIn(isolate: ivm.Isolate): string[] {
  const context = isolate.createContextSync();
  const globals = context.evalSync(`Object.getOwnPropertyNames(globalThis).join(' ')`) as string;
  context.release();
  return surplusAmong(globals.split(' '));
}

const failed = (kind: string, message: string): string => JSON.stringify({ ok: false, kind, message });

/** All inputs of one candidate, in one context. Once a limit has struck, the remaining inputs share its outcome. */
function runCandidate(bench: Bench, code: string, calls: Calls, limits: Run['limits']): Attempt {
  const { isolate } = bench;
  const deadline = performance.now() + limits.wallMilliseconds;
  const remaining = (): number => Math.max(1, Math.ceil(deadline - performance.now()));
  const failAll = (outcome: string): string[] => calls.flat().map(() => outcome);
  bench.contexts += 1;
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
    const evaluate = program.runSync(context, { reference: true, timeout: remaining() });
    const given = [limits.fuel, evaluate.derefInto()];
    const call = start.applySync(undefined, given, { result: { reference: true }, timeout: remaining() });
    held.push(start, evaluate, call);
    for (const inputs of calls) {
      try {
        const argumentLists = `[${inputs.join(',')}]`;
        const lines = call.applySync(undefined, [argumentLists], { timeout: remaining() });
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
