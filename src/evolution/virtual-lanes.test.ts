import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../protocol/index.ts';
import { runLanes } from './virtual-lanes.ts';

/** Moves of given amounts of work, done at a pace that a seed draws; returns what was decided and concluded, in order. */
async function play(works: readonly number[], lanes: number, pace: string): Promise<string[]> {
  const random = createRandom(pace);
  const log: string[] = [];
  let next = 0;
  await runLanes<number, string>({
    lanes,
    decide: (underWay) => {
      if (next === works.length) return undefined;
      log.push(`begin ${next} beside ${underWay.join()}`);
      return next++;
    },
    run: async (move, tally) => {
      for (let unit = 0; unit < (works[move] ?? 0); unit++) {
        if (random.chance(0.6)) await sleep(random.int(0, 3));
        tally.add(`${unit}`);
      }
      return `outcome ${move}`;
    },
    conclude: (move, outcome, { size }) => void log.push(`end ${move}: ${outcome}, ${size}`),
    halt: () => {},
  });
  return log;
}

describe('runLanes', () => {
  const works = [5, 2, 9, 1, 4, 4, 7, 3];

  it('decides and concludes the same at whatever pace the work is done', async () => {
    const reference = await play(works, 3, 'reference');
    for (let pace = 0; pace < 12; pace++) expect(await play(works, 3, `pace ${pace}`)).toEqual(reference);
  });

  it('ends moves in the order of their work, and has no barrier', async () => {
    // Lane 0 works from 0 to 5, lane 1 from 0 to 2 and on to 11; who is free decides beside the other.
    expect(await play([5, 2, 9, 1], 2, 'any')).toEqual([
      'begin 0 beside ',
      'begin 1 beside 0',
      'end 1: outcome 1, 2',
      'begin 2 beside 0',
      'end 0: outcome 0, 5',
      'begin 3 beside 2',
      'end 3: outcome 3, 1',
      'end 2: outcome 2, 9',
    ]);
  });

  it('runs one after the other on a single lane', async () => {
    const log = await play(works, 1, 'any');
    expect(log.filter((line) => line.startsWith('begin')).every((line) => line.endsWith('beside '))).toBe(
      true,
    );
  });

  it('lets what is under way end before it throws', async () => {
    let ended = false;
    let halted: unknown;
    let next = 0;
    const running = runLanes<number, void>({
      lanes: 2,
      decide: () => (next < 2 ? next++ : undefined),
      run: async (move) => {
        if (move === 0) throw new Error('out of disk');
        await sleep(20);
        ended = true;
      },
      conclude: () => {},
      halt: (error) => void (halted = error),
    });
    await expect(running).rejects.toThrow('out of disk');
    expect({ ended, halted }).toEqual({ ended: true, halted: new Error('out of disk') });
  });

  it('lets what is under way end also where a conclusion fails, and halts the run with that error', async () => {
    let ended = false;
    let halted: unknown;
    let next = 0;
    const running = runLanes<number, void>({
      lanes: 2,
      decide: () => (next < 2 ? next++ : undefined),
      run: async (move, tally) => {
        tally.add('work');
        if (move === 0) return;
        tally.add('more work');
        await sleep(20);
        ended = true;
      },
      conclude: () => Promise.reject(new Error('out of disk')),
      halt: (error) => void (halted = error),
    });
    await expect(running).rejects.toThrow('out of disk');
    expect({ ended, halted }).toEqual({ ended: true, halted: new Error('out of disk') });
  });
});
