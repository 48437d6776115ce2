import type { Timed } from './take-turns.ts';

/** A claim about speed, and how to test it. */
export interface Benchmark {
  readonly name: string;
  /** One line for people: what is compared with what. */
  readonly title: string;
  /** What one piece of work is: `step`, `candidate`, `episode`. */
  readonly piece: string;
  /** Of what measures a peer that has to be installed: why it cannot be measured here; undefined where it can. */
  whyNot?(): Promise<string | undefined>;
  run(): Promise<Measured>;
}

export interface Measured {
  readonly times: readonly Timed[];
  readonly bars: readonly Bar[];
}

/** A figure and what it must not exceed, or fall short of. */
export interface Bar {
  readonly what: string;
  readonly value: number;
  readonly unit: 'µs' | '×';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export function holds({ value, atMost = Infinity, atLeast = -Infinity }: Bar): boolean {
  return value <= atMost && value >= atLeast;
}
