import { expect, it } from 'vitest';
import { createTurns } from './turns.ts';

const never = new AbortController().signal;

it('hands out one turn at a time, in order, past those who gave up waiting', async () => {
  const turns = createTurns();
  const log: string[] = [];
  const impatient = new AbortController();
  const first = await turns.take(never);
  const second = turns.take(impatient.signal);
  const third = turns.take(never).then((end) => {
    log.push('third');
    return end;
  });
  impatient.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  expect(log).toEqual([]);
  first();
  (await third)();
  expect(log).toEqual(['third']);
  (await turns.take(never))();
});
