import { makeTask, type Task, type TaskFamily } from 'lamarck';
import { describe, expect, it } from 'vitest';
import type { Case } from './cases.ts';
import { allPrograms } from './index.ts';

interface ProgramParams {
  signature: {
    parameters: { name: string; type: string }[];
    result: string;
    fields?: Record<string, string>;
  };
  examples: Case[];
  tests: Case[];
  goal: string;
}

const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

const made = new Map<string, Task>();
/** The task of a seed, made once for all tests: making it runs many programs. */
function taskAt(family: TaskFamily, seed: number, difficulty: number): Task {
  const key = `${family.name}/${seed}/${difficulty}`;
  const task = made.get(key) ?? makeTask(family, seed, difficulty);
  made.set(key, task);
  return task;
}

describe.each(allPrograms.map((family) => [family.name, family] as const))('%s', (_name, family) => {
  it.each([1, 2, 3])(
    'makes the same task of a seed twice, and another one of another seed (difficulty %i)',
    (difficulty) => {
      const hashes = SEEDS.map((seed) => taskAt(family, seed, difficulty).hash);
      expect(SEEDS.map((seed) => makeTask(family, seed, difficulty).hash)).toEqual(hashes);
      expect(new Set(hashes).size).toBe(SEEDS.length);
    },
  );

  it.each([1, 2, 3])('shows six examples, and hides twenty tests or more (difficulty %i)', (difficulty) => {
    for (const seed of SEEDS) {
      const { signature, examples, tests } = taskAt(family, seed, difficulty).params as ProgramParams;
      expect(examples).toHaveLength(6);
      expect(tests.length).toBeGreaterThanOrEqual(20);
      for (const { input } of [...examples, ...tests])
        expect(input).toHaveLength(signature.parameters.length);
    }
  });

  it('asks for many different programs', () => {
    const sources = SEEDS.map((seed) => (taskAt(family, seed, 3).params as ProgramParams).goal);
    expect(new Set(sources).size).toBeGreaterThan(22);
  });

  it('uses its second argument where it has one', () => {
    const withParameter = SEEDS.map((seed) => taskAt(family, seed, 2).params as ProgramParams).filter(
      ({ signature }) => signature.parameters.length === 2,
    );
    const others = SEEDS.length - withParameter.length;
    expect(withParameter.length > 3 || others === SEEDS.length).toBe(true);
    for (const { goal, signature } of withParameter) {
      const body = goal.slice(goal.indexOf('=>'));
      expect(body).toMatch(new RegExp(`\\b${signature.parameters[1]?.name}\\b`));
    }
  });
});
