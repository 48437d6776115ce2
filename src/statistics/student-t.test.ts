import { describe, expect, it } from 'vitest';
import { studentT } from './student-t.ts';

describe('studentT', () => {
  it.each([
    [1, 12.7062],
    [2, 4.3027],
    [3, 3.1824],
    [5, 2.5706],
    [10, 2.2281],
    [30, 2.0423],
    [120, 1.9799],
  ])('has the tabulated two-sided 95 %% quantile for %d degrees of freedom', (degrees, expected) => {
    expect(studentT(degrees)).toBeCloseTo(expected, 3);
  });
});
