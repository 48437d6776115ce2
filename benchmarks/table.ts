import CliTable from 'cli-table3';

/** Rows as lines with aligned columns; the first row is the head. */
export function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const drawn = new CliTable({ head: [...head], style: { head: [], border: [] } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn.toString();
}
