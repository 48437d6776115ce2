import { createRandom, type Split } from '../protocol/index.ts';

/** Seeds are whole numbers below 2^52. Ranges that cannot meet keep the splits apart. */
const RANGE = 2 ** 40;
const START: Record<Split, number> = { train: 0, dev: RANGE, sealed: 2 * RANGE };
/** Tasks of a family that a run has in a split; those of different run seeds differ but for rare accidents. */
export const SPLIT_SIZE = 2 ** 20;
/** Tasks of a family in a slice of the sealed split. */
const SLICE_SIZE = 4096;

/**
 * The seed of the `index`-th task of a split, for a run. Sealed tasks come in numbered slices, each scored once.
 *
 * @param slice only for `sealed`: slice `s` holds indices of its own.
 */
export function splitSeed(split: Split, runSeed: number, index: number, slice = 0): number {
  const block = createRandom(`split/${runSeed}`).int(0, RANGE / SPLIT_SIZE - 1) * SPLIT_SIZE;
  const place = split === 'sealed' ? slice * SLICE_SIZE + index : index;
  if (place >= SPLIT_SIZE)
    throw new RangeError(`A split has ${SPLIT_SIZE} tasks a family; number ${place} was asked for.`);
  return START[split] + block + place;
}

/** Which slice a seed of the sealed split belongs to. */
export function sliceOf(seed: number): number {
  return Math.floor((seed % SPLIT_SIZE) / SLICE_SIZE);
}

/** Which split a seed belongs to. */
export function splitOf(seed: number): Split {
  return seed < START.dev ? 'train' : seed < START.sealed ? 'dev' : 'sealed';
}
