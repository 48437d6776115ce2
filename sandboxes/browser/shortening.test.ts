import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shorten } from './shortening.ts';

/** Plays letters until all that are needed have come, in their order. */
const replayFor =
  (needed: readonly string[]) =>
  async (candidate: readonly string[]): Promise<readonly string[] | undefined> => {
    let met = 0;
    for (const [index, step] of candidate.entries()) {
      if (step === needed[met]) met++;
      if (met === needed.length) return candidate.slice(0, index + 1);
    }
    return undefined;
  };

const nameOf = (step: string): string => step;

describe('shortening a playout', () => {
  it('keeps what is needed, and nothing else', async () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(letters, fc.infiniteStream(fc.nat(2)), async (needed, gaps) => {
        const steps = needed.flatMap((letter) => [
          ...Array.from({ length: gaps.next().value ?? 0 }, () => 'x'),
          letter,
        ]);
        expect(await shorten(steps, { replay: replayFor(needed), nameOf, mostReplays: 1_000 })).toEqual(
          needed,
        );
      }),
    );
  });

  it('drops two steps that undo each other, wherever they stand', async () => {
    const replay = async (candidate: readonly string[]) => {
      const isOn = (name: string): boolean => candidate.filter((step) => step === name).length % 2 === 1;
      return isOn('a') && !isOn('b') && !isOn('c') && candidate.at(-1) === '!' ? candidate : undefined;
    };
    expect(await shorten([...'abaccab!'], { replay, nameOf, mostReplays: 100 })).toEqual(['a', '!']);
  });

  it('ends after as many replays as it may have, with what is shortest so far', async () => {
    let replays = 0;
    const replay = async (candidate: readonly string[]) => {
      replays++;
      return replayFor(['a', 'b'])(candidate);
    };
    const steps = [...'xxxxxaxxxxxb'];
    const shortest = await shorten(steps, { replay, nameOf, mostReplays: 5 });
    expect(replays).toBe(5);
    expect(shortest.length).toBeLessThan(steps.length);
    expect(await replayFor(['a', 'b'])(shortest)).toEqual(shortest);
  });
});
