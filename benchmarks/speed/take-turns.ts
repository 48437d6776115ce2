import { measure } from 'mitata';

/** One way to do a piece of work. */
export interface Arm {
  readonly name: string;
  /** Pieces of work in one run: steps, candidates, episodes. */
  readonly pieces: number;
  run(): Promise<unknown>;
}

/** How long one piece took, in µs: round by round, the best of each. */
export interface Timed {
  readonly name: string;
  readonly rounds: readonly number[];
}

/**
 * Times arms in turn, round by round, so that whatever else the machine does meets all of them.
 *
 * @param samples runs of each arm in a round; the first run of all is a warm-up.
 */
export async function takeTurns(
  arms: readonly Arm[],
  { rounds, samples }: { rounds: number; samples: number },
): Promise<Timed[]> {
  for (const arm of arms) await arm.run();
  const timed = arms.map(({ name }) => ({ name, rounds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const [place, { pieces, run }] of arms.entries()) {
      const { min } = await measure(async () => await run(), {
        ...{ min_samples: samples, max_samples: samples, min_cpu_time: 0 },
        ...{ warmup_samples: 0, warmup_threshold: 0, batch_threshold: 0, inner_gc: false },
      });
      timed[place]?.rounds.push(min / 1000 / pieces);
    }
  }
  return timed;
}

/** Time of one arm as a multiple of another's: in each round, then the median, so a disturbed round does not decide. */
export function ratioOf(one: Timed | undefined, other: Timed | undefined): number {
  if (!one || !other) throw new RangeError('Both arms of a ratio must have been timed.');
  return medianOf(one.rounds.map((time, round) => time / (other.rounds[round] ?? NaN)));
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
