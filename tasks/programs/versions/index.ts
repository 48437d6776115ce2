import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';

const partsOf = (s: string): number[] => s.split('.').map(Number);
const isVersion = (s: string): boolean => /^\d+(\.\d+)*$/.test(s);
const ofVersion =
  <Value>(run: (parts: number[], operand: number) => Value) =>
  (s: string, operand: number): Value | undefined =>
    isVersion(s) ? run(partsOf(s), operand) : undefined;

/** Versions, as 2.14.3. */
export const versions = definePlainFamily({
  name: 'programs/versions',
  description: 'Versions, as 2.14.3: raised, compared, cut, taken apart.',
  parameter: { name: 'version', type: 'string' },
  own: (withParameter) => {
    const change = blocksBetween('string', 'string');
    const split = blocksBetween('string', 'number[]');
    const join = blocksBetween('number[]', 'string');
    const ask = blocksBetween('string', 'boolean');
    const some = operands(2, 4, withParameter);
    // prettier-ignore
    return [
      change(4, 'raise its last part by 1', "((p) => [...p.slice(0, -1), p.at(-1) + 1].join('.'))(@.split('.').map(Number))", ofVersion((p) => [...p.slice(0, -1), (p.at(-1) ?? 0) + 1].join('.'))),
      change(4, 'raise its first part by 1 and make the others 0', "@.split('.').map((p, i) => (i === 0 ? Number(p) + 1 : 0)).join('.')", ofVersion((p) => p.map((part, i) => (i === 0 ? part + 1 : 0)).join('.'))),
      change(3, 'raise its first part by #', "@.split('.').map((p, i) => (i === 0 ? Number(p) + # : p)).join('.')", ofVersion((p, c) => p.map((part, i) => (i === 0 ? part + c : part)).join('.')), some),
      change(3, 'take its first two parts', "@.split('.').slice(0, 2).join('.')", ofVersion((p) => p.slice(0, 2).join('.'))),
      change(2, 'put "v" before it', "('v' + @)", (s) => `v${s}`),
      change(2, 'write it with a part more, which is 0', "(@ + '.0')", ofVersion((p) => [...p, 0].join('.'))),
      ask(3, 'tell whether its first part is at least #', "(Number(@.split('.')[0]) >= #)", ofVersion((p, c) => (p[0] ?? 0) >= c), some),
      ask(3, 'tell whether it is 2.5 or a later one', "(([a, b = 0]) => a > 2 || (a === 2 && b >= 5))(@.split('.').map(Number))", ofVersion(([a = 0, b = 0]) => a > 2 || (a === 2 && b >= 5))),
      split(4, 'list its parts as numbers', "@.split('.').map(Number)", ofVersion((p) => p)),
      join(3, 'write them as a version', "@.join('.')", (xs) => (xs.length > 0 && xs.every((x) => x >= 0) ? xs.join('.') : undefined)),
    ].flat();
  },
  others: () => [
    ...numberListBlocks(false).filter(({ phrase }) => /reverse|add|multiply|last|largest to/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /first|last|add|count|largest/.test(phrase)),
  ],
  draw: (random) =>
    [random.int(0, 5), random.int(0, 12), random.int(0, 9)].slice(0, random.int(2, 3)).join('.'),
  edges: ['0.1', '2.4', '2.5', '2.6.1', '3.0', '1.9', '1.12.0'],
  second: [1, 4],
});
