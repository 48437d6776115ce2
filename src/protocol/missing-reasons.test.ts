import { describe, expect, it } from 'vitest';
import { missingReasons, nothingPlayed } from './missing-reasons.ts';

const fault = (code: string, message: string) =>
  ({ reward: null, stop: 'infrastructure-error', error: { code, message } }) as const;

describe('reasons for missing rewards', () => {
  const endings = [
    fault('LAMARCK_OVERDUE', 'It took 30 s.'),
    { reward: 1, stop: 'agent-done' } as const,
    fault('LAMARCK_BROWSER_DIED', 'Chromium 7 died.'),
    fault('LAMARCK_BROWSER_DIED', 'Chromium 4 died.'),
    {
      reward: 0,
      stop: 'agent-error',
      error: { code: 'LAMARCK_GUEST_FAILED', message: 'It threw.' },
    } as const,
    { reward: null, stop: 'cancelled' } as const,
  ];

  it('are counted by error code, the commonest first, each with one sentence', () => {
    expect(missingReasons(endings)).toEqual([
      { code: 'LAMARCK_BROWSER_DIED', count: 2, example: 'Chromium 4 died.' },
      { code: 'LAMARCK_OVERDUE', count: 1, example: 'It took 30 s.' },
      { code: 'cancelled', count: 1, example: 'The episode ended with "cancelled".' },
    ]);
  });

  it('are the same in whichever order episodes ended', () => {
    expect(missingReasons(endings.toReversed())).toEqual(missingReasons(endings));
  });

  it('are named where nothing was played at all', () => {
    expect(nothingPlayed(missingReasons(endings)).message).toMatch(
      /^None of 4 episodes has a reward.*2 × LAMARCK_BROWSER_DIED \("Chromium 4 died\."\), 1 × LAMARCK_OVERDUE/,
    );
  });
});
