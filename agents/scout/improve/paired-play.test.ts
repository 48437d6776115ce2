import { createRandom, type TrajectoryView } from 'lamarck/agent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isClearlyBetter, isSilent, pairedDifferences, tally, tellingTasks } from './paired-play.ts';

const episode = (
  task: number,
  reward: number | null,
  family = 'family-1',
  difficulty = 1,
): TrajectoryView => ({
  family,
  environment: 'toy',
  task,
  difficulty,
  instruction: '',
  steps: [{ observation: null, action: { [`act-${reward}`]: {} } }],
  reward,
  stop: 'agent-done',
});

describe('a draft against the genome', () => {
  it('is compared on the tasks that both have played', () => {
    const own = [episode(1, 0), episode(2, 1), episode(4, 1)];
    const draft = [episode(4, 0), episode(1, 1), episode(2, 1), episode(5, 1)];
    expect(pairedDifferences(own, draft)).toEqual([-1, 1, 0]);
    expect(tally([-1, 1, 0])).toBe('1 won and 1 lost of 3');
  });

  it('is not helped by missing rewards, its own or those of the genome', () => {
    const own = [episode(1, 0), episode(2, 1), episode(3, null), episode(4, null), episode(5, null)];
    const draft = [episode(1, null), episode(2, null), episode(3, 1), episode(4, 0), episode(5, null)];
    expect(pairedDifferences(own, draft)).toEqual([0, -1, 0, -1, -1]);
  });

  it('is silent where it does what the genome did', () => {
    expect(isSilent([episode(1, 0)], [episode(1, 0)])).toBe(true);
    expect(isSilent([episode(1, 0)], [episode(1, 1)])).toBe(false);
  });

  it('is clearly better only where chance would hardly win as often', () => {
    expect(isClearlyBetter([1, 1, 1, 0])).toBe(false);
    expect(isClearlyBetter([1, 1, 1, 1])).toBe(true);
    expect(isClearlyBetter([1, 1, 1, 1, -1])).toBe(false);
    expect(isClearlyBetter([])).toBe(false);
  });

  it('is called better by chance alone in at most a tenth of races', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = createRandom(seed);
        const races = Array.from({ length: 400 }, () => Array.from({ length: 24 }, () => random.int(-1, 1)));
        expect(races.filter(isClearlyBetter).length / races.length).toBeLessThan(0.16);
      }),
      { numRuns: 20 },
    );
  });
});

describe('tasks that tell', () => {
  it('are mostly those at which the genome sometimes fails', () => {
    const families = ['lost', 'won', 'even'].map((family) => ({
      family,
      environment: 'toy',
      difficulties: 1,
    }));
    const trajectories = [0, 1, 2, 3].flatMap((task) => [
      episode(task, 0, 'lost'),
      episode(task, 1, 'won'),
      episode(task, task % 2, 'even'),
    ]);
    const tasks = tellingTasks({ families, trajectories }, 400, 70, createRandom('tasks'));
    const count = (name: string) => tasks.filter(({ family }) => family === name).length;
    expect(tasks.map(({ task }) => task)).toEqual(Array.from({ length: 400 }, (_, at) => 70 + at));
    expect(count('even')).toBeGreaterThan(count('lost'));
    expect(count('lost')).toBeGreaterThan(100);
    expect(count('won')).toBeGreaterThan(0);
    expect(count('won')).toBeLessThan(40);
    expect(tellingTasks({ families: [], trajectories }, 4, 0, createRandom('none'))).toEqual([]);
  });
});
