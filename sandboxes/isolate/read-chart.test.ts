import { expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { readChart } from './read-chart.ts';

it('reads names that every object answers to as names that nothing has', () => {
  const machine = createMachine({
    initial: 'a',
    states: {
      a: { entry: 'constructor' },
      b: { initial: 'c', states: { c: {}, d: { type: 'history', target: 'toString' } } },
    },
  });
  const { states, sends } = readChart(machine);
  expect(sends).toEqual([]);
  expect(states.find(({ name }) => name === 'b.d')?.initial).toEqual([]);
});
