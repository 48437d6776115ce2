import type { Lesson } from '../agent/index.ts';
import {
  gainEvidence,
  gainOf,
  isAhead,
  raceVerdict,
  scoreOf,
  type Pairing,
  type Score,
  type Verdict,
} from '../evaluation/index.ts';
import { rewardSpan } from '../protocol/index.ts';
import type { Genome } from './genome.ts';
import type { ArchiveNode } from './parents.ts';

/** A dev task that a genome was tried at, and what it earned; null where the reward is missing. */
export interface DevOutcome {
  readonly task: string;
  readonly family: string;
  readonly reward: number | null;
}

/** One dev task of each family, in the run's order of families: the same for every genome. */
export type Round = readonly DevOutcome[];

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
  readonly verdict: Verdict;
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
    difference: differenceOf(rounds.flat()),
  };
}

/** A task that two genomes were tried at. */
export interface Pair extends Pairing {
  readonly task: string;
  readonly family: string;
}

/** The rounds that both genomes have played. */
export function pairedRounds(incumbent: readonly Round[], challenger: readonly Round[]): Pair[][] {
  const common = Math.min(incumbent.length, challenger.length);
  return challenger.slice(0, common).map((round, at) =>
    round.map(({ reward, task, family }, place) => ({
      incumbent: incumbent[at]?.[place]?.reward ?? null,
      challenger: reward,
      task,
      family,
    })),
  );
}

/** Families that an interval needs to have them as its clusters: fewer say nothing of their spread. */
const CLUSTERS = 4;

/** Mean difference with its interval, clustered by family, or by task where there are only a few families. */
export function differenceOf(pairs: readonly Pair[]): Score {
  const byFamily = new Set(pairs.map(({ family }) => family)).size >= CLUSTERS;
  return gainOf(pairs.map((pair) => ({ ...pair, cluster: byFamily ? pair.family : pair.task })));
}

/** A genome's score over the rounds that it has played. */
export function devScore(rounds: readonly Round[]): Score {
  return scoreOf(rounds.flat().map(({ reward, task }) => ({ reward, cluster: task })));
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
