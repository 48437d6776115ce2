/**
 * The built-ins that the guest-side runtime works with, taken before any guest code has run. A genome may patch every
 * prototype afterwards and meets only itself: what crosses to the host is read and written with these.
 */
const { apply, getPrototypeOf } = Reflect;
const { isArray } = Array;
const { freeze, hasOwn, is, keys } = Object;
const { parse, stringify } = JSON;

export const pristine = {
  apply,
  freeze,
  getPrototypeOf,
  hasOwn,
  isArray,
  is,
  keys,
  parse,
  stringify,
  String,
  Error,
  RangeError,
  TypeError,
  isFinite: Number.isFinite,
  objectPrototype: Object.prototype,
} as const;

/** What a guest threw, as text of at most 300 characters. Never throws itself, whatever the guest made of it. */
export function describeThrown(thrown: unknown): string {
  try {
    const text =
      thrown !== null && typeof thrown === 'object' ? (thrown as { message?: unknown }).message : thrown;
    if (typeof text === 'symbol' || typeof text === 'object' || typeof text === 'function')
      return 'something that is no error';
    return cut(pristine.String(text));
  } catch {
    return 'something that cannot be read';
  }
}

function cut(text: string): string {
  let short = '';
  for (let index = 0; index < text.length && index < 300; index++) short += text[index] as string;
  return short;
}
