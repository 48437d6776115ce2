import { describe, expect, it } from 'vitest';
import { createTimings, forecastTime } from './time-forecast.ts';

describe('a forecast', () => {
  const left = [
    { phase: 'sealing', family: 'quick', episodes: 100 },
    { phase: 'sealing', family: 'slow', episodes: 10 },
  ] as const;
  const workers = 2;

  it('adds up what episodes take by family, not by their mean', () => {
    const timings = createTimings();
    timings.add({ family: 'quick', seconds: 0.1 });
    timings.add({ family: 'slow', seconds: 30 });
    // 310 s of episodes on two workers that are full.
    const { low = 0, high = 0 } =
      forecastTime({ left, timings, workers, filled: { sealing: 1 }, load: 0 }) ?? {};
    expect(low).toBeLessThan(155);
    expect(high).toBeGreaterThan(155);
    expect(high).toBeLessThan(2 * 155);
  });

  it('is not thrown off by a first episode that starts its processes', () => {
    const [warm, cold] = [createTimings(), createTimings()];
    for (let time = 0; time < 10; time++) {
      warm.add({ family: 'quick', seconds: 0.1 });
      cold.add({ family: 'quick', seconds: time === 0 ? 60 : 0.1 });
    }
    expect(cold.meanOf('sealing', 'quick')).toBeLessThan(2 * (warm.meanOf('sealing', 'quick') ?? 0));
  });

  it('is none where nothing was timed', () => {
    expect(forecastTime({ left, timings: createTimings(), workers, filled: {}, load: 0 })).toBeUndefined();
  });
});
