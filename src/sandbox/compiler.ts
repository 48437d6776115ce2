/** What the compiler finds wrong, where. */
export interface Diagnostic {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** As the compiler names it, e.g. `TS2322`; `LAMARCK` and `LAMARCK1` are of our own. */
  readonly code: string;
  readonly message: string;
}

/** The TypeScript compiler. It reads what agents wrote, and runs none of it. */
export interface Compiler {
  /**
   * What is wrong with files by their paths, in the order of the compiler: strict, for the language alone, without packages. The
   * same files are compiled once. What names a module that is none of the files is found without the compiler (`LAMARCK`),
   * and so is a comment that would silence it (`LAMARCK1`).
   *
   * @throws LamarckError `LAMARCK_TYPES_EXCESSIVE`, boundary `agent`, where checking takes more than the compiler may, and
   *   `LAMARCK_COMPILER_FAILED`, boundary `sandbox`, where there is no compiler, or it ends otherwise.
   */
  check(
    files: Readonly<Record<string, string>>,
    options?: { signal?: AbortSignal },
  ): Promise<readonly Diagnostic[]>;
  /** Compilations so far, and their wall time together in ms: those that were remembered took none. */
  readonly statistics: {
    readonly compiled: number;
    readonly remembered: number;
    readonly milliseconds: number;
  };
}
