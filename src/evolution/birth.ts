import type { RunContext } from './run-context.ts';
import type { Member } from './population.ts';

/** Records a birth in the archive. @param index its place in the order of births */
export async function admit(
  run: RunContext,
  { genome, parent, mate, kind, rationale }: Member,
  index: number,
): Promise<void> {
  await run.archive.admit({
    genome,
    parents: [parent, mate ?? null].filter((id) => id !== null),
    message: `${kind}\n\n${rationale}`,
    index,
  });
}
