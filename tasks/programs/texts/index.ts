import { blocksBetween, constants, K, operands, type Arguments, type Block } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { largest, smallest } from '../number-blocks.ts';
import { FORMATS, type Format } from './formats.ts';

const TEXT = { name: 'text', type: 'string' } as const;

/** Undefined where the text is not a whole number in digits, where JavaScript's own would guess. */
const read = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

function readAll(texts: readonly string[]): number[] | undefined {
  const numbers = texts.map(read).filter((number) => number !== undefined);
  return numbers.length === texts.length ? numbers : undefined;
}

/** One text to one text, to its parts, or to the number that it says. */
function textBlocks({ separators }: Format, withParameter: boolean): Block[] {
  const change = blocksBetween('string', 'string');
  const marks = constants(separators);
  const widths = operands(3, 6, withParameter);
  // prettier-ignore
  return [
    change(4, 'take what stands before the first #', '@.split(#)[0]', (s, c) => s.split(c)[0], marks),
    change(4, 'take what stands behind the last #', '@.split(#).at(-1)', (s, c) => s.split(c).at(-1), marks),
    change(2, 'replace every # by "_"', "@.replaceAll(#, '_')", (s, c) => s.replaceAll(c, '_'), marks),
    change(2, 'drop every #', "@.replaceAll(#, '')", (s, c) => s.replaceAll(c, ''), marks),
    change(1, 'fill it up with zeros on the left to # characters', "@.padStart(#, '0')", (s, c) => s.padStart(c, '0'), widths),
    change(0.7, 'fill it up with dots on the right to # characters', "@.padEnd(#, '.')", (s, c) => s.padEnd(c, '.'), widths),
    change(2, 'put it in brackets', "('[' + @ + ']')", (s) => `[${s}]`),
    change(1, 'make it upper case', '@.toUpperCase()', (s) => s.toUpperCase()),
    blocksBetween('string', 'string[]')(8, 'split it at every #', '@.split(#)', (s, c) => s.split(c), marks),
    blocksBetween('string', 'number')(6, 'read it as a number', 'Number(@)', read),
    blocksBetween('string', 'number')(2, 'count every # in it', '(@.split(#).length - 1)', (s, c) => s.split(c).length - 1, marks),
  ].flat();
}

/** The parts of a text: chosen, changed, put together. */
function partBlocks({ separators }: Format, withParameter: boolean): Block[] {
  const change = blocksBetween('string[]', 'string[]');
  const join = blocksBetween('string[]', 'string');
  const marks = constants(separators);
  // prettier-ignore
  return [
    change(4, 'take of each what stands before the first #', '@.map((s) => s.split(#)[0])', (parts, c) => parts.map((s) => s.split(c)[0] ?? ''), marks),
    change(4, 'take of each what stands behind the last #', '@.map((s) => s.split(#).at(-1))', (parts, c) => parts.map((s) => s.split(c).at(-1) ?? ''), marks),
    change(2, 'fill each up with zeros on the left to # characters', "@.map((s) => s.padStart(#, '0'))", (parts, c) => parts.map((s) => s.padStart(c, '0')), operands(2, 4, withParameter)),
    change(1, 'reverse their order', '[...@].reverse()', (parts) => parts.toReversed()),
    change(1, 'sort them as texts', '[...@].sort()', (parts) => parts.toSorted()),
    join(4, 'take part #, counted from 0', '@[#]', (parts, c) => parts[c], operands(1, 2, withParameter)),
    join(3, 'join them with "+"', "@.join('+')", (parts) => parts.join('+')),
    blocksBetween('string[]', 'number[]')(6, 'read each as a number', '@.map(Number)', readAll),
    blocksBetween('string[]', 'number')(1, 'count them', '@.length', (parts) => parts.length),
  ].flat();
}

/** What is done with the numbers that stood in a text. */
function numberBlocks(withParameter: boolean): Block[] {
  const fold = blocksBetween('number[]', 'number');
  const write = blocksBetween('number', 'string');
  // prettier-ignore
  return [
    fold(4, 'add them up', '@.reduce((a, b) => a + b, 0)', (xs) => xs.reduce((a, b) => a + b, 0)),
    fold(2, 'give the largest', 'Math.max(...@)', largest),
    fold(1, 'give the smallest', 'Math.min(...@)', smallest),
    write(3, 'write it with zeros on the left as # digits', "String(@).padStart(#, '0')", (n, c) => String(n).padStart(c, '0'), operands(3, 4, withParameter)),
    blocksBetween('number', 'number')(2, 'add #', '(@ + #)', (n, c) => n + c, operands(1, 5, withParameter)),
  ].flat();
}

/** Texts in a format: take them apart, read the numbers in them, write them otherwise. */
export const texts = defineProgramFamily({
  name: 'programs/texts',
  description: 'Texts in a format, as settings or paths: take apart, read, write otherwise.',
  ground: (random, withParameter) => {
    const format = random.pick(FORMATS);
    const withK = (text: string, k: number): Arguments => (withParameter ? [text, k] : [text]);
    return {
      parameters: withParameter ? [TEXT, K] : [TEXT],
      blocks: [
        ...textBlocks(format, withParameter),
        ...partBlocks(format, withParameter),
        ...numberBlocks(withParameter),
      ],
      drawInput: (draw) => withK(format.draw(draw), draw.int(0, 8)),
      edges: ['', '7', format.draw(random), format.separators.join('')].map((text) => withK(text, 1)),
    };
  },
});
