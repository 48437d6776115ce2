import type { Lesson } from '../agent/index.ts';
import type { Verdict } from '../evaluation/index.ts';
import type { Genome } from './genome.ts';

/** A dev task that a genome was tried at, and what it earned. */
export interface DevOutcome {
  readonly task: string;
  readonly family: string;
  readonly reward: number;
}

/** An admitted genome and what is known of it. */
export interface Member {
  readonly genome: Genome;
  readonly parent: string | null;
  readonly kind: string;
  readonly rationale: string;
  readonly verdict: 'seed' | Verdict;
  readonly outcomes: readonly DevOutcome[];
}

/** A patch that the gate refused, or an improver that wrote none. */
export interface Refusal {
  /** Number of the improvement. */
  readonly index: number;
  readonly parent: string;
  readonly kind: string;
  readonly reason: string;
}

/** What was tried in the line of a genome, and from it: oldest first. */
export function lessonsFor(id: string, members: readonly Member[], refusals: readonly Refusal[]): Lesson[] {
  const byId = new Map(members.map((member) => [member.genome.id, member]));
  const line: Lesson[] = [];
  for (let at = byId.get(id); at && at.verdict !== 'seed'; at = byId.get(at.parent ?? '')) {
    line.unshift({ kind: at.kind, verdict: at.verdict });
  }
  const children = members.flatMap((member) =>
    member.parent === id && member.verdict !== 'seed' ? [{ kind: member.kind, verdict: member.verdict }] : [],
  );
  const refused = refusals
    .filter(({ parent }) => parent === id)
    .map(({ kind }) => ({ kind, verdict: 'refused' as const }));
  return [...line, ...children, ...refused];
}
