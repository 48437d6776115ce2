import { describe, expect, it } from 'vitest';
import { createPermits, mapWithPermits } from './permits.ts';

/** After whatever is settled by now. */
const soon = (): Promise<string> => new Promise((resolve) => setImmediate(resolve, 'waiting'));

describe('permits', () => {
  it('are so many, and go to those who wait in the order in which they asked', async () => {
    const permits = createPermits(2);
    const log: string[] = [];
    const [first, second] = [await permits.take(), await permits.take()];
    const asked = ['third', 'fourth'].map((name) =>
      permits.take().then((giveBack) => (log.push(name), giveBack)),
    );
    await soon();
    expect(log).toEqual([]);
    first();
    await soon();
    expect(log).toEqual(['third']);
    second();
    await Promise.all(asked);
    expect(log).toEqual(['third', 'fourth']);
  });

  it('are given back once, however often that is said', async () => {
    const permits = createPermits(1);
    const giveBack = await permits.take();
    giveBack();
    giveBack();
    await permits.take();
    expect(await Promise.race([permits.take(), soon()])).toBe('waiting');
  });

  it('pass over those who gave up waiting', async () => {
    const permits = createPermits(1);
    const giveBack = await permits.take();
    const impatient = new AbortController();
    const second = permits.take(impatient.signal);
    const third = permits.take();
    impatient.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    giveBack();
    await third;
    await expect(permits.take(impatient.signal)).rejects.toThrow('enough');
  });
});

describe('work with permits', () => {
  it('gives its results in the order of the items, and no more is under way than there are permits', async () => {
    let underWay = 0;
    let most = 0;
    const doubled = await mapWithPermits([5, 1, 4, 2, 3], createPermits(2), async (item) => {
      most = Math.max(most, ++underWay);
      for (let times = 0; times < item; times++) await soon();
      underWay--;
      return 2 * item;
    });
    expect(doubled).toEqual([10, 2, 8, 4, 6]);
    expect(most).toBe(2);
  });

  it('lets callers with few items through between those of one with many', async () => {
    const permits = createPermits(1);
    const log: string[] = [];
    const work = async (item: string): Promise<void> => {
      log.push(item);
      await soon();
    };
    await Promise.all([
      mapWithPermits(['many 1', 'many 2', 'many 3', 'many 4'], permits, work),
      mapWithPermits(['few'], permits, work),
    ]);
    expect(log.indexOf('few')).toBe(1);
  });

  it('begins nothing more where one fails, and says so when all that was begun has ended', async () => {
    const log: string[] = [];
    const work = async (item: number): Promise<void> => {
      log.push(`${item} begun`);
      await soon();
      if (item === 1) throw new Error('one failed');
      await soon();
      log.push(`${item} ended`);
    };
    await expect(mapWithPermits([0, 1, 2, 3, 4, 5], createPermits(2), work)).rejects.toThrow('one failed');
    expect(log).toEqual(['0 begun', '1 begun', '0 ended']);
  });
});
