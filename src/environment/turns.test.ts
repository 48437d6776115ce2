import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineEnvironment } from './define-environment.ts';
import { takeTurn } from './turns.ts';

const never = new AbortController().signal;
const environmentThatIs = (exclusive: boolean) =>
  defineEnvironment({
    name: 'ward',
    params: z.null(),
    observation: z.null(),
    actions: { rest: z.object({}) },
    evidence: z.null(),
    exclusive,
    open: () => ({ observe: () => null, act: { rest: () => ({}) }, evidence: () => null }),
  });

/** After whatever is settled by now. */
const soon = (): Promise<string> => new Promise((resolve) => setImmediate(resolve, 'waiting'));

it('is had at once where sessions do not disturb each other', async () => {
  const environment = environmentThatIs(false);
  const both = Promise.all([takeTurn(environment, never), takeTurn(environment, never)]);
  expect(await Promise.race([both, soon()])).toEqual([expect.any(Function), expect.any(Function)]);
  const exclusive = environmentThatIs(true);
  const one = takeTurn(exclusive, never);
  const other = takeTurn(exclusive, never);
  expect(await Promise.race([Promise.all([one, other]), soon()])).toBe('waiting');
  (await one)();
  (await other)();
});

it('is had one after the other where they would, in order, past those who gave up waiting', async () => {
  const environment = environmentThatIs(true);
  const log: string[] = [];
  const impatient = new AbortController();
  const first = await takeTurn(environment, never);
  const second = takeTurn(environment, impatient.signal);
  const third = takeTurn(environment, never).then((end) => {
    log.push('third');
    return end;
  });
  impatient.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  expect(log).toEqual([]);
  first();
  (await third)();
  expect(log).toEqual(['third']);
  (await takeTurn(environment, never))();
  (await takeTurn(environmentThatIs(true), never))();
});
