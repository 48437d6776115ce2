import { describe, expect, it } from 'vitest';
import { pace } from './forecast.ts';

describe('the pace of episodes', () => {
  it.each([
    [0.01, '100 episodes/s'],
    [0.4, '2.5 episodes/s'],
    [1, '1.0 episodes/s'],
    [4.25, '4.3 s an episode'],
  ])('of %d s each is told as %s', (seconds, told) => {
    expect(pace(seconds)).toBe(told);
  });
});
