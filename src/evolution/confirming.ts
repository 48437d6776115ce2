import { discoveries, gainEvidence, type Score } from '../evaluation/index.ts';
import type { Night } from './night.ts';
import { devScore, differenceOf, leads, pairedRounds, type Member, type Round } from './population.ts';
import { playRounds } from './racing.ts';
import { confirmingRounds, FINALISTS } from './spending.ts';

/** First dev round of the confirmation: far from those that races are run on. */
const CONFIRMATION_START = 4096;

/** A finalist on dev tasks that did not select it. */
export interface Finalist {
  readonly member: Member;
  readonly dev: Score;
  /** Against the seed on the same tasks. */
  readonly difference: Score;
  /** e-value against "not better than the seed". */
  readonly evidence: number;
}

export interface Confirmation {
  readonly champion: Member;
  readonly dev: Score;
  readonly finalists: readonly Finalist[];
}

/**
 * The members with the highest lower bounds, of those that are ahead of the seed and of their parent, meet the seed on
 * fresh dev tasks: a genome that only equals its parent has nothing to confirm. A finalist may become champion only if its
 * gain is a discovery among all finalists (e-BH at 5 %), so a night of equals keeps its seed 95 times in 100; of several,
 * the highest lower bound wins.
 */
export async function confirm(night: Night, members: readonly Member[]): Promise<Confirmation> {
  const [seed, ...children] = members as readonly [Member, ...Member[]];
  const selected = children
    .filter((child) => leads(child, seed) && leads(child, parentOf(child, members)))
    .map((member) => ({ member, bound: devScore(member.rounds).low }))
    .toSorted((left, right) => right.bound - left.bound)
    .slice(0, FINALISTS);
  const count = confirmingRounds(night.families.length);
  night.tell({ type: 'activity', text: 'the seed agent on fresh tasks' });
  const ofSeed = await playRounds(night, seed.genome, CONFIRMATION_START, count);
  const finalists: Finalist[] = [];
  for (const { member } of selected) {
    night.tell({ type: 'activity', text: `${member.genome.id.slice(0, 8)} on fresh tasks` });
    const finalist = compare(
      member,
      ofSeed,
      await playRounds(night, member.genome, CONFIRMATION_START, count),
    );
    night.tell({
      type: 'confirmed',
      id: member.genome.id,
      dev: finalist.dev,
      difference: finalist.difference,
    });
    finalists.push(finalist);
  }
  const best = chooseChampion(finalists);
  const champion = best?.member ?? seed;
  await night.archive.setChampion(champion.genome.id);
  return { champion, dev: best?.dev ?? devScore(ofSeed), finalists };
}

/**
 * The confirmed finalist with the highest lower bound of its score; undefined where none is confirmed. Tasks are the
 * clusters: all finalists meet the same families, and a change that lifts one suite is not to lose to a smaller one that
 * lifts all alike.
 */
function chooseChampion<Candidate extends Pick<Finalist, 'dev' | 'evidence'>>(
  finalists: readonly Candidate[],
): Candidate | undefined {
  const isDiscovery = discoveries(finalists.map(({ evidence }) => evidence));
  return finalists
    .filter((_, at) => isDiscovery[at])
    .toSorted((left, right) => right.dev.low - left.dev.low)[0];
}

function parentOf({ parent }: Member, members: readonly Member[]): Member {
  const found = members.find(({ genome }) => genome.id === parent);
  if (found === undefined) throw new Error(`The parent ${String(parent)} is not a member.`);
  return found;
}

function compare(member: Member, ofSeed: readonly Round[], own: readonly Round[]): Finalist {
  const pairs = pairedRounds(ofSeed, own).flat();
  return {
    member,
    dev: devScore(own),
    difference: differenceOf(pairs),
    evidence: gainEvidence(pairs),
  };
}
