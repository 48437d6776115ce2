/** What an actor may say in one action. Its readers recurse, and its text is sent, hashed and recorded. */
const MOST_DEPTH = 64;
const MOST_CHARACTERS = 4_000_000;
/** Characters of text that a value without any counts for, about what it takes in JSON. */
const CHARACTERS_EACH = 2;

/**
 * Why a JSON value is too much to be handled, as the end of a sentence about it; undefined where it is not. Takes no call
 * stack, however deeply the value nests, and stops where it has seen enough.
 *
 * @example jsonExcess({ click: { ref: 'e1' } }) // undefined
 */
export function jsonExcess(value: unknown): string | undefined {
  let characters = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) return `is nested more than ${MOST_DEPTH} levels deep`;
    const next: unknown[] = [];
    for (const one of level) {
      characters += typeof one === 'string' ? one.length : CHARACTERS_EACH;
      if (typeof one === 'object' && one !== null)
        for (const name of Object.keys(one)) {
          if (!Array.isArray(one)) characters += name.length;
          next.push((one as Record<string, unknown>)[name]);
        }
      if (characters + CHARACTERS_EACH * next.length > MOST_CHARACTERS)
        return `is longer than ${MOST_CHARACTERS} characters`;
    }
    level = next;
  }
  return undefined;
}
