import { describe, expect, it } from 'vitest';
import { callWithin, isOverdue, settleWithin } from './time-limit.ts';

const bounded = { what: 'ring() of "bell"', milliseconds: 100, boundary: 'task' } as const;
const forever = (): never => {
  for (;;);
};

describe('a function that may take so long', () => {
  it('gives what it gives, and throws what it throws', async () => {
    const list = [1];
    expect(callWithin(bounded, () => list)).toBe(list);
    expect(await settleWithin(bounded, () => Promise.resolve(list))).toBe(list);
    expect(() =>
      callWithin(bounded, () => {
        throw new TypeError('cracked');
      }),
    ).toThrow(new TypeError('cracked'));
    await expect(settleWithin(bounded, () => Promise.reject(new Error('cracked')))).rejects.toThrow(
      'cracked',
    );
  });

  it.each<[string, () => unknown]>([
    ['loops', () => callWithin(bounded, forever)],
    [
      'loops inside of another',
      () => callWithin(bounded, () => callWithin({ ...bounded, milliseconds: 60_000 }, forever)),
    ],
    ['promises and never keeps it', () => settleWithin(bounded, () => new Promise(() => {}))],
  ])('is broken off where it %s', async (_, call) => {
    const broken = await (async () => call())().catch((error: unknown) => error);
    expect(isOverdue(broken)).toBe(true);
    expect((broken as Error).message).toBe('ring() of "bell" did not return within 0.1 s.');
    expect(callWithin(bounded, () => 1)).toBe(1);
  });
});
