import ivm from 'isolated-vm';
import { isolateFaultOf } from './isolate-faults.ts';
import type { ProgramReply, ProgramRequest } from './isolate-messages.ts';

const MOST_OUTPUT_CHARACTERS = 100_000;
/** Contexts made in one isolate before it is replaced. */
const MOST_CONTEXTS = 400;

type Run = Extract<ProgramRequest, { type: 'run' }>;
type Candidate = Run['candidates'][number];

interface Bench {
  readonly isolate: ivm.Isolate;
  readonly prelude: ivm.Script;
  readonly memoryMegabytes: number;
  contexts: number;
}

/** The isolates of a program process: candidates share one, each in a context of its own; a verdict gets a fresh one. */
export class ProgramRunner {
  #prelude = '';
  #preludeCache: ivm.ExternalCopy<ArrayBuffer> | undefined;
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

  #runOne(candidate: Candidate, limits: Run['limits']): string[] {
    const bench = this.#benchFor(limits.memoryMegabytes);
    const isFirst = bench.contexts === 0;
    const outcomes = runCandidate(bench, candidate, limits);
    if (!bench.isolate.isDisposed || isFirst) return outcomes;
    // It ran out of a memory that others had used before it: only what it does alone may be held against it.
    return runCandidate(this.#benchFor(limits.memoryMegabytes), candidate, limits);
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
    const prelude = isolate.compileScriptSync(
      this.#prelude,
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

/** All inputs of one candidate, in one context. Once a limit has struck, the remaining inputs share its outcome. */
function runCandidate(bench: Bench, { code, inputs }: Candidate, limits: Run['limits']): string[] {
  const { isolate } = bench;
  const deadline = performance.now() + limits.wallMilliseconds;
  const remaining = (): number => Math.max(1, Math.ceil(deadline - performance.now()));
  const failed = (kind: string, message: string): string => JSON.stringify({ ok: false, kind, message });
  bench.contexts += 1;
  let program: ivm.Script;
  try {
    program = isolate.compileScriptSync(code, { filename: 'program' });
  } catch (error) {
    const { fault, message } = isolateFaultOf(error, isolate);
    return inputs.map(() => failed(fault === 'throw' ? 'syntax' : fault, message));
  }
  const outcomes: string[] = [];
  let struck: string | undefined;
  const held: { release(): void }[] = [program];
  try {
    const context = isolate.createContextSync();
    held.push(context);
    const create = bench.prelude.runSync(context, { reference: true });
    const evaluate = program.runSync(context, { reference: true, timeout: remaining() });
    const given = [evaluate.derefInto(), limits.fuel, MOST_OUTPUT_CHARACTERS];
    const call = create.applySync(undefined, given, { result: { reference: true }, timeout: remaining() });
    held.push(create, evaluate, call);
    for (const input of inputs) {
      try {
        outcomes.push(String(call.applySync(undefined, [input], { timeout: remaining() })));
      } catch (error) {
        const { fault, message } = isolateFaultOf(error, isolate);
        outcomes.push(failed(fault, message));
        // A rejected promise that nobody handled is this call's own; a limit ends the candidate.
        if (fault !== 'throw') throw error;
      }
    }
  } catch (error) {
    const { fault, message } = isolateFaultOf(error, isolate);
    struck = failed(fault, message);
  }
  if (!isolate.isDisposed) for (const handle of held.reverse()) handle.release();
  return inputs.map((_, index) => outcomes[index] ?? struck ?? failed('throw', 'It gave no answer.'));
}
