import { rejectAction } from 'lamarck';
import { applyEdit, isModuleText, mutationsOf, MUTATION_KINDS, type Mutation } from 'lamarck/agent';
import { z } from 'zod';

/** A typed single edit, by what it is: the nth of its kind that begins on that line, from 0. */
export const MutationNameSchema = z.object({
  path: z.string(),
  kind: z.enum(MUTATION_KINDS),
  line: z.number().int().positive(),
  nth: z.number().int().nonnegative(),
});
export type MutationName = z.infer<typeof MutationNameSchema>;

/** Characters of a file, and edits of it, up to which edits are looked for: an agent may have filled it with whatever has many. */
const MOST_READ = 50_000;
const MOST_FOUND = 10_000;

/** Offered of one file. */
const MOST_OFFERED = 600;

/** Typed single edits of texts as they are; those of the last texts are kept, since each is asked about many times. */
export class Mutations {
  readonly #known = new Map<string, readonly Mutation[]>();

  namesIn(path: string, text: string): MutationName[] {
    return this.#of(text)
      .slice(0, MOST_OFFERED)
      .map(({ kind, line, nth }) => ({ path, kind, line, nth }));
  }

  /**
   * The text with an edit made.
   *
   * @throws a rejected action where there is none of that name
   */
  apply(text: string, { path, kind, line, nth }: MutationName): string {
    const found = this.#of(text).find((one) => one.kind === kind && one.line === line && one.nth === nth);
    if (!found) throw rejectAction(`There is no edit "${kind}" number ${nth} at ${path}:${line}.`);
    return applyEdit(text, found);
  }

  #of(text: string): readonly Mutation[] {
    const known = this.#known.get(text);
    if (known) return known;
    const mutations = text.length <= MOST_READ && isModuleText(text) ? mutationsOf(text, MOST_FOUND) : [];
    if (this.#known.size > 20) this.#known.clear();
    this.#known.set(text, mutations);
    return mutations;
  }
}
