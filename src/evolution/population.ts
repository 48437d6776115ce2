import type { Lesson } from '../agent/index.ts';
import { differenceOf, pairedRounds, type Round } from '../evaluation/index.ts';
import { gainEvidence, isAhead, raceVerdict, type Score, type RaceVerdict } from '../statistics/index.ts';
import { rewardSpan } from '../protocol/index.ts';
import type { Genome } from '../genome/index.ts';
import type { ArchiveNode } from './parents.ts';

/** An admitted genome and what is known of it. */
export interface Member {
  readonly genome: Genome;
  readonly parent: string | null;
  /** The member that it took from too, where it is a recombination. */
  readonly mate?: string;
  readonly kind: string;
  readonly rationale: string;
  /** What it was tried at so far: rounds 0, 1, … */
  readonly rounds: readonly Round[];
}

/** A patch that the gate refused, or an improver that wrote none. */
export interface Refusal {
  readonly parent: string;
  readonly kind: string;
  readonly reason: string;
}

/** Child against parent, over the rounds that both have played. */
export interface Race {
  readonly verdict: RaceVerdict;
  /** e-value against "not better". */
  readonly evidence: number;
  /** Child minus parent on the same tasks. */
  readonly difference: Score;
}

/** The race between two genomes as it stands. */
function raceOf(parent: readonly Round[], child: readonly Round[]): Race {
  const rounds = pairedRounds(parent, child);
  return {
    verdict: raceVerdict(rounds),
    evidence: gainEvidence(rounds.flat()),
    difference: differenceOf(rounds.flat(), 'family-if-enough'),
  };
}

/** Whether a member earned more than another in the rounds that both have played, whatever missing rewards were in truth. */
export function leads(member: Member, other: Member): boolean {
  return isAhead(pairedRounds(other.rounds, member.rounds).flat());
}

/** The member's race against its parent; undefined for the seed. */
export function raceOfMember(member: Member, members: readonly Member[]): Race | undefined {
  const parent = members.find(({ genome }) => genome.id === member.parent);
  return parent && raceOf(parent.rounds, member.rounds);
}

/** What parent selection sees of the archive, in the order of birth. */
export function nodesOf(members: readonly Member[]): ArchiveNode[] {
  return members.map(({ genome, parent, rounds }) => ({
    id: genome.id,
    parent,
    outcomes: rounds.flat().map(({ task, reward }) => ({ task, reward: rewardSpan(reward).counted })),
  }));
}

/** What was tried in the line of a genome, and from it: oldest first. */
export function lessonsFor(id: string, members: readonly Member[], refusals: readonly Refusal[]): Lesson[] {
  const byId = new Map(members.map((member) => [member.genome.id, member]));
  const line: Lesson[] = [];
  for (let at = byId.get(id); at && at.parent !== null; at = byId.get(at.parent)) {
    line.unshift(lessonOf(at, members));
  }
  const children = members.filter(({ parent }) => parent === id).map((child) => lessonOf(child, members));
  const refused = refusals
    .filter(({ parent }) => parent === id)
    .map(({ kind }) => ({ kind, verdict: 'refused' as const, gain: null }));
  return [...line, ...children, ...refused];
}

function lessonOf(member: Member, members: readonly Member[]): Lesson {
  const race = raceOfMember(member, members);
  const gain = race && race.difference.n > 0 ? race.difference.mean : null;
  return { kind: member.kind, verdict: race?.verdict ?? 'undecided', gain };
}
