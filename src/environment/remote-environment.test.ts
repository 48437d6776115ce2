import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { reach } from '../../tests/fixtures/counters/counter.ts';
import { createLocalWorld, createScriptedActor, oracleActor, runEpisode } from '../episode/index.ts';
import { createOffer, serveEnvironment, type EnvironmentServer } from '../interop/index.ts';
import { defineTask } from '../task/index.ts';
import { defineRemoteEnvironment, readRemoteSchemas } from './index.ts';

const counterAt = (url: string) =>
  defineRemoteEnvironment({
    name: 'remote-counter',
    url,
    repeatability: 'seeded',
    params: z.object({ seed: z.number(), difficulty: z.number() }),
    observation: z.object({ value: z.number(), goal: z.number() }),
    actions: { add: z.object({ amount: z.number() }), submit: z.object({}) },
  });

const reachAt = (url: string) =>
  defineTask({
    name: 'remote/reach',
    environment: counterAt(url),
    timeLimit: 2000,
    generate: ({ random, difficulty }) => ({
      instruction: 'Reach the goal.',
      params: { seed: random.int(0, 1e6), difficulty },
    }),
    verify: ({ evidence }) => evidence.reward ?? 0,
    oracle: function* ({ observation }) {
      while (observation.value < observation.goal)
        observation = yield { add: { amount: Math.min(9, observation.goal - observation.value) } };
      yield { submit: {} };
    },
  });

const play = (url: string, actor = oracleActor, seed = 0) => {
  const family = reachAt(url);
  const world = createLocalWorld(family, {} as never);
  return runEpisode({ actor, family, seed, difficulty: 2, repeat: 0 }, world, new AbortController().signal);
};

describe('an environment that a server keeps', () => {
  let server: EnvironmentServer;

  beforeEach(async () => {
    const offer = createOffer([reach], createLocalWorld(reach, {} as never), 1);
    server = await serveEnvironment(offer, { host: '127.0.0.1', port: 0, capacity: 4 });
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('is played through the ordinary episode, and its reward is believed', async () => {
    for (let seed = 0; seed < 3; seed++) {
      const { end, records } = await play(server.url, oracleActor, seed);
      expect(end).toMatchObject({ reward: 1, stop: 'environment-done' });
      expect(records.find(({ type }) => type === 'observation')).toMatchObject({
        affordances: [
          { add: { amount: 1 } },
          { add: { amount: -1 } },
          { add: { amount: 5 } },
          { submit: {} },
        ],
      });
    }
    const lost = await play(server.url, createScriptedActor([{ submit: {} }]));
    expect(lost.end).toMatchObject({ reward: 0, stop: 'environment-done' });
    while (server.active > 0) await new Promise((resolve) => setTimeout(resolve, 2));
  });

  it('tells the agent of an action that the server refuses', async () => {
    const { records, end } = await play(server.url, createScriptedActor([{ add: { amount: 100 } }]));
    expect(records.find(({ type }) => type === 'action-error')).toMatchObject({
      message: expect.stringContaining('amount') as string,
    });
    expect(end.reward).toBe(0);
  });

  it('takes its schemas from the server', async () => {
    const { actions, observation } = await readRemoteSchemas(server.url);
    expect(Object.keys(actions)).toEqual(['add', 'submit']);
    expect(actions['add']?.safeParse({ amount: 100 }).success).toBe(false);
    expect(observation.safeParse({ value: 'much' }).success).toBe(false);
  });

  it('has no reward where the server is lost, full, or answers rubbish', async () => {
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const { end } = await play(url);
    expect(end).toMatchObject({
      reward: null,
      stop: 'infrastructure-error',
      error: { code: 'LAMARCK_REMOTE_LOST' },
    });
    await expect(readRemoteSchemas(url)).rejects.toMatchObject({ code: 'LAMARCK_REMOTE_LOST' });

    const rubbish = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    rubbish.on('connection', (socket) => socket.on('message', () => socket.send('{"type":"moon"}')));
    await once(rubbish, 'listening');
    const { port } = rubbish.address() as { port: number };
    const spoiled = await play(`http://127.0.0.1:${port}`);
    expect(spoiled.end).toMatchObject({ reward: null, error: { code: 'LAMARCK_REMOTE_LOST' } });
    rubbish.close();
  });
});
