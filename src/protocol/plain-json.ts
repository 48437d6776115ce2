/**
 * Why a value is no plain JSON, as the end of a sentence about it; undefined where it is.
 *
 * @example whyNotJson({ leave: { count: 1n } }) // 'has a bigint at leave.count'
 */
export function whyNotJson(value: unknown): string | undefined {
  return faultIn(value, [], []);
}

function faultIn(value: unknown, path: readonly string[], around: readonly unknown[]): string | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  const at = path.length > 0 ? ` at ${path.join('.')}` : '';
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `has ${value} for a number${at}`;
  if (typeof value !== 'object') return `has ${withArticle(typeof value)}${at}`;
  if (around.includes(value)) return `goes round in a circle${at}`;
  if (!Array.isArray(value) && !isPlain(value)) return `has an object of a class${at}`;
  for (const [name, member] of Object.entries(value)) {
    // Members that are undefined are left out wherever JSON is written.
    if (member === undefined && !Array.isArray(value)) continue;
    const fault = faultIn(member, [...path, name], [...around, value]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function withArticle(type: string): string {
  return type === 'undefined' ? 'nothing' : `a ${type}`;
}
