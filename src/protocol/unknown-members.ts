import type { z } from 'zod';

/**
 * For a strict schema: says of each member that is not known which known one it may have been meant for.
 *
 * @example z.strictObject(shape, { error: unknownMembers(Object.keys(shape)) })
 */
export function unknownMembers(known: readonly string[]): (issue: z.core.$ZodRawIssue) => string | undefined {
  return ({ code, keys }) => {
    if (code !== 'unrecognized_keys') return undefined;
    return (keys as readonly string[])
      .map((name) => `has no member "${name}"; did you mean "${nearest(name, known)}"?`)
      .join(' ');
  };
}

function nearest(name: string, known: readonly string[]): string {
  return known.toSorted((one, other) => distance(name, one) - distance(name, other))[0] ?? '';
}

/** Letters to change, add or leave out, upper and lower alike (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one.toLowerCase()].entries()) {
    const next = [at + 1];
    for (const [place, second] of [...other.toLowerCase()].entries())
      next.push(
        Math.min(
          (next[place] ?? 0) + 1,
          (row[place + 1] ?? 0) + 1,
          (row[place] ?? 0) + (letter === second ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
