/** Lists in lists that a row may have: deeper ones are no data of a task, and whoever walks down them may not come back. */
const DEEPEST = 100;

/** The first column that is nested deeper than any task needs. Walks without recursion, for which there is a limit. */
export function deepColumn(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined;
  return Object.entries(row).find(([, value]) => isDeep(value))?.[0];
}

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}
