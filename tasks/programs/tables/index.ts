import type { Random } from 'lamarck';
import { blocksBetween, constants, secondArgument, type Arguments, type Block, type Row } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { largest, smallest } from '../number-blocks.ts';
import { DOMAINS, drawRow, type Domain } from '../records/domains.ts';

const ROWS = { name: 'rows', type: 'record[]' } as const;
const WANTED = { name: 'wanted', type: 'string' } as const;

const numberIn = (row: Row, field: string): number => Number(row[field]);
const textIn = (row: Row, field: string): string => String(row[field]);

/** What is done by a field that says which group a record belongs to. */
function groupBlocks(field: string, values: readonly string[], withParameter: boolean): Block[] {
  const change = blocksBetween('record[]', 'record[]');
  const wanted = [...constants(values), ...(withParameter ? [secondArgument(WANTED)] : [])];
  // prettier-ignore
  return [
    change(4, `keep the records whose ${field} is #`, `@.filter((r) => r.${field} === #)`, (rows, c) => rows.filter((row) => row[field] === c), wanted),
    change(2, `leave out the records whose ${field} is #`, `@.filter((r) => r.${field} !== #)`, (rows, c) => rows.filter((row) => row[field] !== c), wanted),
    change(2, `keep the first record of every ${field}`, `@.filter((r, i, all) => all.findIndex((s) => s.${field} === r.${field}) === i)`, (rows) => rows.filter((row, i) => rows.findIndex((other) => other[field] === row[field]) === i)),
  ].flat();
}

/** What is done by two fields that hold numbers. */
function twoFieldBlocks(one: string, other: string): Block[] {
  const change = blocksBetween('record[]', 'record[]');
  const compute = blocksBetween('record[]', 'number[]');
  const give = blocksBetween('record', 'number');
  // prettier-ignore
  return [
    change(2, `keep the records whose ${one} is greater than their ${other}`, `@.filter((r) => r.${one} > r.${other})`, (rows) => rows.filter((row) => numberIn(row, one) > numberIn(row, other))),
    change(1, `keep the records whose ${other} is greater than their ${one}`, `@.filter((r) => r.${other} > r.${one})`, (rows) => rows.filter((row) => numberIn(row, other) > numberIn(row, one))),
    compute(4, `multiply the ${one} of each by its ${other}`, `@.map((r) => r.${one} * r.${other})`, (rows) => rows.map((row) => numberIn(row, one) * numberIn(row, other))),
    compute(2, `add the ${one} and the ${other} of each`, `@.map((r) => r.${one} + r.${other})`, (rows) => rows.map((row) => numberIn(row, one) + numberIn(row, other))),
    compute(1, `subtract from the ${one} of each its ${other}`, `@.map((r) => r.${one} - r.${other})`, (rows) => rows.map((row) => numberIn(row, one) - numberIn(row, other))),
    give(2, `add its ${one} and its ${other}`, `((r) => r.${one} + r.${other})(@)`, (row) => numberIn(row, one) + numberIn(row, other)),
    give(1, `multiply its ${one} by its ${other}`, `((r) => r.${one} * r.${other})(@)`, (row) => numberIn(row, one) * numberIn(row, other)),
  ].flat();
}

/** The best and the worst by a field, and the values of it. */
function bestBlocks(field: string): Block[] {
  const give = blocksBetween('record[]', 'record');
  const best = (rows: readonly Row[], sign: number): Row | undefined =>
    rows.toSorted((a, b) => sign * (numberIn(b, field) - numberIn(a, field)))[0];
  // prettier-ignore
  return [
    give(3, `give the first record with the highest ${field}`, `@.reduce((a, b) => (b.${field} > a.${field} ? b : a))`, (rows) => best(rows, 1)),
    give(2, `give the first record with the lowest ${field}`, `@.reduce((a, b) => (b.${field} < a.${field} ? b : a))`, (rows) => best(rows, -1)),
    blocksBetween('record[]', 'number[]')(1.5, `take the ${field} of each`, `@.map((r) => r.${field})`, (rows) => rows.map((row) => numberIn(row, field))),
  ].flat();
}

/** What is written of a record by a field that holds texts, and a number. */
function writeBlocks(text: string, number: string): Block[] {
  const line = (row: Row): string => `${textIn(row, text)}: ${numberIn(row, number)}`;
  // prettier-ignore
  return [
    blocksBetween('record[]', 'string[]')(1.5, `write each as its ${text}, ": " and its ${number}`, `@.map((r) => r.${text} + ': ' + r.${number})`, (rows) => rows.map(line)),
    blocksBetween('record', 'string')(2, `write its ${text}, ": " and its ${number}`, `((r) => r.${text} + ': ' + r.${number})(@)`, line),
  ].flat();
}

/** What is said by a field that holds texts. */
function textFieldBlocks(field: string): Block[] {
  const order = (a: Row, b: Row): number =>
    textIn(a, field) < textIn(b, field) ? -1 : Number(textIn(a, field) > textIn(b, field));
  // prettier-ignore
  return [
    blocksBetween('record[]', 'record[]')(1.5, `sort by ${field} as texts`, `[...@].sort((a, b) => (a.${field} < b.${field} ? -1 : Number(a.${field} > b.${field})))`, (rows) => rows.toSorted(order)),
    blocksBetween('record[]', 'string[]')(2, `take the ${field} of each`, `@.map((r) => r.${field})`, (rows) => rows.map((row) => textIn(row, field))),
    blocksBetween('record', 'string')(2, `give its ${field}`, `@.${field}`, (row) => textIn(row, field)),
  ].flat();
}

/** What is done with values, wherever they came from. */
function valueBlocks(): Block[] {
  const fold = blocksBetween('number[]', 'number');
  // prettier-ignore
  return [
    fold(4, 'add them up', '@.reduce((a, b) => a + b, 0)', (xs) => xs.reduce((a, b) => a + b, 0)),
    fold(2, 'give the largest', 'Math.max(...@)', largest),
    fold(1, 'give the smallest', 'Math.min(...@)', smallest),
    blocksBetween('record[]', 'number')(1.5, 'count them', '@.length', (rows) => rows.length),
    blocksBetween('string[]', 'string[]')(2, 'drop repeated ones', '[...new Set(@)]', (list) => [...new Set(list)]),
    blocksBetween('string[]', 'string')(2, 'join them with ", "', "@.join(', ')", (list) => list.join(', ')),
    blocksBetween('string[]', 'number')(2, 'count them', '@.length', (list) => list.length),
  ].flat();
}

function blocksOf(
  { numbers: [one, other], texts: [name, group], words }: Domain,
  withParameter: boolean,
): Block[] {
  return [
    ...groupBlocks(group, words[group] ?? [], withParameter),
    ...twoFieldBlocks(one, other),
    ...[one, other].flatMap(bestBlocks),
    ...writeBlocks(name, one),
    ...[name, group].flatMap(textFieldBlocks),
    ...valueBlocks(),
  ];
}

/** Pipelines over a table: groups, fields against each other, the best by a field. The second argument names a group. */
export const tables = defineProgramFamily({
  name: 'programs/tables',
  description: 'Pipelines over a table of records: groups, fields against each other, the best by a field.',
  ground: (random, withParameter) => {
    const domain = random.pick(DOMAINS);
    const [, group] = domain.texts;
    const groups = domain.words[group] ?? [];
    const withWanted = (rows: readonly Row[], wanted: string): Arguments =>
      withParameter ? [rows, wanted] : [rows];
    const drawRows = (draw: Random, count: number): Row[] =>
      Array.from({ length: count }, () => drawRow(draw, domain));
    return {
      parameters: withParameter ? [ROWS, WANTED] : [ROWS],
      fields: Object.fromEntries([
        ...domain.texts.map((field) => [field, 'string'] as const),
        ...domain.numbers.map((field) => [field, 'number'] as const),
        [domain.flag, 'boolean'] as const,
      ]),
      blocks: blocksOf(domain, withParameter),
      drawInput: (draw) => withWanted(drawRows(draw, draw.int(4, 7)), draw.pick(groups)),
      edges: [0, 1, 2].map((count) => withWanted(drawRows(random, count), random.pick(groups))),
    };
  },
});
