import { measure } from 'mitata';

/** One way to do a piece of work. */
export interface Arm {
  readonly name: string;
  /** Pieces of work in one run: steps, candidates, episodes. */
  readonly pieces: number;
  run(): Promise<unknown>;
}

/** How long one piece took, in µs: round by round. */
export interface Timed {
  readonly name: string;
  readonly rounds: readonly number[];
}

/**
 * Times arms in turn, round by round, so that whatever else the machine does meets all of them. Each is run once before
 * it counts. What is under way is said on the standard error, where a person waits.
 */
export async function takeTurns(arms: readonly Arm[], rounds: number): Promise<Timed[]> {
  const timed = arms.map(({ name }) => ({ name, rounds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [place, { name, pieces, run }] of arms.entries()) {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[Kround ${round + 1} of ${rounds}: ${name}`);
      const { min } = await measure(async () => await run(), {
        // A stand-in for a collector would allocate a gigabyte each time.
        ...{ min_samples: 1, max_samples: 1, min_cpu_time: 0, gc: false, inner_gc: false },
        ...{ warmup_samples: 0, warmup_threshold: 0, batch_threshold: 0 },
      });
      timed[place]?.rounds.push(min / 1000 / pieces);
    }
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return timed;
}

/** The best time of one arm as a multiple of another's best: a busy machine makes times longer, never shorter. */
export function ratioOf(one: Timed | undefined, other: Timed | undefined): number {
  if (!one || !other) throw new RangeError('Both arms of a ratio must have been timed.');
  return bestOf(one) / bestOf(other);
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

export function bestOf({ rounds }: Timed): number {
  return Math.min(...rounds);
}
