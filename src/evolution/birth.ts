import type { Night } from './night.ts';
import type { Member } from './population.ts';

/** Records a birth in the archive. @param index its place in the order of births */
export async function admit(
  night: Night,
  { genome, parent, mate, kind, rationale }: Member,
  index: number,
): Promise<void> {
  await night.archive.admit({
    genome,
    parents: [parent, mate ?? null].filter((id) => id !== null),
    message: `${kind}\n\n${rationale}`,
    index,
  });
}
