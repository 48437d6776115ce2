import { blocksBetween, type Block, type Row } from '../block.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';
import type { Domain } from '../records/domains.ts';
import { defineRecordFamily } from '../records/ground.ts';
import { plainWordBlocks } from '../text-blocks.ts';

const numberIn = (row: Row, field: string): number => Number(row[field]);

/** Values of a field, in the order in which they first occur, and the records that have each. */
function groupsOf(rows: readonly Row[], field: string): [value: string, rows: readonly Row[]][] {
  const values = [...new Set(rows.map((row) => String(row[field])))];
  return values.map((value) => [value, rows.filter((row) => row[field] === value)]);
}

function groupBlocks({ texts: [, group], numbers: [one, other] }: Domain): Block[] {
  const measure = blocksBetween('record[]', 'number[]');
  const name = blocksBetween('record[]', 'string[]');
  const change = blocksBetween('record[]', 'record[]');
  const groups = `[...new Set(rows.map((r) => r.${group}))]`;
  const of = `rows.filter((r) => r.${group} === g)`;
  const total = (field: string): Block[] =>
    // prettier-ignore
    measure(3, `add up the ${field} for every ${group}, in the order in which they first occur`, `((rows) => ${groups}.map((g) => ${of}.reduce((a, r) => a + r.${field}, 0)))(@)`, (rows) => groupsOf(rows, group).map(([, own]) => own.reduce((sum, row) => sum + numberIn(row, field), 0)));
  // prettier-ignore
  return [
    ...[one, other].flatMap(total),
    measure(3, `count the records of every ${group}, in the order in which they first occur`, `((rows) => ${groups}.map((g) => ${of}.length))(@)`, (rows) => groupsOf(rows, group).map(([, own]) => own.length)),
    measure(3, `give the largest ${one} of every ${group}, in the order in which they first occur`, `((rows) => ${groups}.map((g) => Math.max(...${of}.map((r) => r.${one}))))(@)`, (rows) => groupsOf(rows, group).map(([, own]) => Math.max(...own.map((row) => numberIn(row, one))))),
    name(3, `list every ${group} that has more than one record`, `((rows) => ${groups}.filter((g) => ${of}.length > 1))(@)`, (rows) => groupsOf(rows, group).flatMap(([value, own]) => (own.length > 1 ? [value] : []))),
    name(3, `write every ${group} with the number of its records behind`, `((rows) => ${groups}.map((g) => g + ${of}.length))(@)`, (rows) => groupsOf(rows, group).map(([value, own]) => `${value}${own.length}`)),
    change(3, `keep the records whose ${group} occurs again`, `@.filter((r) => @.filter((s) => s.${group} === r.${group}).length > 1)`, (rows) => rows.filter((row) => rows.filter((same) => same[group] === row[group]).length > 1)),
    change(3, `keep the last record of every ${group}`, `@.filter((r, i, all) => all.findLastIndex((s) => s.${group} === r.${group}) === i)`, (rows) => rows.filter((row, i) => rows.findLastIndex((same) => same[group] === row[group]) === i)),
  ].flat();
}

/** Records by a field that says which group they belong to. */
export const grouping = defineRecordFamily({
  name: 'programs/grouping',
  description: 'Records by their group: totals, counts, largest, groups of one and of several.',
  own: groupBlocks,
  others: () => [
    ...plainWordBlocks().filter(({ phrase }) => !phrase.startsWith('count')),
    ...numberListBlocks(false).filter(({ phrase }) => /multiply|sort|odd|even/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /add|first/.test(phrase)),
  ],
});
