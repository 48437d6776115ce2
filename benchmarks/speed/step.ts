import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createLocalWorld, createGenomeActor, runEpisode } from '../../src/episode/index.ts';
import { createGuestSandbox } from '../../src/presets.ts';
import type { EpisodeRecord } from '../../src/protocol/index.ts';
import { defineEnvironment } from '../../src/environment/index.ts';
import { defineTask } from '../../src/task/index.ts';
import { openSegmentWriter } from '../../src/trajectory/index.ts';
import type { Benchmark } from './benchmark.ts';
import { bestOf, takeTurns } from './take-turns.ts';

const STEPS = 200;

const nothing = defineEnvironment({
  name: 'nothing',
  params: z.object({}),
  observation: z.object({}),
  actions: { wait: z.object({}) },
  evidence: z.object({}),
  open: () => ({ observe: () => ({}), act: { wait: () => undefined }, evidence: () => ({}) }),
});

const idle = defineTask({
  name: 'benchmark/idle',
  environment: nothing,
  maxSteps: STEPS,
  generate: () => ({ instruction: 'Wait.', params: {} }),
  verify: () => true,
  oracle: function* () {
    for (let step = 0; step < STEPS; step++) yield { wait: {} };
  },
});

const WAITING_AGENT = `
  import { emit, setup } from 'xstate';
  import { defineAgent, type AgentEmitted, type AgentEvent, type AgentInput } from 'lamarck/agent';
  export default defineAgent({
    machine: setup({ types: { input: {} as AgentInput, events: {} as AgentEvent, emitted: {} as AgentEmitted } }).createMachine({
      initial: 'waiting',
      states: { waiting: { on: { observe: { actions: emit({ type: 'decision', action: { wait: {} } }) } } } },
    }),
  });`;

/** What the machinery costs beside environment and agent: the statechart, the way to the agent process, the record. */
export const step: Benchmark = {
  name: 'step',
  title: 'a do-nothing agent in its agent process, in a do-nothing environment, recorded durably',
  piece: 'step',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lamarck-benchmark-'));
    await using guests = createGuestSandbox({ processes: 1 });
    try {
      await using writer = await openSegmentWriter(folder);
      const actor = createGenomeActor({ id: 'waiting', files: { 'agent.ts': WAITING_AGENT } }, guests);
      const world = createLocalWorld(idle, {});
      const { signal } = new AbortController();
      const play = async (): Promise<void> => {
        const job = { actor, family: idle, seed: 0, difficulty: 1, repeat: 0 };
        const { start, records, end } = await runEpisode(job, world, signal);
        if (end.reward !== 1 || end.steps !== STEPS) throw new Error(`The episode went wrong: ${end.stop}.`);
        await writer.append([start, ...records, end] as EpisodeRecord[]);
      };
      const times = await takeTurns([{ name: 'episode of 200 steps', pieces: STEPS, run: play }], 30);
      const value = Math.min(...times.map(bestOf));
      return { times, bars: [{ what: 'a step, at best', value, unit: 'µs', atMost: 300 }] };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
