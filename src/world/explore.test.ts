import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEnvironment } from '../environment/index.ts';
import { defineTask } from '../task/index.ts';
import { ExploreReplySchema } from './messages.ts';
import { serveWorld } from './serve-world.ts';

const familyWith = (canExplore: boolean) =>
  defineTask({
    name: 'tests/draw',
    environment: defineEnvironment({
      name: 'draws',
      params: z.object({}),
      observation: z.number(),
      actions: { draw: z.object({}) },
      evidence: z.number(),
      open: () => ({
        observe: () => 0,
        act: { draw: () => undefined },
        evidence: () => 0,
        ...(canExplore && {
          explore: ({ tries, steps, random }) =>
            Array.from({ length: tries }, () => ({
              actions: [{ draw: {} }],
              evidence: random.int(0, steps),
            })),
        }),
      }),
    }),
    generate: () => ({ instruction: 'Draw.', params: {} }),
    verify: () => true,
    oracle: function* () {},
  });

async function ask(canExplore: boolean, seed: string): Promise<unknown> {
  const replies: { ok?: boolean; value?: unknown }[] = [];
  const serve = serveWorld({
    families: new Map([['tests/draw', familyWith(canExplore)]]),
    sandboxes: {} as never,
    send: (response) => void replies.push(response as never),
  });
  await serve({ id: 0, method: 'open', session: 0, task: { family: 'tests/draw', seed: 0, difficulty: 1 } });
  await serve({ id: 1, method: 'explore', session: 0, tries: 3, steps: 1000, seed });
  return replies[1]?.value;
}

describe('the request to explore', () => {
  it('brings playouts that depend on the seed alone', async () => {
    const playouts = ExploreReplySchema.parse(await ask(true, 'one'));
    expect(playouts).toHaveLength(3);
    expect(await ask(true, 'one')).toEqual(playouts);
    expect(await ask(true, 'two')).not.toEqual(playouts);
  });

  it('is answered with null by an environment that cannot be explored', async () => {
    expect(await ask(false, 'one')).toBeNull();
  });
});
