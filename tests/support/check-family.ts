import type { TaskFamily } from 'lamarck';
import { createLocalWorld } from '../../src/episode/index.ts';
import type { Trajectory } from '../../src/protocol/index.ts';
import { createRollout } from '../../src/rollout/index.ts';
import type { Sandboxes } from '../../src/sandbox/index.ts';
import { expect } from 'vitest';
import { checkFamily, type FamilyReport } from '../../src/soundness/index.ts';

/** Checks a family in this process, with a memory of its own. */
export function checkInProcess(
  family: TaskFamily,
  sandboxes: Partial<Sandboxes>,
  seeds = 6,
): Promise<FamilyReport> {
  const world = createLocalWorld(family, sandboxes);
  const played = new Map<string, Trajectory>();
  const rollout = createRollout({
    world,
    memory: {
      find: (key) => Promise.resolve(played.get(key)),
      keep: (trajectory) => Promise.resolve(void played.set(trajectory.start.episode, trajectory)),
    },
    workers: 1,
    drain: new AbortController().signal,
  });
  return checkFamily(family, { rollout, world, seeds, floorTasks: 12, floor: 0.2 });
}

export const faultsOf = ({ findings }: FamilyReport) =>
  findings.filter(({ verdict }) => verdict === 'unsound');

/** A report without a fault, in which everything was looked at. */
export function expectSound(report: FamilyReport): void {
  expect(faultsOf(report)).toEqual([]);
  expect(report.sound).toBe(true);
  expect(report.findings.map(({ check }) => check)).toEqual([
    'generation',
    'opening',
    'oracle',
    'repetition',
    'doing nothing',
    'random actions',
    'blind actions',
    'malformed evidence',
    'mutants',
    'forging',
    'borrowed evidence',
    'witness',
    'verifier',
    'affordances',
    'answers',
    'leaks',
  ]);
  expect(report.mutation.mutants).toBeGreaterThan(5);
  expect(report.mutation.refused / report.mutation.mutants).toBeGreaterThan(0.95);
  expect(report.steps).toBeGreaterThanOrEqual(1);
}
