import type { DescribedSplice } from './splice.ts';
import type { Source } from './syntax.ts';

/** For each kind of edit, what finds all of it in a module. */
export type Finders<Kind extends string> = Readonly<
  Record<Kind, (source: Source) => Iterable<DescribedSplice>>
>;

/** A splice with its kind, and the line that it begins on, from 1. */
export interface FoundSplice<Kind extends string> extends DescribedSplice {
  readonly kind: Kind;
  readonly line: number;
}

/** What finders of these kinds find in a module, kind by kind; nothing that leaves the text as it is. */
export function* splicesOf<Kind extends string>(
  source: Source,
  finders: Finders<Kind>,
  kinds: readonly Kind[],
): Generator<FoundSplice<Kind>> {
  const { text } = source;
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  for (const kind of kinds) {
    for (const splice of finders[kind](source)) {
      if (text.slice(splice.start, splice.end) === splice.replacement) continue;
      const line = lineStarts.findLastIndex((offset) => offset <= splice.start) + 1;
      yield { ...splice, kind, line };
    }
  }
}
