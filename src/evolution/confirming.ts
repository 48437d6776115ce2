import { devScore, retest, type Finalist } from '../evaluation/index.ts';
import type { Score } from '../statistics/index.ts';
import { leads, type Member } from './population.ts';
import type { RunContext } from './run-context.ts';
import { confirmingRounds, FINALISTS } from './spending.ts';

export interface Confirmation {
  readonly champion: Member;
  readonly dev: Score;
  readonly finalists: readonly Finalist<Member>[];
}

/**
 * The members with the highest lower bounds, of those that are ahead of the seed and of their parent, meet the seed on
 * fresh dev tasks: a genome that only equals its parent has nothing to confirm. Where none is confirmed, the seed stays champion.
 */
export async function confirm(run: RunContext, members: readonly Member[]): Promise<Confirmation> {
  const [seed, ...children] = members as readonly [Member, ...Member[]];
  const candidates = children
    .filter((child) => leads(child, seed) && leads(child, parentOf(child, members)))
    .map((member) => ({ member, bound: devScore(member.rounds).low }))
    .toSorted((left, right) => right.bound - left.bound)
    .slice(0, FINALISTS)
    .map(({ member }) => member);
  const {
    champion,
    seed: ofSeed,
    finalists,
  } = await retest(run, seed.genome, candidates, {
    rounds: confirmingRounds(run.families.length),
    onActivity: (text) => run.tell({ type: 'activity', text }),
    onConfirmed: ({ member, dev, difference }) =>
      run.tell({ type: 'confirmed', id: member.genome.id, dev, difference }),
  });
  const best = champion?.member ?? seed;
  await run.archive.setChampion(best.genome.id);
  return { champion: best, dev: champion?.dev ?? ofSeed, finalists };
}

function parentOf({ parent }: Member, members: readonly Member[]): Member {
  const found = members.find(({ genome }) => genome.id === parent);
  if (found === undefined) throw new Error(`The parent ${String(parent)} is not a member.`);
  return found;
}
