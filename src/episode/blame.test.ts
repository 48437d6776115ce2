import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEnvironment } from '../environment/index.ts';
import { hashOf } from '../host/index.ts';
import { LamarckError, type Json } from '../protocol/index.ts';
import { defineTask } from '../task/index.ts';
import { encodeFrame } from '../trajectory/frame.ts';
import type { Actor, Choice } from './actor.ts';
import { createLocalWorld, createScriptedActor, oracleActor, runEpisode, type EpisodeJob } from './index.ts';

type Hook = 'open' | 'observe' | 'evidence' | 'verify' | 'add' | 'stop';

/** An environment that fails in the hook and in the sessions that its options name; the first session is 0. */
function failing(faults: Partial<Record<Hook, readonly number[]>>, timeLimit = 60_000) {
  let session = -1;
  const reach = (hook: Hook): void => {
    if (faults[hook]?.includes(session)) throw new Error(`${hook} failed`);
  };
  const environment = defineEnvironment({
    name: 'failing',
    params: z.object({}),
    observation: z.object({ sum: z.number() }),
    actions: { add: z.object({ amount: z.number() }), hang: z.object({}), stop: z.object({}) },
    evidence: z.object({ sum: z.number() }),
    open: () => {
      session++;
      reach('open');
      let sum = 0;
      return {
        observe: () => {
          if (sum > 0) reach('observe');
          return { sum };
        },
        act: {
          add: ({ amount }) => {
            reach('add');
            sum += amount;
          },
          hang: () => new Promise<void>(() => undefined),
          stop: () => {
            reach('stop');
            return { done: true };
          },
        },
        evidence: () => {
          reach('evidence');
          return { sum };
        },
      };
    },
  });
  return defineTask({
    name: 'test/failing',
    environment,
    timeLimit,
    generate: () => ({ instruction: 'Add up to 3.', params: {} }),
    verify: ({ evidence }) => {
      reach('verify');
      return evidence.sum === 3;
    },
    oracle: function* () {
      yield { add: { amount: 3 } };
      yield { stop: {} };
    },
  });
}

const WINNING: readonly Json[] = [{ add: { amount: 1 } }, { add: { amount: 2 } }, { stop: {} }];

async function endOf(
  family: ReturnType<typeof failing>,
  actor: Actor = createScriptedActor(WINNING),
  more: Partial<EpisodeJob> = {},
) {
  const job = { actor, family, seed: 0, difficulty: 1, repeat: 0, ...more };
  const { start, records, end } = await runEpisode(
    job,
    createLocalWorld(family, {} as never),
    new AbortController().signal,
  );
  // It can be written, and read again.
  encodeFrame([start, ...records, end]);
  return end;
}

describe('a failure that may be ours', () => {
  it.each(['add', 'observe', 'stop', 'evidence', 'verify'] as const)(
    'in %s is ours where it does not repeat in a fresh world: the attempt that worked counts',
    async (hook) => {
      expect(await endOf(failing({ [hook]: [0] }))).toMatchObject({
        stop: 'environment-done',
        reward: 1,
        attempts: 2,
        faults: [{ message: expect.stringContaining(`${hook} failed`) as string }],
      });
    },
  );

  it.each(['add', 'observe', 'stop', 'evidence', 'verify'] as const)(
    'in %s is the agent’s own where it does: reward 0',
    async (hook) => {
      expect(await endOf(failing({ [hook]: [0, 1, 2] }))).toMatchObject({
        stop: 'agent-error',
        reward: 0,
        attempts: 2,
        error: { boundary: 'agent', message: expect.stringContaining('once more') as string },
        faults: [{ boundary: expect.not.stringMatching('agent') as string }],
      });
    },
  );

  it('is the agent’s own where it repeats later than in the attempt that follows', async () => {
    const family = failing({ add: [0, 2], stop: [1] });
    expect(await endOf(family)).toMatchObject({ stop: 'agent-error', reward: 0, attempts: 3 });
  });

  it('leaves no reward where every attempt fails at another place', async () => {
    const family = failing({ add: [0], stop: [1], evidence: [2] });
    expect(await endOf(family)).toMatchObject({
      stop: 'infrastructure-error',
      reward: null,
      attempts: 3,
      faults: [
        { during: 'acting', step: 0 },
        { during: 'acting', step: 2 },
      ],
    });
  });

  it('is ours where the world does not open, however often', async () => {
    expect(await endOf(failing({ open: [0, 1, 2] }))).toMatchObject({ reward: null, attempts: 3 });
    expect(await endOf(failing({ open: [0], add: [1], stop: [] }))).toMatchObject({ reward: 1, attempts: 3 });
  });

  it('blames nobody who has one attempt only', async () => {
    const end = await endOf(failing({ add: [0] }), undefined, { attempts: 1 });
    expect(end).toMatchObject({ stop: 'infrastructure-error', reward: null, attempts: 1 });
    expect(end).not.toHaveProperty('faults');
  });

  it('is not the oracle’s own: its actions are the family’s', async () => {
    const family = failing({ add: [0, 1, 2] });
    expect(await endOf(family, oracleActor)).toMatchObject({ reward: null, attempts: 3 });
  });

  it('by time is the agent’s own the second time, whatever it did then', async () => {
    let attempt = 0;
    const actor: Actor = {
      reference: { script: hashOf('slow') },
      start: async () => {
        const slow = attempt++;
        return {
          decide: async ({ step }): Promise<Choice> => ({
            changes: [],
            action: step < slow ? { add: { amount: 1 } } : { hang: {} },
          }),
          dispose: async () => {},
        };
      },
    };
    expect(await endOf(failing({}, 2_000), actor)).toMatchObject({
      stop: 'time-limit',
      reward: 0,
      error: { code: 'LAMARCK_OVERDUE', boundary: 'agent' },
    });
  });

  const unstartable = (code: `LAMARCK_${string}`): Actor => ({
    reference: { script: hashOf(code) },
    start: () =>
      Promise.reject(new LamarckError({ code, boundary: 'sandbox', message: 'It cannot be started.' })),
  });

  it('of an agent that cannot be started is its own once it repeats', async () => {
    expect(await endOf(failing({}), unstartable('LAMARCK_ISOLATE_FAILED'))).toMatchObject({
      stop: 'agent-error',
      reward: 0,
      attempts: 2,
      faults: [{ during: 'starting', step: 0, code: 'LAMARCK_ISOLATE_FAILED' }],
    });
  });

  it.each(['LAMARCK_ISOLATES_DIED', 'LAMARCK_ISOLATES_KILLED'] as const)(
    'is left to the sandbox where a process of isolates ended: %s',
    async (code) => {
      expect(await endOf(failing({}), unstartable(code))).toMatchObject({
        stop: 'infrastructure-error',
        reward: null,
        attempts: 3,
      });
    },
  );
});

describe('an action that nests deeper than any reader', () => {
  it('is rejected, and recorded as none', async () => {
    let deep: Json = 1;
    for (let level = 0; level < 1_000_000; level++) deep = [deep];
    const actor: Actor = {
      reference: { script: hashOf('deep') },
      start: async () => ({
        decide: async ({ step }): Promise<Choice> => ({
          changes: [],
          action: step === 0 ? { add: deep } : { stop: {} },
        }),
        dispose: async () => {},
      }),
    };
    expect(await endOf(failing({}), actor)).toMatchObject({
      stop: 'environment-done',
      reward: 0,
      attempts: 1,
    });
  });
});
