import { blocksBetween } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainTextBlocks, plainWordBlocks } from '../text-blocks.ts';

const STEMS = [
  'user',
  'name',
  'page',
  'count',
  'max',
  'line',
  'start',
  'item',
  'total',
  'old',
  'file',
  'map',
];
const upFirst = (s: string): string => s.slice(0, 1).toUpperCase() + s.slice(1);
const humps = (s: string): string[] => s.split(/(?=[A-Z])/);

/** Names in the ways in which programs write them. */
export const cases = definePlainFamily({
  name: 'programs/cases',
  description: 'Names as programs write them: with humps, with underscores, as words and initials.',
  parameter: { name: 'text', type: 'string' },
  own: () => {
    const change = blocksBetween('string', 'string');
    const split = blocksBetween('string', 'string[]');
    const each = blocksBetween('string[]', 'string[]');
    const join = blocksBetween('string[]', 'string');
    // prettier-ignore
    return [
      change(4, 'write it with underscores for humps, as max_line for maxLine', "@.replace(/[A-Z]/g, (s) => '_' + s.toLowerCase())", (s) => s.replace(/[A-Z]/g, (hump) => `_${hump.toLowerCase()}`)),
      change(4, 'write it with humps for underscores, as maxLine for max_line', '@.replace(/_([a-z])/g, (_, s) => s.toUpperCase())', (s) => s.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
      change(3, 'make its first letter upper case', '(@.slice(0, 1).toUpperCase() + @.slice(1))', upFirst),
      change(2, 'make its first letter lower case', '(@.slice(0, 1).toLowerCase() + @.slice(1))', (s) => s.slice(0, 1).toLowerCase() + s.slice(1)),
      change(3, 'write spaces for its underscores', "@.replaceAll('_', ' ')", (s) => s.replaceAll('_', ' ')),
      change(2, 'take its capital letters', "@.replace(/[^A-Z]/g, '')", (s) => s.replace(/[^A-Z]/g, '')),
      split(4, 'split it before each capital letter', '@.split(/(?=[A-Z])/)', humps),
      split(3, 'split it at the underscores', "@.split('_')", (s) => s.split('_')),
      each(3, 'make the first letter of each upper case', '@.map((s) => s.slice(0, 1).toUpperCase() + s.slice(1))', (words) => words.map(upFirst)),
      each(2, 'make each lower case', '@.map((s) => s.toLowerCase())', (words) => words.map((s) => s.toLowerCase())),
      join(3, 'join the first letters of each', "@.map((s) => s.slice(0, 1)).join('')", (words) => words.map((s) => s.slice(0, 1)).join('')),
      join(3, 'join them with an underscore', "@.join('_')", (words) => words.join('_')),
    ].flat();
  },
  others: (withParameter) => [
    ...plainTextBlocks(withParameter).filter(({ phrase }) => /upper|characters|length/.test(phrase)),
    ...plainWordBlocks(),
  ],
  draw: (random) => {
    const words = random.shuffle(STEMS).slice(0, random.int(2, 4));
    if (random.chance()) return words.join('_');
    const humped = words.map((word, at) => (at > 0 ? upFirst(word) : word)).join('');
    return random.chance() ? `${humped}_${random.pick(STEMS)}` : humped;
  },
  edges: ['name', 'userName', 'user_name', 'OldFile', 'max_line_Count', 'aB'],
});
