import type { Genome } from '../genome/index.ts';
import { discoveries, gainEvidence, type Score } from '../statistics/index.ts';
import { differenceOf } from './paired.ts';
import { devScore, pairedRounds, playRounds, type Round } from './rounds.ts';
import type { Trial } from './trial.ts';

/** First dev round of the confirmation: far from those that races are run on. */
const FIRST_ROUND = 4096;

/** A finalist on dev tasks that did not select it. */
export interface Finalist<Candidate> {
  readonly member: Candidate;
  readonly dev: Score;
  /** Against the seed on the same tasks. */
  readonly difference: Score;
  /** e-value against "not better than the seed". */
  readonly evidence: number;
}

/**
 * Candidates and the seed on fresh dev tasks. A finalist may become champion only if its gain is a discovery among all finalists
 * (e-BH at 5 %), so of candidates that equal the seed none is confirmed 95 times in 100; of several, the highest lower bound wins.
 *
 * @returns `champion` undefined where none is confirmed
 */
export async function retest<Candidate extends { readonly genome: Genome }>(
  trial: Trial,
  seed: Genome,
  candidates: readonly Candidate[],
  options: {
    rounds: number;
    onActivity: (text: string) => void;
    onConfirmed: (finalist: Finalist<Candidate>) => Promise<void>;
  },
): Promise<{ champion?: Finalist<Candidate>; seed: Score; finalists: Finalist<Candidate>[] }> {
  const { rounds, onActivity, onConfirmed } = options;
  onActivity('the seed agent on fresh tasks');
  const ofSeed = await playRounds(trial, seed, FIRST_ROUND, rounds);
  const finalists: Finalist<Candidate>[] = [];
  for (const member of candidates) {
    onActivity(`${member.genome.id.slice(0, 8)} on fresh tasks`);
    const finalist = compare(member, ofSeed, await playRounds(trial, member.genome, FIRST_ROUND, rounds));
    await onConfirmed(finalist);
    finalists.push(finalist);
  }
  const champion = chooseChampion(finalists);
  return { ...(champion && { champion }), seed: devScore(ofSeed), finalists };
}

/**
 * The confirmed finalist with the highest lower bound of its score; undefined where none is confirmed. Tasks are the
 * clusters: all finalists meet the same families, and a change that lifts one suite is not to lose to a smaller one that
 * lifts all alike.
 */
function chooseChampion<Candidate>(
  finalists: readonly Finalist<Candidate>[],
): Finalist<Candidate> | undefined {
  const isDiscovery = discoveries(finalists.map(({ evidence }) => evidence));
  return finalists
    .filter((_, at) => isDiscovery[at])
    .toSorted((left, right) => right.dev.low - left.dev.low)[0];
}

function compare<Candidate>(
  member: Candidate,
  ofSeed: readonly Round[],
  own: readonly Round[],
): Finalist<Candidate> {
  const pairs = pairedRounds(ofSeed, own).flat();
  return {
    member,
    dev: devScore(own),
    difference: differenceOf(pairs, 'family-if-enough'),
    evidence: gainEvidence(pairs),
  };
}
