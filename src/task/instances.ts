import { hashOf, LamarckError, type Json, type Split } from '../protocol/index.ts';
import { splitOf } from './splits.ts';

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
  let first = 0;
  const shares = SPLITS.map((split, at) => {
    const others = SPLITS.length - 1 - at;
    const end = Math.min(
      sorted.length - others,
      Math.max(first + 1, Math.round(UP_TO[split] * sorted.length)),
    );
    const share = sorted.slice(first, end);
    first = end;
    return [split, share] as const;
  });
  const bySplit = new Map<Split, readonly GeneratedTask<Params>[]>(shares);
  return ({ seed }) => {
    const share = bySplit.get(splitOf(seed)) ?? [];
    return share[seed % share.length] as GeneratedTask<Params>;
  };
}
