import { describe, expect, it } from 'vitest';
import { checkProgress } from './check-progress.ts';

describe('the progress of a check', () => {
  it('is a line every five seconds however long episodes take, with what they come to at least', () => {
    let time = 0;
    const lines: string[] = [];
    const ended = checkProgress({
      what: 'shop/buy (1 of 2)',
      least: 7,
      notice: (line) => void lines.push(String(line)),
      now: () => time,
    });
    for (let episode = 1; episode <= 8; episode++) {
      time += 2500;
      ended();
    }
    expect(lines).toEqual([
      'shop/buy (1 of 2): 2 episodes of at least 7',
      'shop/buy (1 of 2): 4 episodes of at least 7',
      'shop/buy (1 of 2): 6 episodes of at least 7',
      'shop/buy (1 of 2): 8 episodes',
    ]);
  });
});
