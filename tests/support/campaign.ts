/** Whether this is `npm run test:long`, which has what `npm test` leaves out. */
export const isCampaign = process.env['LONG'] === '1';

/**
 * A part of a table of tests: of rows that `kindOf` calls the same, `npm test` has the first, and `npm run test:long` all others. Its
 * file only imports the file of the table. `.ci/run` runs both.
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
