import type { Json } from '../protocol/index.ts';

/** Bounds on one candidate program. Work is counted in fuel; the milliseconds are a backstop. */
export interface ProgramLimits {
  /** Loop iterations and function calls together. */
  fuel: number;
  memoryMegabytes: number;
  wallMilliseconds: number;
}

/** A program and the argument lists to call it with. `source` is a module text with one default-exported function. */
export interface ProgramCandidate {
  source: string;
  inputs: readonly (readonly Json[])[];
}

/** What became of one call of one candidate. `kind` says which bound struck. */
export type ProgramOutcome = (
  | { ok: true; value: Json }
  | {
      ok: false;
      kind: 'syntax' | 'throw' | 'fuel' | 'memory' | 'timeout' | 'output' | 'killed';
      message: string;
    }
) & {
  /** What the candidate had reached for by then that no program needs: the host, the tests, the clock. */
  tampering?: readonly string[];
};

/** Runs programs that agents wrote. Nothing of the host is reachable from them, and nothing of them survives a call. */
export interface ProgramSandbox {
  /**
   * Runs every candidate in a fresh context of its own and returns its outcomes, in order of its inputs.
   * Never throws for what a candidate does, not even where it kills the process it ran in (`killed`).
   */
  run(
    candidates: readonly ProgramCandidate[],
    options?: { limits?: Partial<ProgramLimits>; signal?: AbortSignal },
  ): Promise<ProgramOutcome[][]>;
  /**
   * The same for one candidate, in an isolate that nothing ran in before and that is thrown away: for verdicts. It is called
   * with its inputs in an order of their own.
   */
  judge(
    candidate: ProgramCandidate,
    options?: { limits?: Partial<ProgramLimits>; signal?: AbortSignal },
  ): Promise<ProgramOutcome[]>;
  [Symbol.asyncDispose](): Promise<void>;
}
