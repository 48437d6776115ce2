import { describe, expect, it } from 'vitest';
import { describeForecast } from './describe-forecast.ts';

describe('a forecast', () => {
  it.each([
    [{ low: 61, high: 85, rough: false }, '61 to 85 s'],
    [{ low: 40, high: 200, rough: false }, '40 s to 3 min'],
    [{ low: 100, high: 110, rough: false }, 'about 2 min'],
    [{ low: 600, high: 9000, rough: true }, '10 min to 2.5 h, roughly, because the machine is busy'],
  ])('of %j is described as %s', (forecast, text) => {
    expect(describeForecast(forecast)).toBe(text);
  });
});
