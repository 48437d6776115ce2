import { pristine } from './pristine.ts';

/** Deeper values are refused: nothing an agent has to say nests so far, and readers on the host recurse. */
const MOST_DEPTH = 64;

/**
 * The JSON text of a plain value: null, booleans, finite numbers, strings, arrays and plain objects (members that are
 * `undefined` are left out). No `toJSON` is called, and everything else is refused by name: class instances, functions,
 * symbols, BigInt, NaN, cycles, the key `__proto__`. Getters and proxies of the guest run, on the guest's own fuel.
 *
 * @param characters length bound of the text.
 * @throws an Error whose message says what is wrong, to be read after "it".
 */
export function writePlainJson(value: unknown, characters: number): string {
  let left = characters;

  const spend = (text: string): string => {
    left -= text.length;
    if (left < 0) throw new pristine.Error(`is longer than ${characters} characters`);
    return text;
  };

  const write = (value: unknown, depth: number): string => {
    switch (typeof value) {
      case 'string':
        // A string can only grow in its JSON text: checked first, so that a huge one is not copied.
        if (value.length > left) spend(value);
        return spend(pristine.stringify(value));
      case 'boolean':
        return spend(value ? 'true' : 'false');
      case 'number':
        if (!pristine.isFinite(value)) throw new pristine.Error(`holds ${value}, which is no JSON number`);
        return spend(pristine.is(value, -0) ? '0' : pristine.String(value));
      case 'object':
        if (value === null) return spend('null');
        if (depth > MOST_DEPTH) throw new pristine.Error('is nested too deeply, or in a circle');
        return pristine.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
      default:
        throw new pristine.Error(`holds a value of type ${typeof value}`);
    }
  };

  const writeArray = (value: readonly unknown[], depth: number): string => {
    let text = spend('[');
    for (let index = 0; index < value.length; index++) {
      text += (index === 0 ? '' : spend(',')) + write(value[index], depth + 1);
    }
    return text + spend(']');
  };

  const writeObject = (value: object, depth: number): string => {
    const prototype = pristine.getPrototypeOf(value);
    if (prototype !== null && prototype !== pristine.objectPrototype) {
      throw new pristine.Error('holds an object that is not plain');
    }
    let text = spend('{');
    let first = true;
    const names = pristine.keys(value);
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      if (name === '__proto__') throw new pristine.Error('holds a member named __proto__');
      // Members left out cost a character too: a proxy could otherwise name them without end.
      left -= 1;
      const member = (value as Record<string, unknown>)[name];
      if (member === undefined) continue;
      text +=
        (first ? '' : spend(',')) + spend(pristine.stringify(name)) + spend(':') + write(member, depth + 1);
      first = false;
    }
    return text + spend('}');
  };

  return write(value, 0);
}
