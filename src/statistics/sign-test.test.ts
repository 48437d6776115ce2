import { expect, it } from 'vitest';
import { chanceOfWins } from './sign-test.ts';

it('tells how likely so many wins are by chance', () => {
  expect(chanceOfWins(3, 1)).toBeCloseTo(5 / 16, 12);
  expect(chanceOfWins(6, 0)).toBeCloseTo(1 / 64, 12);
  expect(chanceOfWins(0, 4)).toBe(1);
  expect(chanceOfWins(0, 0)).toBe(1);
});
