import { hashOf } from '../host/index.ts';
import { LamarckError, type Json, type Split } from '../protocol/index.ts';
import { splitOf, splitSeed } from './splits.ts';

/** What a family's generator makes of a seed: what the agent is told, and what the world is built from. */
export interface GeneratedTask<Params> {
  instruction: string;
  params: Params;
}

/** What of fixed instances belongs to which split: half is learned from, three tenths are kept for the end. */
const UP_TO: Readonly<Record<Split, number>> = { train: 0.5, dev: 0.7, sealed: 1 };
const SPLITS = ['train', 'dev', 'sealed'] as const;

/**
 * A generator of fixed instances. Each belongs to one split, by the order of their hashes, and so to none other: what is scored
 * was not learned from. Seeds that follow each other go through the instances of their split in turn.
 *
 * @throws LamarckError `LAMARCK_INSTANCES_FEW` where there are fewer than three, so that a split would have none
 */
export function generatorOf<Params>(
  family: string,
  instances: readonly GeneratedTask<Params>[],
): (context: { seed: number }) => GeneratedTask<Params> {
  if (instances.length < SPLITS.length) {
    throw new LamarckError({
      code: 'LAMARCK_INSTANCES_FEW',
      boundary: 'task',
      message: `"${family}" has ${instances.length} instances, and each of train, dev and sealed needs one of its own.`,
      remedy: 'Give it at least three instances, or generate() tasks from seeds.',
    });
  }
  const sorted = instances
    .map((instance) => ({ instance, hash: hashOf(instance as unknown as Json) }))
    .sort((one, other) => (one.hash < other.hash ? -1 : 1))
    .map(({ instance }) => instance);
  const bySplit = new Map<Split, readonly GeneratedTask<Params>[]>(
    sharesOf(sorted.length).map(({ split, first, end }) => [split, sorted.slice(first, end)]),
  );
  return ({ seed }) => {
    const share = bySplit.get(splitOf(seed)) ?? [];
    return share[seed % share.length] as GeneratedTask<Params>;
  };
}

/** A seed of each of so many fixed instances, the splits in turn: what is first of them is of every split. */
export function instanceSeeds(count: number): number[] {
  const bySplit = sharesOf(count).map(({ split, first, end }) =>
    Array.from({ length: end - first }, (_, at) => splitSeed(split, 0, at)),
  );
  return Array.from({ length: count }, (_, at) => bySplit.flatMap((seeds) => seeds[at] ?? [])).flat();
}

function sharesOf(count: number): { split: Split; first: number; end: number }[] {
  let first = 0;
  return SPLITS.map((split, at) => {
    const others = SPLITS.length - 1 - at;
    const end = Math.min(count - others, Math.max(first + 1, Math.round(UP_TO[split] * count)));
    const share = { split, first, end };
    first = end;
    return share;
  });
}
