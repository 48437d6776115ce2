import { devScore, retest, type Finalist } from '../evaluation/index.ts';
import type { Score } from '../statistics/index.ts';
import { EVENT_VERSION } from '../protocol/index.ts';
import { leads, type Member } from './population.ts';
import { recordEvent, type RunContext } from './run-context.ts';
import { confirmingRounds, FINALISTS } from './spending.ts';

export interface Confirmation {
  readonly champion: Member;
  readonly dev: Score;
  readonly finalists: readonly Finalist<Member>[];
}

/**
 * Chooses the champion: the members with the highest lower bounds, of those that are ahead of the seed and of their parent, meet the seed on
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
  const budget = run.budget.episodes;
  const {
    champion,
    seed: ofSeed,
    finalists,
  } = await retest(run, seed.genome, candidates, {
    rounds: confirmingRounds(run.families.length),
    onActivity: (text) => run.tell({ type: 'activity', text }),
    onConfirmed: ({ member, dev, difference, evidence }) =>
      recordEvent(run, {
        type: 'confirmation',
        version: EVENT_VERSION,
        budget,
        genome: member.genome.id,
        dev,
        difference,
        evidence,
      }),
  });
  const best = champion?.member ?? seed;
  await run.archive.setChampion(best.genome.id);
  const dev = champion?.dev ?? ofSeed;
  await recordEvent(run, {
    type: 'champion',
    version: EVENT_VERSION,
    budget,
    genome: best.genome.id,
    dev,
  });
  return { champion: best, dev, finalists };
}

function parentOf({ parent }: Member, members: readonly Member[]): Member {
  const found = members.find(({ genome }) => genome.id === parent);
  if (found === undefined) throw new Error(`The parent ${String(parent)} is not a member.`);
  return found;
}
