/** Whether this is `npm run test:long`, which has what `npm test` leaves out. */
export const isCampaign = process.env['LONG'] === '1';

/**
 * A part of a table of tests: the first row of each kind in `npm test`, and all others in `npm run test:long`, whose file only
 * imports the file of the table.
 */
export function shareOf<Row>(rows: readonly Row[], kindOf: (row: Row, place: number) => unknown): Row[] {
  const seen = new Set<string>();
  return rows.filter((row, place) => {
    const kind = String(kindOf(row, place));
    const isFirst = !seen.has(kind);
    seen.add(kind);
    return isFirst !== isCampaign;
  });
}
