import type { Random } from 'lamarck';
import { blocksBetween, K, operands, type Arguments, type Block, type Row } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { largest, smallest } from '../number-blocks.ts';
import { DOMAINS, drawRow, type Domain } from './domains.ts';

/** What is done by a field that holds numbers. */
function numberFieldBlocks(field: string, withParameter: boolean): Block[] {
  const of = (row: Row): number => Number(row[field]);
  const change = blocksBetween('record[]', 'record[]');
  const thresholds = operands(1, 6, withParameter);
  // prettier-ignore
  return [
    change(3, `keep the records whose ${field} is greater than #`, `@.filter((r) => r.${field} > #)`, (rows, c) => rows.filter((row) => of(row) > c), thresholds),
    change(3, `sort by ${field}, lowest first`, `[...@].sort((a, b) => a.${field} - b.${field})`, (rows) => rows.toSorted((a, b) => of(a) - of(b))),
    change(1.5, `sort by ${field}, highest first`, `[...@].sort((a, b) => b.${field} - a.${field})`, (rows) => rows.toSorted((a, b) => of(b) - of(a))),
    blocksBetween('record[]', 'number[]')(4, `take the ${field} of each`, `@.map((r) => r.${field})`, (rows) => rows.map(of)),
    blocksBetween('record', 'number')(1.5, `give its ${field}`, `@.${field}`, of),
  ].flat();
}

/** What is done by a field that holds texts. */
function textFieldBlocks(field: string): Block[] {
  const of = (row: Row): string => String(row[field]);
  return [
    ...blocksBetween('record[]', 'string[]')(
      4,
      `take the ${field} of each`,
      `@.map((r) => r.${field})`,
      (rows) => rows.map(of),
    ),
    ...blocksBetween('record', 'string')(3, `give its ${field}`, `@.${field}`, of),
  ];
}

/** Records to records, by their flag and their places; one of them; how many. */
function recordListBlocks(flag: string, withParameter: boolean): Block[] {
  const change = blocksBetween('record[]', 'record[]');
  const give = blocksBetween('record[]', 'record');
  // prettier-ignore
  return [
    change(5, `keep the records whose ${flag} is true`, `@.filter((r) => r.${flag})`, (rows) => rows.filter((row) => row[flag] === true)),
    change(2, `keep the records whose ${flag} is false`, `@.filter((r) => !r.${flag})`, (rows) => rows.filter((row) => row[flag] === false)),
    change(2, 'take the first # records', '@.slice(0, #)', (rows, c) => rows.slice(0, c), operands(2, 3, withParameter)),
    change(0.7, 'reverse the order', '[...@].reverse()', (rows) => rows.toReversed()),
    give(2, 'give the first record', '@[0]', (rows) => rows[0]),
    give(1, 'give the last record', '@.at(-1)', (rows) => rows.at(-1)),
    blocksBetween('record[]', 'number')(3, 'count them', '@.length', (rows) => rows.length),
  ].flat();
}

/** What is done with the values of one field. */
function valueBlocks(): Block[] {
  const fold = blocksBetween('number[]', 'number');
  const change = blocksBetween('string[]', 'string[]');
  // prettier-ignore
  return [
    fold(5, 'add them up', '@.reduce((a, b) => a + b, 0)', (xs) => xs.reduce((a, b) => a + b, 0)),
    fold(2, 'give the largest', 'Math.max(...@)', largest),
    fold(1, 'give the smallest', 'Math.min(...@)', smallest),
    blocksBetween('number[]', 'number[]')(1, 'sort from smallest to largest', '[...@].sort((a, b) => a - b)', (xs) => xs.toSorted((a, b) => a - b)),
    change(2, 'drop repeated ones', '[...new Set(@)]', (words) => [...new Set(words)]),
    change(2, 'sort them', '[...@].sort()', (words) => words.toSorted()),
    blocksBetween('string[]', 'string')(3, 'join them with "-"', "@.join('-')", (words) => words.join('-')),
    blocksBetween('string[]', 'string')(1, 'give the first one', '@[0]', (words) => words[0]),
  ].flat();
}

function blocksOf({ numbers, texts, flag }: Domain, withParameter: boolean): Block[] {
  return [
    ...recordListBlocks(flag, withParameter),
    ...numbers.flatMap((field) => numberFieldBlocks(field, withParameter)),
    ...texts.flatMap(textFieldBlocks),
    ...valueBlocks(),
  ];
}

/** Pipelines over a list of flat records: keep, order, take a field, add up. */
export const records = defineProgramFamily({
  name: 'programs/records',
  description: 'Pipelines over a list of records: keep, order, take a field, add up.',
  ground: (random, withParameter) => {
    const domain = random.pick(DOMAINS);
    const withK = (rows: readonly Row[], k: number): Arguments => (withParameter ? [rows, k] : [rows]);
    const drawRows = (draw: Random, count: number): Row[] =>
      Array.from({ length: count }, () => drawRow(draw, domain));
    return {
      parameters: withParameter
        ? [{ name: 'rows', type: 'record[]' }, K]
        : [{ name: 'rows', type: 'record[]' }],
      fields: Object.fromEntries([
        ...domain.texts.map((field) => [field, 'string'] as const),
        ...domain.numbers.map((field) => [field, 'number'] as const),
        [domain.flag, 'boolean'] as const,
      ]),
      blocks: blocksOf(domain, withParameter),
      drawInput: (draw) => withK(drawRows(draw, draw.int(3, 6)), draw.int(1, 5)),
      edges: [withK([], 2), withK(drawRows(random, 1), 1), withK(drawRows(random, 2), 9)],
    };
  },
});
