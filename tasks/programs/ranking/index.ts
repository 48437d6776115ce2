import { blocksBetween, operands, type Block, type Row } from '../block.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';
import type { Domain } from '../records/domains.ts';
import { defineRecordFamily } from '../records/ground.ts';
import { plainWordBlocks } from '../text-blocks.ts';

function rankBlocks({ texts: [name], numbers }: Domain, withParameter: boolean): Block[] {
  const change = blocksBetween('record[]', 'record[]');
  const write = blocksBetween('record[]', 'string[]');
  const measure = blocksBetween('record[]', 'number[]');
  const give = blocksBetween('record[]', 'string');
  const counts = operands(2, 3, withParameter);
  return numbers.flatMap((field) => {
    const of = (row: Row): number => Number(row[field]);
    const best = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => of(b) - of(a));
    const above = (rows: readonly Row[], row: Row): number =>
      rows.filter((other) => of(other) > of(row)).length;
    const sorted = `[...@].sort((a, b) => b.${field} - a.${field})`;
    const rank = `@.filter((s) => s.${field} > r.${field}).length`;
    // prettier-ignore
    return [
      change(4, `take the # records with the highest ${field}, highest first`, `${sorted}.slice(0, #)`, (rows, c) => best(rows).slice(0, c), counts),
      change(3, `leave out the # records with the highest ${field}, the others highest first`, `${sorted}.slice(#)`, (rows, c) => best(rows).slice(c), counts),
      change(3, `keep the records whose ${field} fewer than # others exceed`, `@.filter((r) => ${rank} < #)`, (rows, c) => rows.filter((row) => above(rows, row) < c), counts),
      measure(3, `give for each how many have a higher ${field}`, `@.map((r) => ${rank})`, (rows) => rows.map((row) => above(rows, row))),
      write(2, `write for each its ${name}, and behind it how many have a higher ${field}`, `@.map((r) => r.${name} + ${rank})`, (rows) => rows.map((row) => `${String(row[name])}${above(rows, row)}`)),
      give(3, `give the ${name} of the record that comes second by ${field}, highest first`, `${sorted}.slice(1).map((r) => r.${name})[0]`, (rows) => best(rows).slice(1).map((row) => String(row[name]))[0]),
      change(2, `keep the records with the highest ${field} of all`, `@.filter((r) => ${rank} === 0)`, (rows) => rows.filter((row) => above(rows, row) === 0)),
    ].flat();
  });
}

function fieldBlocks({ texts: [name], numbers }: Domain): Block[] {
  // prettier-ignore
  return [
    ...blocksBetween('record[]', 'string[]')(4, `take the ${name} of each`, `@.map((r) => r.${name})`, (rows) => rows.map((row) => String(row[name]))),
    ...numbers.flatMap((field) => blocksBetween('record[]', 'number[]')(2, `take the ${field} of each`, `@.map((r) => r.${field})`, (rows) => rows.map((row) => Number(row[field])))),
  ];
}

/** Records in the order of a field, and their places in it. */
export const ranking = defineRecordFamily({
  name: 'programs/ranking',
  description: 'Records in the order of a field: the best few, places, second place, ties.',
  own: rankBlocks,
  others: (domain) => [
    ...fieldBlocks(domain),
    ...plainWordBlocks(),
    ...numberListBlocks(false).filter(({ phrase }) => /multiply|odd|even|reverse/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /add|largest|first|count/.test(phrase)),
  ],
});
