import { join } from 'node:path';
import type { GenomeFiles } from 'lamarck';
import type { Lesson } from 'lamarck/agent';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuestSandbox } from '../../sandboxes/isolate/index.ts';
import { applyPatch, loadGenome } from '../../src/genome/genome.ts';
import { descend, reach } from '../fixtures/counters/counter.ts';
import { createPlayground, type Plan } from '../support/improving.ts';

// Hundreds of episodes an improvement.
const guests = createGuestSandbox({ processes: 3 });
afterAll(() => guests[Symbol.asyncDispose]());
const { play, improve, record } = createPlayground([reach, descend], guests);

/** An agent that would count to its goal, were a comparison not the wrong way round, and mends as scout does. Its improver is scout's. */
const AGENT = `import { assign, emit, setup } from 'xstate';
import { defineAgent, type AgentEmitted, type AgentEvent } from 'lamarck/agent';
import order from './mend-order.json';
import { mend, mendingNothing, seeMending } from './repairs/mending.ts';
import { isMendTask } from './repairs/mend-task.ts';
import { decide } from './steering.ts';

export default defineAgent({
  machine: setup({
    types: { events: {} as AgentEvent, context: {} as { mending: typeof mendingNothing }, emitted: {} as AgentEmitted },
  }).createMachine({
    context: { mending: mendingNothing },
    on: {
      observe: {
        actions: [
          assign({ mending: ({ context, event }) => isMendTask(event.observation) ? seeMending(context.mending, event.observation) : context.mending }),
          emit(({ context, event }) => ({
            type: 'decision',
            action: isMendTask(event.observation)
              ? mend(event.observation, context.mending, event.affordances ?? [], order, 'seed').action
              : decide(event.observation),
          })),
        ],
      },
    },
  }),
});
`;
const STEERING = `/** One step towards the goal. */
export function decide({ value, goal }: { value: number; goal: number }) {
  const missing = goal - value;
  if (missing === 0) return { submit: {} };
  return { add: { amount: missing < 0 ? 1 : -1 } };
}
`;
const scout = (await loadGenome(join(import.meta.dirname, '../../agents/scout'))).files;
const broken: GenomeFiles = { ...scout, 'agent.ts': AGENT, 'steering.ts': STEERING };
const mended: GenomeFiles = { ...broken, 'steering.ts': STEERING.replace('missing < 0', 'missing > 0') };

const FRESH: Plan[] = ['family-1', 'family-2'].flatMap((family) =>
  Array.from({ length: 6 }, (_, task) => ({ family, task, difficulty: 1 })),
);

async function successOf(files: GenomeFiles): Promise<number> {
  const trajectories = await play(files, FRESH, 'dev');
  return trajectories.filter(({ reward }) => reward === 1).length / trajectories.length;
}

/** A lineage in which these kinds did not pay. */
const without = (...kinds: string[]): Lesson[] =>
  kinds.flatMap((kind) =>
    Array.from({ length: 8 }, () => ({ kind, verdict: 'not-better', gain: -0.3 }) as const),
  );

interface Priors {
  failures: number;
  areas: Record<string, { tried: number; earned: number }>;
}

describe('a genome whose code has a bug', () => {
  // What repairs of its own code have earned says where to look.
  const inSteering = { 'edit-priors.json': '{"areas":{"steering.ts":{"tried":99,"earned":99}}}' };
  const mending = () =>
    improve({ ...broken, ...inSteering }, { seed: 'mending', lessons: without('improver-edit', 'policy') });

  let once: Awaited<ReturnType<typeof mending>>;
  beforeAll(async () => {
    once = await mending();
  });

  it('mends it in an episode of its own agent, and hands it down with where it found it', async () => {
    const { patch, states, episodes } = once;
    expect(states).toContain('editing.judging');
    expect(patch?.improvement).toBe('edit');
    expect(Object.keys(patch?.files ?? {}).sort()).toEqual(['edit-priors.json', 'steering.ts']);
    expect(patch?.rationale).toMatch(
      /^edit: [\w-]+ at steering\.ts:\d+; clearly better at 24 fresh train tasks, one of \d+ edits tried$/,
    );
    expect(episodes).toBeLessThanOrEqual(400);
    const child = applyPatch(broken, patch?.files ?? {});
    expect([await successOf(broken), await successOf(child)]).toEqual([0, 1]);
    const { areas, failures } = JSON.parse(child['edit-priors.json'] ?? '') as Priors;
    expect(areas['steering.ts']).toEqual({ tried: 100, earned: 100 });
    expect(failures).toBe(0);
  });

  it('leaves the repair in the record, as an episode like any other', () => {
    const [repair] = [...record.values()].filter(({ start }) => start.task.family === 'self/mending');
    expect(repair?.start).toMatchObject({ environment: 'workspace', split: 'train' });
    expect(repair?.end).toMatchObject({ stop: 'environment-done', reward: 1 });
    const verdict = repair?.records.find((one) => one.type === 'reward');
    expect(verdict).toMatchObject({ evidence: { submitted: true, gained: { won: 24, lost: 0 } } });
  });

  it('asks for the same episodes when it does it again, and comes to the same', async () => {
    const again = await mending();
    expect(again.patch).toEqual(once.patch);
    expect([again.episodes, again.asked]).toEqual([once.episodes, once.asked]);
  });

  it('takes the mend from a mate that has it', async () => {
    const lessons = without('improver-edit', 'policy', 'edit');
    const mates = [{ id: 'mate-1', files: mended, lessons: [] }];
    const { patch } = await improve(broken, { seed: 'mates', lessons, mates });
    expect([patch?.improvement, patch?.mate]).toEqual(['recombine', 'mate-1']);
    expect(patch?.files).toEqual({ 'steering.ts': mended['steering.ts'] });
    expect(patch?.rationale).toBe(
      'recombine: source of mate-1; 32 won and 0 lost of 32 fresh paired train tasks',
    );
  });
});

describe('a genome without a bug', () => {
  it('finds no edit worth handing down, turns to learning, and remembers that it tried', async () => {
    const { patch, states } = await improve(mended, {
      seed: 'trying',
      lessons: without('improver-edit', 'policy'),
      budget: { episodes: 200 },
    });
    expect(states).toContain('editing.judging');
    expect(states).toContain('fallingBack');
    expect(patch?.improvement).not.toBe('edit');
    expect(patch?.files['steering.ts']).toBeUndefined();
    if (patch !== undefined)
      expect((JSON.parse(patch.files['edit-priors.json'] ?? '') as Priors).failures).toBe(1);
  });

  it('edits nothing where only learning is allowed', async () => {
    const { patch, states } = await improve(broken, {
      seed: 'learning',
      lessons: without('improver-edit', 'policy'),
      scope: 'learning',
      budget: { episodes: 60 },
    });
    expect(states).not.toContain('editing.judging');
    expect(Object.keys(patch?.files ?? {}).filter((path) => !/\.json$|^skills\//.test(path))).toEqual([]);
  });
});

describe('the edits of scout', () => {
  const COUNTING = `import { defineImprover, editsOf, type ImproverInput } from 'lamarck/agent';
import { emit, setup } from 'xstate';
export default defineImprover({
  machine: setup({ types: { input: {} as ImproverInput, context: {} as { count: number } } }).createMachine({
    context: ({ input }) => ({ count: [...editsOf(input.files)].length }),
    initial: 'telling',
    states: {
      telling: {
        entry: emit(({ context }) => ({ type: 'patch', files: {}, kind: 'count', rationale: String(context.count) })),
        always: 'done',
      },
      done: { type: 'final' },
    },
  }),
});
`;

  it('can all be listed inside an isolate, for a small part of the fuel of an improver', async () => {
    const guest = await guests.boot({
      files: { 'improve.ts': COUNTING },
      entry: 'improve.ts',
      input: { files: { ...scout } },
      seed: 'counting',
      limits: { fuel: 200_000_000, memoryMegabytes: 256, deliveryMilliseconds: 60_000 },
    });
    await guest.dispose();
    const { answer } = guest.started;
    expect(answer.kind === 'patch' && Number(answer.rationale)).toBeGreaterThan(3_000);
  });
});
