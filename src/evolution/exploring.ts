import { createRandom, EVENT_VERSION } from '../protocol/index.ts';
import { devScore, playRounds, type Round } from '../evaluation/index.ts';
import type { Tally } from '../rollout/index.ts';
import { admit } from './birth.ts';
import { expand } from './expanding.ts';
import type { Expansion } from './expansion-machine.ts';
import { improvementRecord } from './improvement.ts';
import { recordEvent, tallied, type RunContext } from './run-context.ts';
import { chooseParent, chooseToEvaluate } from './parents.ts';
import { lessonsFor, nodesOf, raceOfMember, type Member, type Refusal } from './population.ts';
import { evaluationCost, expansionCost, explorationBudget, MOST_ROUNDS } from './spending.ts';
import { runLanes } from './virtual-lanes.ts';

/** Expansions without a child in a row, after which none is tried any more: they may cost next to nothing. */
const FRUITLESS = 8;
/** How much evaluating there is to expanding: expand while (rounds played)^0.6 ≥ children, as in the Huxley-Gödel Machine. */
const EVALUATION_EXPONENT = 0.6;
/** Members that an improver may take from: the best, and one that is drawn. */
const MATES = 2;

/** What the archive has come to. */
export interface Population {
  readonly members: readonly Member[];
  readonly refusals: readonly Refusal[];
}

type Move =
  | {
      readonly kind: 'expand';
      readonly index: number;
      readonly parent: Member;
      readonly mates: readonly Member[];
    }
  | { readonly kind: 'evaluate'; readonly member: Member };

type Outcome =
  | ({ readonly kind: 'expand' } & Expansion)
  | { readonly kind: 'evaluate'; readonly rounds: readonly Round[]; readonly ofParent: readonly Round[] };

/**
 * Grows the archive from the seed until its half of the budget is spent. Moves run on lanes without a generation
 * barrier: either a member writes a child, or one further round of a member (and of its parent) is played. What is
 * decided depends on what was concluded before, counted in episodes, never on time.
 */
export async function explore(run: RunContext, seed: Member): Promise<Population> {
  const budget = explorationBudget(run);
  const asked = new Set<string>();
  let members: readonly Member[] = [seed];
  let refusals: readonly Refusal[] = [];
  let expansions = 0;
  let fruitless = 0;
  // Once there is too little left for a child it stays so: a run that is given more begins its further children there.
  let isClosed = false;

  const costOf = (move: Move): number =>
    move.kind === 'expand' ? expansionCost(run) : evaluationCost(run.families);

  function decide(underWay: readonly Move[]): Move | undefined {
    const left = underWay.reduce((sum, move) => sum - costOf(move), budget - asked.size);
    if (left < expansionCost(run)) isClosed = true;
    const canExpand = !isClosed && fruitless < FRUITLESS;
    const beingPlayed = new Set(
      underWay.flatMap((move) => (move.kind === 'evaluate' ? [move.member.genome.id] : [])),
    );
    const open = members.filter(
      ({ genome, rounds }) => rounds.length < MOST_ROUNDS && !beingPlayed.has(genome.id),
    );
    const canEvaluate = open.length > 0 && left >= evaluationCost(run.families);
    const played = members.reduce((sum, { rounds }) => sum + rounds.length, 0) + beingPlayed.size;
    const children = members.length - 1 + underWay.filter(({ kind }) => kind === 'expand').length;
    if (canExpand && (!canEvaluate || played ** EVALUATION_EXPONENT >= children)) return expansion();
    if (!canEvaluate) return undefined;
    const random = createRandom(`evolve/${run.seed}/evaluate/${played}/${members.length}`);
    const id = chooseToEvaluate(nodesOf(open), random);
    return { kind: 'evaluate', member: memberOf(members, id) };
  }

  function expansion(): Move {
    const index = expansions++;
    const random = createRandom(`evolve/${run.seed}/parent/${index}`);
    const parent = memberOf(members, chooseParent(run.search.parents, nodesOf(members), random));
    const others = members.filter((member) => member !== parent);
    const [best, ...rest] = others.toSorted((left, right) => meanOf(right) - meanOf(left));
    const mates = best === undefined ? [] : [best, ...random.sample(rest, Math.min(MATES - 1, rest.length))];
    return { kind: 'expand', index, parent, mates };
  }

  async function perform(move: Move, tally: Tally): Promise<Outcome> {
    const own = tallied(run, tally);
    if (move.kind === 'evaluate') return evaluate(own, move.member);
    const { parent, index, mates } = move;
    return {
      kind: 'expand',
      ...(await expand(own, {
        parent: parent.genome,
        index,
        mates: mates.map(({ genome }, at) => ({
          id: `mate-${at + 1}`,
          files: genome.files,
          lessons: lessonsFor(genome.id, members, refusals),
        })),
        lessons: lessonsFor(parent.genome.id, members, refusals),
        members,
      })),
    };
  }

  async function evaluate(own: RunContext, { genome, parent, rounds }: Member): Promise<Outcome> {
    const before = parent === null ? undefined : memberOf(members, parent);
    run.tell({ type: 'activity', text: `${shortId(genome.id)} plays another round` });
    const missing = before ? Math.max(0, rounds.length + 1 - before.rounds.length) : 0;
    return {
      kind: 'evaluate',
      ofParent: before ? await playRounds(own, before.genome, before.rounds.length, missing) : [],
      rounds: await playRounds(own, genome, rounds.length, 1),
    };
  }

  async function conclude(move: Move, outcome: Outcome, work: ReadonlySet<string>): Promise<void> {
    for (const key of work) asked.add(key);
    if (move.kind === 'evaluate' && outcome.kind === 'evaluate')
      await concludeEvaluation(move.member, outcome);
    else if (move.kind === 'expand' && outcome.kind === 'expand') await concludeExpansion(move, outcome);
  }

  async function concludeEvaluation(
    member: Member,
    { rounds, ofParent }: Outcome & { kind: 'evaluate' },
  ): Promise<void> {
    const { id } = member.genome;
    extend(id, [...member.rounds, ...rounds]);
    const parent = members.find(({ genome }) => genome.id === member.parent);
    // Another move may have played the parent's round meanwhile: it is the same.
    if (parent && ofParent.length > 0 && parent.rounds.length <= member.rounds.length) {
      extend(parent.genome.id, [...parent.rounds, ...ofParent]);
      await recordRound(parent.genome.id);
    }
    await recordRound(id);
  }

  async function concludeExpansion(move: Move & { kind: 'expand' }, outcome: Expansion): Promise<void> {
    const { parent, index, mates } = move;
    const { improvement, child, rounds, ofParent } = outcome;
    const { kind, rationale } = improvement;
    const isKnown = child !== undefined && members.some(({ genome }) => genome.id === child.id);
    const refusal = isKnown ? 'it is the same code as a genome that was born meanwhile' : outcome.refusal;
    const mate = mates.find((_, at) => improvement.mate === `mate-${at + 1}`)?.genome.id;
    const record = improvementRecord(
      { ...improvement, ...(child && { child }) },
      { index, parent: parent.genome.id, mate, refusal },
    );
    await run.log.record(record);
    if (refusal !== undefined || child === undefined) {
      fruitless++;
      refusals = [...refusals, { parent: parent.genome.id, kind, reason: refusal ?? 'no child' }];
      run.tell(record);
      return;
    }
    fruitless = 0;
    const current = memberOf(members, parent.genome.id);
    if (ofParent.length > current.rounds.length) {
      extend(current.genome.id, ofParent);
      await recordRound(current.genome.id);
    }
    const member: Member = {
      genome: child,
      parent: parent.genome.id,
      ...(mate === undefined ? {} : { mate }),
      kind,
      rationale,
      rounds,
    };
    await admit(run, member, members.length);
    members = [...members, member];
    // Whoever hears of it finds it in the archive.
    run.tell(record);
    await recordRound(child.id);
  }

  function extend(id: string, rounds: readonly Round[]): void {
    members = members.map((member) => (member.genome.id === id ? { ...member, rounds } : member));
  }

  async function recordRound(id: string): Promise<void> {
    const member = memberOf(members, id);
    await recordEvent(run, {
      type: 'race-round',
      version: EVENT_VERSION,
      genome: id,
      rounds: member.rounds.length,
      dev: devScore(member.rounds),
      race: raceOfMember(member, members) ?? null,
    });
  }

  await runLanes<Move, Outcome>({
    lanes: run.search.lanes,
    decide,
    run: perform,
    conclude,
    halt: (error) => run.halt(error),
  });
  return { members, refusals };
}

function memberOf(members: readonly Member[], id: string): Member {
  const found = members.find(({ genome }) => genome.id === id);
  if (found === undefined) throw new Error(`There is no member ${id}.`);
  return found;
}

function meanOf({ rounds }: Member): number {
  return devScore(rounds).mean;
}

function shortId(id: string): string {
  return id.slice(0, 8);
}
