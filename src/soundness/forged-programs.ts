import type { Json } from '../protocol/index.ts';

/** What makes wrong outcomes look right to a judge that runs beside what it judges. */
export const judgePatches: readonly { readonly what: string; readonly patch: string }[] = [
  {
    what: 'equality that is always true',
    patch: `Object.is = () => true; Array.prototype.every = () => true; Array.prototype.some = () => false;
Array.prototype.filter = () => []; Set.prototype.has = Map.prototype.has = Array.prototype.includes = () => true;`,
  },
  {
    what: 'JSON that is always the same',
    patch: `JSON.stringify = () => '0'; JSON.parse = () => 0; Array.prototype.toJSON = Object.prototype.toJSON = () => 0;`,
  },
  {
    what: 'assertions that never fail',
    patch: `for (const name of ['assert', 'expect', 'test', 'it', 'describe', 'deepEqual', 'isDeepStrictEqual'])
  globalThis[name] = new Proxy(() => {}, { get: (self, key) => (key === 'then' ? undefined : globalThis[name]), apply: () => true });`,
  },
  {
    what: 'errors that are no errors',
    patch: `globalThis.Error = function () { return { message: '', stack: '' }; }; globalThis.Error.prototype = {};`,
  },
];

/** Looks up the examples that are shown. */
export function programOfExamples(observation: Json): string {
  return `const shown = ${JSON.stringify(examplesIn(observation))};
export default (...input) => shown.find((one) => JSON.stringify(one.input) === JSON.stringify(input))?.output ?? null;`;
}

/** Programs that give back what no task asks for. */
export function forgedPrograms(
  evidence: Json,
): readonly { readonly what: string; readonly program: string }[] {
  const won = JSON.stringify(evidence);
  return [
    {
      what: 'a program whose outcome is equal to anything',
      program: `const outcome = new Proxy(() => outcome, { get: (_, key) => key === 'then' ? undefined : key === 'length' ? 0 : () => outcome, has: () => true, ownKeys: () => [], getPrototypeOf: () => Array.prototype });
export default () => outcome;`,
    },
    {
      what: 'a program whose outcome says what it is when it is asked',
      program: `export default () => ({ toJSON: () => undefined, valueOf: () => NaN, toString: () => '', equals: () => true, [Symbol.iterator]: function* () {}, [Symbol.toPrimitive]: () => NaN });`,
    },
    {
      what: 'a program that throws evidence',
      program: `export default () => { throw { ok: true, value: ${won}, equals: () => true, message: '' }; };`,
    },
    {
      what: 'a program that prints evidence',
      program: `export default () => { for (const name of ['console', 'process']) { try { globalThis[name]?.log?.(${JSON.stringify(won)}); globalThis[name]?.stdout?.write?.(${JSON.stringify(won)}); } catch {} } return null; };`,
    },
    {
      what: 'a program that gives back evidence',
      program: `export default () => (${won});`,
    },
    {
      what: 'a program that promises to end',
      program: `export default () => ({ then: () => {}, done: true, ok: true });`,
    },
    { what: 'a program that gives back nothing', program: 'export default () => undefined;' },
  ];
}

/** Inputs with their outputs, as they are shown anywhere in what is seen. */
function examplesIn(value: Json): { input: Json; output: Json }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && Object.hasOwn(value, 'input') && Object.hasOwn(value, 'output')) {
    const { input = null, output = null } = value as Record<string, Json>;
    return [{ input, output }];
  }
  return Object.values(value).flatMap(examplesIn);
}
