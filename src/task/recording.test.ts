import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { defineEnvironment } from '../environment/index.ts';
import { recordedOracle, readAction } from './recording.ts';

const say = defineEnvironment({
  name: 'say',
  params: z.object({ user: z.string(), count: z.number(), words: z.array(z.string()) }),
  observation: z.object({ names: z.record(z.string(), z.string()) }),
  actions: { tell: z.object({ to: z.string(), text: z.string() }) },
  evidence: z.object({}),
  notation: {
    write: (action) => action,
    read: (written, { names }) => {
      const { tell } = written as { tell: { to: string; text: string } };
      const to = names[tell.to];
      if (to === undefined) throw new Error(`there is no ${tell.to}.`);
      return { tell: { ...tell, to } };
    },
  },
  open: () => ({
    observe: () => ({ names: {} }),
    act: { tell: () => undefined },
    evidence: () => ({}),
  }),
});
const game = {
  version: 1,
  family: 'say/it',
  instruction: 'Greet Ada 3 times.',
  params: { user: 'Ada', count: 3, words: ['Ada L', ''] },
  actions: [{ tell: { to: 'Ada', text: 'Ada L, 3' } }],
};
const observation = { names: { Ada: 'e1', Ben: 'e2' } };

function first(instruction: string, params: { user: string; count: number; words: string[] }) {
  return recordedOracle(say, [game])({ observation, params, instruction }).next().value;
}

describe('an oracle from recorded games', () => {
  it('plays a game again as it was, read where it is played', () => {
    expect(first(game.instruction, game.params)).toEqual({ tell: { to: 'e1', text: 'Ada L, 3' } });
  });

  it('puts the parameters of another task in the place of those it had, the longest first', () => {
    expect(first('Greet Ben', { user: 'Ben', count: 12, words: ['B. Ost', 'x'] })).toEqual({
      tell: { to: 'e2', text: 'B. Ost, 12' },
    });
  });

  it('says what is not there any more', () => {
    expect(() => readAction(say, game.actions[0] ?? null, { names: {} })).toThrow(
      'What was recorded cannot be done again: there is no Ada.',
    );
  });

  it('refuses what is no recording', () => {
    expect(() => recordedOracle(say, [])).toThrow('no recording was given.');
    expect(() => recordedOracle(say, [game, { version: 2 }])).toThrow(
      /number 2 of those given is no recording:[^]*version/,
    );
  });
});
