import { join } from 'node:path';
import type { GenomeFiles } from 'lamarck';
import type { Lesson } from 'lamarck/agent';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createMindSandbox } from '../sandboxes/isolate/index.ts';
import { applyPatch, loadGenome } from '../src/evolution/genome.ts';
import { descend, reach } from './fixtures/counters/counter.ts';
import { createPlayground, type Plan } from './support/improving.ts';

// Hundreds of episodes an improvement.
vi.setConfig({ testTimeout: 180_000 });

const minds = createMindSandbox({ processes: 2 });
afterAll(() => minds[Symbol.asyncDispose]());
const { play, improve } = createPlayground([reach, descend], minds);

/** An agent that would count to its goal, were a comparison not the wrong way round. Its improver is scout's. */
const AGENT = `import { emit, setup } from 'xstate';
import { defineAgent, type AgentEvent } from 'lamarck/agent';
import { decide } from './steering.ts';

export default defineAgent({
  machine: setup({ types: { events: {} as AgentEvent } }).createMachine({
    on: { observe: { actions: emit(({ event }) => ({ type: 'decision', action: decide(event.observation) })) } },
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
const scout = (await loadGenome(join(import.meta.dirname, '../agents/scout'))).files;
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
  kinds: Record<string, { tried: number; earned: number }>;
}

describe('a genome whose code has a bug', () => {
  const mending = () => improve(broken, { seed: 'mending', lessons: without('improver-edit', 'policy') });

  it('finds the edit that mends it, every time, and hands it down with what it learned of edits', async () => {
    const { patch, states, episodes } = await mending();
    expect(states).toContain('editing.comparing');
    expect(patch?.improvement).toBe('edit');
    expect(Object.keys(patch?.files ?? {}).sort()).toEqual(['edit-priors.json', 'steering.ts']);
    expect(patch?.files['steering.ts']).toMatch(/missing >=? 0 \? 1 : -1/);
    expect(patch?.rationale).toMatch(
      /^edit: steering\.ts:5 operator "<" → ">=?"; 24 won and 0 lost of 24 .+ of \d+ edits in \d+ episodes$/,
    );
    expect(episodes).toBeLessThanOrEqual(240);
    const child = applyPatch(broken, patch?.files ?? {});
    expect([await successOf(broken), await successOf(child)]).toEqual([0, 1]);
    const { kinds, failures } = JSON.parse(child['edit-priors.json'] ?? '') as Priors;
    expect(kinds['operator']?.earned).toBeGreaterThanOrEqual(1);
    expect(kinds['number']).toEqual({ tried: expect.any(Number), earned: 0 });
    expect(failures).toBe(0);
    expect((await mending()).patch).toEqual(patch);
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
    expect(states).toContain('editing.comparing');
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
    expect(states).not.toContain('editing.comparing');
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
    const mind = await minds.lease();
    const guest = await mind.boot({
      files: { 'improve.ts': COUNTING },
      entry: 'improve.ts',
      input: { files: { ...scout } },
      seed: 'counting',
      limits: { fuel: 200_000_000, memoryMegabytes: 256, deliveryMilliseconds: 60_000 },
    });
    mind.release();
    const { answer } = guest.started;
    expect(answer.kind === 'patch' && Number(answer.rationale)).toBeGreaterThan(3_000);
  });
});
