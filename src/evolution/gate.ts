import { actorOf, jobsAt, type Night } from './night.ts';
import type { Genome } from './genome.ts';
import { improve } from './improvement.ts';
import type { Member } from './population.ts';

/** Train episodes that a child may play to show that it can write a child. */
const IMPROVER_TRIAL = 8;

/**
 * The checks before anything is spent on a race: no duplicate, acts at one easy task of each environment without
 * failing, and can still write a child of its own. That it parses, imports only what it may and boots is checked on
 * the way.
 *
 * @returns why the child is refused, in one sentence; nothing where it may pass
 */
export async function gate(
  night: Night,
  child: Genome,
  members: readonly Member[],
  index: number,
): Promise<string | undefined> {
  if (members.some(({ genome }) => genome.id === child.id))
    return 'it is the same code as a genome that is in the archive';
  const environments = new Set<string>();
  const one = night.families.filter(({ family: { environment } }) => {
    const fresh = !environments.has(environment.name);
    environments.add(environment.name);
    return fresh;
  });
  const trials = await night.rollout.play(
    jobsAt({ ...night, families: one }, actorOf(night, child), 'train', [0]),
  );
  const failed = trials.find(({ end }) => end.stop === 'agent-error');
  if (failed) return `it fails at an easy task (${failed.end.error?.message ?? failed.end.stop})`;
  const { refusal } = await improve(night, {
    parent: child,
    lessons: [],
    trajectories: [],
    episodes: IMPROVER_TRIAL,
    index,
  });
  if (refusal !== undefined && refusal !== 'the improver ended without a patch')
    return `it can no longer write a child: ${refusal}`;
  return undefined;
}
