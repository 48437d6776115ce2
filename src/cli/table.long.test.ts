import { expect, it } from 'vitest';
import { tableLines } from './table.ts';

it('a table may have more rows than a call takes arguments', () => {
  const rows = Array.from({ length: 130_000 }, (_, at) => [String(at)]);
  expect(tableLines([['at'], ...rows])).toHaveLength(130_001);
});
