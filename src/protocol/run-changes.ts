import type { RunChange } from './summary.ts';

/** Names in a sentence; the others are counted. */
const MOST_NAMED = 20;

/** Changes in a line: `counter.ts (changed), verify of counter/reach, budget.improvement (40 → 60)`. */
export function describeChanges(changes: readonly RunChange[]): string {
  const told = changes.slice(0, MOST_NAMED).map(({ kind, name, change, before, after }) => {
    if (before !== undefined && after !== undefined) return `${name} (${before} → ${after})`;
    if (kind === 'lamarck') return `Lamarck's ${name} (${change})`;
    return kind === 'families' && change === 'changed' ? name : `${name} (${change})`;
  });
  const more = changes.length - told.length;
  return `${told.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
