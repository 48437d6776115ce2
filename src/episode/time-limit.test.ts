import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTimeLimit } from './time-limit.ts';

describe('a limit of time', () => {
  it('aborts its signal as a timeout does, and not once it is ended', async () => {
    const [limit, ended] = [createTimeLimit(50), createTimeLimit(50)];
    ended.end();
    ended.hold(true);
    ended.hold(false);
    await sleep(150);
    expect(limit.signal.reason).toMatchObject({ name: 'TimeoutError' });
    expect(ended.signal.aborted).toBe(false);
  });

  it('stands still while its clock is held, and then goes on from there', async () => {
    const limit = createTimeLimit(100, new Error('too late'));
    limit.hold(true);
    limit.hold(true);
    await sleep(300);
    expect(limit.signal.aborted).toBe(false);
    limit.hold(false);
    await sleep(300);
    expect(limit.signal.reason).toEqual(new Error('too late'));
  });
});
