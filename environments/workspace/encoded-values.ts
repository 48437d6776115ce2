/**
 * The member by which an encoded value is known. Values that JSON has no text for (`undefined`, `NaN`, `Infinity`, `-Infinity`, `-0`) are
 * written in tests as objects of this one member: `{ "$value": "undefined" }`. Others, such as a `Set`, are refused where a test
 * needs one, and are `{ "$value": "other" }` where a program returns one, which equals nothing.
 */
export const ENCODED = '$value';

/** The outcome of a call that throws. */
export const THROWN = { [ENCODED]: 'thrown' };

/** The name of an encoded value; undefined where a value stands for itself. */
export function encodedName(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, ENCODED)) return undefined;
  return String(Reflect.get(value, ENCODED));
}

/** Whether any value in this JSON has to be decoded before a function is called with it, or encoded after. */
export function hasEncoded(json: unknown): boolean {
  return JSON.stringify(json).includes(`"${ENCODED}":`);
}

/**
 * The text of two functions, `$encode(value)` and `$decode(json)`, for the realm in which a program runs: a value of another realm
 * would be an instance of other classes. `$encode` throws an Error whose message ends a sentence about the value.
 */
export const CODEC = `
const { $encode, $decode } = (() => {
  const { is, keys, getPrototypeOf, getOwnPropertyNames, hasOwn, prototype } = Object;
  const { isArray } = Array;
  const isFinite = Number.isFinite;
  const named = { undefined: undefined, NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity, '-0': -0 };
  const encode = (value, depth) => {
    if (value === undefined) return { $value: 'undefined' };
    if (typeof value === 'number')
      return is(value, -0) ? { $value: '-0' } : isFinite(value) ? value : { $value: String(value) };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value !== 'object') throw new Error('holds a ' + typeof value);
    if (depth > 50) throw new Error('is nested too deeply, or refers to itself');
    if (isArray(value)) {
      if (keys(value).length !== value.length) throw new Error('holds an array with holes or with members of its own');
      return value.map((member) => encode(member, depth + 1));
    }
    const parent = getPrototypeOf(value);
    if (parent !== prototype && parent !== null) throw new Error('holds an instance of ' + (parent?.constructor?.name || 'a class'));
    if (hasOwn(value, '$value') || hasOwn(value, '__proto__')) throw new Error('holds an object with a member named $value or __proto__');
    if (getOwnPropertyNames(value).length !== keys(value).length || Object.getOwnPropertySymbols(value).length > 0)
      throw new Error('holds an object with members that cannot be listed');
    const encoded = {};
    for (const key of keys(value)) encoded[key] = encode(value[key], depth + 1);
    return encoded;
  };
  const decode = (json) => {
    if (typeof json !== 'object' || json === null) return json;
    if (isArray(json)) return json.map(decode);
    if (hasOwn(json, '$value')) return named[json.$value];
    const decoded = {};
    for (const key of keys(json)) decoded[key] = decode(json[key]);
    return decoded;
  };
  return { $encode: (value) => encode(value, 0), $decode: decode };
})();
`;
