import type { Lesson } from '../agent/index.ts';
import {
  clusteredInterval,
  gainEvidence,
  raceVerdict,
  type Interval,
  type Verdict,
} from '../evaluation/index.ts';
import type { Genome } from './genome.ts';
import type { ArchiveNode } from './parents.ts';

/** A dev task that a genome was tried at, and what it earned; null where nothing may be concluded. */
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
  /** e-value against "not better"; 1 where nothing may be concluded. */
  readonly evidence: number;
  /** Child minus parent on the same tasks. */
  readonly difference: Interval;
}

/**
 * The race between two genomes as it stands. Where the arms miss different numbers of episodes, it is undecided: missing
 * is not random.
 */
function raceOf(parent: readonly Round[], child: readonly Round[]): Race {
  const common = Math.min(parent.length, child.length);
  const rounds = Array.from({ length: common }, (_, at) => pairsOf(parent[at] ?? [], child[at] ?? []));
  const missing = (played: readonly Round[]): number =>
    played
      .slice(0, common)
      .flat()
      .filter(({ reward }) => reward === null).length;
  const isComparable = missing(parent) === missing(child);
  const values = rounds.map((round) => round.map(({ value }) => value));
  return {
    verdict: isComparable ? raceVerdict(values) : 'undecided',
    evidence: isComparable ? gainEvidence(values.flat()) : 1,
    difference: differenceOf(rounds.flat()),
  };
}

/** A task that two genomes were tried at: second minus first. */
export interface Pair {
  readonly value: number;
  readonly task: string;
  readonly family: string;
}

/** Second minus first where both have a conclusion. */
export function pairsOf(first: Round, second: Round): Pair[] {
  return first.flatMap(({ reward, task, family }, place) => {
    const other = second[place]?.reward ?? null;
    return reward === null || other === null ? [] : [{ value: other - reward, task, family }];
  });
}

/** Families that an interval needs to have them as its clusters: fewer say nothing of their spread. */
const CLUSTERS = 4;

/** Mean difference with its interval, clustered by family, or by task where there are only a few families. */
export function differenceOf(pairs: readonly Pair[]): Interval {
  const byFamily = new Set(pairs.map(({ family }) => family)).size >= CLUSTERS;
  return clusteredInterval(
    pairs.map(({ value, task, family }) => ({ value, cluster: byFamily ? family : task })),
    [-1, 1],
  );
}

/** A genome's score over the rounds that it has played. */
export function devInterval(rounds: readonly Round[]): Interval {
  return clusteredInterval(
    rounds.flat().flatMap(({ reward, task }) => (reward === null ? [] : [{ value: reward, cluster: task }])),
  );
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
    outcomes: rounds.flat().flatMap(({ task, reward }) => (reward === null ? [] : [{ task, reward }])),
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
