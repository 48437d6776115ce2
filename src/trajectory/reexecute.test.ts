import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Feedback } from '../environment/index.ts';
import { hashOf } from '../host/index.ts';
import type { Json, Trajectory } from '../protocol/index.ts';
import { readFrames } from './read-frames.ts';
import { reexecute } from './reexecute.ts';
import { toTrajectory, trajectoryHash } from './trajectory.ts';

/** A counter that may go wrong in one way. */
function counter(
  fault: Partial<{ addsTooMuch: number; rejects: number; ends: boolean; evidence: Json }> = {},
) {
  let value = 0;
  let acts = 0;
  return {
    observe: async (): Promise<Json> => ({ value, goal: 12 }),
    affordances: async (): Promise<readonly Json[] | undefined> => undefined,
    evidence: async (): Promise<Json> => fault.evidence ?? { value },
    act: async (action: unknown): Promise<Feedback> => {
      const step = acts++;
      if (fault.rejects === step) return { error: 'It is stuck.' };
      if (!isAddition(action)) return { done: fault.ends ?? true };
      value += action.add.amount + (fault.addsTooMuch === step ? 1 : 0);
      return {};
    },
  };
}

function isAddition(action: unknown): action is { add: { amount: number } } {
  return action !== null && typeof action === 'object' && 'add' in action;
}

describe('re-execution', () => {
  // The oracle of a counter reaches 12 by 9 and 3, and submits.
  let trajectory: Trajectory;
  beforeAll(async () => {
    const frames = await Array.fromAsync(
      readFrames(join(import.meta.dirname, '../../tests/fixtures/record-v1/trajectories')),
    );
    trajectory = toTrajectory(frames.at(-1)?.records ?? []);
  });

  it('finds nothing where all is as recorded', async () => {
    expect(await reexecute(trajectory, counter())).toBeUndefined();
  });

  it('names the first step that differs, both hashes, and what differs', async () => {
    expect(await reexecute(trajectory, counter({ addsTooMuch: 1 }))).toEqual({
      step: 2,
      expectedHash: hashOf({ goal: 12, value: 12 }),
      actualHash: hashOf({ goal: 12, value: 13 }),
      differences: ['value: 12 became 13'],
    });
  });

  it('sees an action that is rejected now', async () => {
    expect(await reexecute(trajectory, counter({ rejects: 0 }))).toMatchObject({
      step: 1,
      differences: ['value: 9 became 0', 'action error: null became "It is stuck."'],
    });
  });

  it('sees an end that does not come, and other evidence', async () => {
    expect(await reexecute(trajectory, counter({ ends: false }))).toMatchObject({
      step: 3,
      differences: ['environment done: true became false'],
    });
    expect(await reexecute(trajectory, counter({ evidence: { value: 13 } }))).toMatchObject({
      step: 3,
      differences: ['evidence.value: 12 became 13'],
    });
  });

  it('stops when it is told to', async () => {
    await expect(reexecute(trajectory, counter(), AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    );
  });
});

describe('the hash of a trajectory', () => {
  it('changes with any record, the stop and the reward', async () => {
    const observation = { type: 'observation', step: 0, observation: 1, hash: hashOf(1) } as const;
    const hashes = [
      trajectoryHash([observation], 'agent-done', 1),
      trajectoryHash([{ ...observation, step: 1 }], 'agent-done', 1),
      trajectoryHash([], 'agent-done', 1),
      trajectoryHash([observation], 'step-limit', 1),
      trajectoryHash([observation], 'agent-done', null),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
