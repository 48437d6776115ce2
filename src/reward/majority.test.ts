import { expect, it } from 'vitest';
import { majority } from './majority.ts';

it.each([
  ['the most frequent answer', [1, 2, 1, 3], [1, 0, 1, 0]],
  ['equal answers whatever the order of their members', [{ a: 1, b: 2 }, { b: 2, a: 1 }, null], [1, 1, 0]],
  ['no answer, which agrees with no other', [undefined, undefined, 1, 1, undefined], [0, 0, 1, 1, 0]],
  ['a draw', [1, 1, 2, 2], [null, null, null, null]],
  ['fewer than three tries', [1, 1], [null, null]],
  ['no answers at all', [undefined, undefined, undefined], [null, null, null]],
])('rewards agreement: %s', (_what, answers, rewards) => {
  expect(majority(answers)).toEqual(rewards);
});
