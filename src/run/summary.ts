import type { Estimate, GenomeState, RunState, Summary } from '../protocol/index.ts';
import { discoveries } from '../statistics/index.ts';
import type { RunManifest } from './folder.ts';
import type { RunTotals } from './record.ts';

/**
 * The outcome of a run that has come to its end.
 *
 * @throws Error where it has not
 */
export function summaryOf(manifest: RunManifest, state: RunState, totals: RunTotals): Summary {
  const { genomes, refused, learner, finalists } = state;
  const champion = required(state.champion);
  const { slice, all, suites, unseenFamilies } = required(state.sealed);
  const seed = required(genomes[0]);
  // The seed has no race: an e-value of 0 is no discovery, and must not count among them either.
  const found = discoveries(genomes.flatMap(({ race }) => (race ? [race.evidence] : [])));
  return {
    version: 1,
    run: manifest.run,
    seed: manifest.seed,
    ...totals,
    changes: manifest.continuations.flatMap(({ changes }) => changes),
    champion: champion.id,
    genomes: genomes.map(({ id, parent, mate, kind, rationale, race, dev }, at) => ({
      id,
      parent,
      ...(mate === undefined ? {} : { mate }),
      kind,
      rationale,
      verdict: race?.verdict ?? 'seed',
      gain: race?.difference ?? null,
      discovery: found[at - 1] ?? false,
      dev: required<Estimate>(dev),
    })),
    kinds: countKinds(state),
    refused: [...refused],
    confirmation: champion.dev,
    finalists: [...finalists],
    learner: { id: learner.id ?? seed.id, improvements: learner.improvements },
    slice,
    sealed: all,
    suites: { ...suites },
    unseenFamilies,
  };
}

function countKinds({ genomes, refused }: RunState): Summary['kinds'] {
  // Improvers name the kinds: `__proto__` is one like any other.
  const counts = new Map<string, { tried: number; admitted: number; better: number }>();
  const countOf = (kind: string) => {
    const count = counts.get(kind) ?? { tried: 0, admitted: 0, better: 0 };
    counts.set(kind, count);
    return count;
  };
  for (const { kind } of refused) countOf(kind).tried++;
  for (const { kind, race } of genomes.filter(isChild)) {
    const count = countOf(kind);
    count.tried++;
    count.admitted++;
    if (race?.verdict === 'better') count.better++;
  }
  return Object.fromEntries(counts);
}

function isChild({ parent }: GenomeState): boolean {
  return parent !== null;
}

function required<T>(value: T | undefined): T {
  if (value === undefined)
    throw new Error('The run has not come to its end: its record lacks what its summary states.');
  return value;
}
