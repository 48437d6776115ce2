import { blocksBetween, operands, type Block, type Row } from '../block.ts';
import { foldBlocks } from '../number-blocks.ts';
import type { Domain } from '../records/domains.ts';
import { defineRecordFamily } from '../records/ground.ts';
import { plainWordBlocks } from '../text-blocks.ts';

function updateBlocks(
  { texts: [name, group], numbers: [one, other], flag }: Domain,
  withParameter: boolean,
): Block[] {
  const change = blocksBetween('record[]', 'record[]');
  const amounts = operands(2, 4, withParameter);
  const of = (row: Row, field: string): number => Number(row[field]);
  // prettier-ignore
  return [
    change(4, `add # to the ${one} of each`, `@.map((r) => ({ ...r, ${one}: r.${one} + # }))`, (rows, c) => rows.map((row) => ({ ...row, [one]: of(row, one) + c })), amounts),
    change(3, `multiply the ${other} of each by #`, `@.map((r) => ({ ...r, ${other}: r.${other} * # }))`, (rows, c) => rows.map((row) => ({ ...row, [other]: of(row, other) * c })), amounts),
    change(3, `make ${flag} true where the ${one} is greater than #, else false`, `@.map((r) => ({ ...r, ${flag}: r.${one} > # }))`, (rows, c) => rows.map((row) => ({ ...row, [flag]: of(row, one) > c })), amounts),
    change(3, `turn ${flag} over in each`, `@.map((r) => ({ ...r, ${flag}: !r.${flag} }))`, (rows) => rows.map((row) => ({ ...row, [flag]: row[flag] !== true }))),
    change(3, `make the ${one} 0 where ${flag} is true`, `@.map((r) => (r.${flag} ? { ...r, ${one}: 0 } : r))`, (rows) => rows.map((row) => (row[flag] === true ? { ...row, [one]: 0 } : row))),
    change(2, `exchange the ${one} and the ${other} of each`, `@.map((r) => ({ ...r, ${one}: r.${other}, ${other}: r.${one} }))`, (rows) => rows.map((row) => ({ ...row, [one]: of(row, other), [other]: of(row, one) }))),
    change(2, `make the ${name} of each upper case`, `@.map((r) => ({ ...r, ${name}: r.${name}.toUpperCase() }))`, (rows) => rows.map((row) => ({ ...row, [name]: String(row[name]).toUpperCase() }))),
    change(2, `put the ${group} and a "/" before the ${name} of each`, `@.map((r) => ({ ...r, ${name}: r.${group} + '/' + r.${name} }))`, (rows) => rows.map((row) => ({ ...row, [name]: `${String(row[group])}/${String(row[name])}` }))),
    change(2, `add the ${one} of each to its ${other}`, `@.map((r) => ({ ...r, ${other}: r.${other} + r.${one} }))`, (rows) => rows.map((row) => ({ ...row, [other]: of(row, other) + of(row, one) }))),
  ].flat();
}

function readBlocks({ texts: [name], numbers: [one, other], flag }: Domain): Block[] {
  const change = blocksBetween('record[]', 'record[]');
  // prettier-ignore
  return [
    change(3, `keep the records whose ${flag} is true`, `@.filter((r) => r.${flag})`, (rows) => rows.filter((row) => row[flag] === true)),
    change(2, `sort by ${one}, lowest first`, `[...@].sort((a, b) => a.${one} - b.${one})`, (rows) => rows.toSorted((a, b) => Number(a[one]) - Number(b[one]))),
    blocksBetween('record[]', 'record')(2, 'give the first one', '@[0]', (rows) => rows[0]),
    blocksBetween('record[]', 'number[]')(2, `take the ${one} of each`, `@.map((r) => r.${one})`, (rows) => rows.map((row) => Number(row[one]))),
    blocksBetween('record[]', 'number[]')(2, `take the ${other} of each`, `@.map((r) => r.${other})`, (rows) => rows.map((row) => Number(row[other]))),
    blocksBetween('record[]', 'string[]')(2, `take the ${name} of each`, `@.map((r) => r.${name})`, (rows) => rows.map((row) => String(row[name]))),
  ].flat();
}

/** Records with some of their fields changed. */
export const updates = defineRecordFamily({
  name: 'programs/updates',
  description: 'Records with fields changed: raised, exchanged, marked by a condition, set back.',
  own: updateBlocks,
  others: (domain) => [
    ...readBlocks(domain),
    ...plainWordBlocks(),
    ...foldBlocks().filter(({ phrase }) => /add|largest|first/.test(phrase)),
  ],
});
