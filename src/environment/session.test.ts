import { expect, it } from 'vitest';
import { z } from 'zod';
import { createRandom } from '../protocol/index.ts';
import { defineEnvironment } from './define-environment.ts';
import { openSession } from './session.ts';

/** An environment whose step never ends by itself. */
function endless(onSignal: (signal: AbortSignal) => void) {
  return defineEnvironment({
    name: 'endless',
    params: z.object({ isClosed: z.boolean() }),
    observation: z.object({}),
    actions: { wait: z.object({}) },
    evidence: z.object({}),
    open: ({ params, signal }) => {
      onSignal(signal);
      if (params.isClosed) throw new Error('no entry');
      return { observe: () => ({}), act: { wait: () => new Promise(() => {}) }, evidence: () => ({}) };
    },
  });
}

const context = (isClosed: boolean) => ({
  params: { isClosed },
  instruction: '',
  random: createRandom('session'),
  signal: new AbortController().signal,
  sandboxes: {},
});

it('tells the work of a step that was given up to end, once its session is closed', async () => {
  let given: AbortSignal | undefined;
  const session = await openSession(
    endless((signal) => (given = signal)),
    { ...context(false), hookMilliseconds: 10 },
  );
  await expect(session.act({ wait: {} })).rejects.toMatchObject({ code: 'LAMARCK_OVERDUE' });
  await session.close();
  expect(given?.aborted).toBe(true);
});

it('tells what opening began to end where it fails', async () => {
  let given: AbortSignal | undefined;
  await expect(
    openSession(
      endless((signal) => (given = signal)),
      context(true),
    ),
  ).rejects.toThrow('no entry');
  expect(given?.aborted).toBe(true);
});

it('gives what was seen to the hook that lists actions, and observes once more only where nothing was', async () => {
  let looks = 0;
  const counter = defineEnvironment({
    name: 'counter',
    params: z.object({ isClosed: z.boolean() }),
    observation: z.object({ looks: z.number() }),
    actions: { add: z.object({ amount: z.number() }) },
    evidence: z.object({}),
    open: () => ({
      observe: () => ({ looks: ++looks }),
      act: { add: () => undefined },
      affordances: (seen) => [{ add: { amount: seen.looks } }],
      evidence: () => ({}),
    }),
  });
  const session = await openSession(counter, context(false));
  expect(await session.affordances(await session.observe())).toEqual([{ add: { amount: 1 } }]);
  expect(looks).toBe(1);
  expect(await session.affordances()).toEqual([{ add: { amount: 2 } }]);
});

/** Uses the programs, as far as it asks for them. */
function running(sandboxes: 'programs'[]) {
  return defineEnvironment({
    name: 'running',
    params: z.object({ isClosed: z.boolean() }),
    observation: z.object({}),
    actions: { wait: z.object({}) },
    evidence: z.object({}),
    sandboxes,
    open: async ({ sandboxes: { programs } }) => {
      await programs.run([]);
      return { observe: () => ({}), act: { wait: () => undefined }, evidence: () => ({}) };
    },
  });
}

it.each([
  [['programs'], {}, 'asks for the sandbox "programs", which there is not', 'hand this sandbox to the world'],
  [
    [],
    { programs: {} as never },
    'uses the sandbox "programs", which it does not ask for',
    "Add sandboxes: ['programs']",
  ],
] as const)('names a sandbox that is missing: asked for %j', async (asked, sandboxes, says, remedy) => {
  await expect(openSession(running([...asked]), { ...context(false), sandboxes })).rejects.toMatchObject({
    code: 'LAMARCK_SANDBOX_MISSING',
    boundary: 'environment',
    message: expect.stringContaining(says) as string,
    remedy: { text: expect.stringContaining(remedy) as string },
  });
});

it('gives an environment the sandboxes that it asks for', async () => {
  let ran = 0;
  const programs = { run: () => Promise.resolve(void ran++) } as never;
  await openSession(running(['programs']), { ...context(false), sandboxes: { programs } });
  expect(ran).toBe(1);
});
