import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMindSandbox } from '../sandboxes/isolate/index.ts';
import { loadConfiguration } from '../src/config/index.ts';
import { createGenomeActor, runEpisode } from '../src/episode/index.ts';
import { openArchive } from '../src/evolution/archive.ts';
import { gate } from '../src/evolution/gate.ts';
import { applyPatch, genomeOf, loadGenome, type Genome } from '../src/evolution/genome.ts';
import { improve, type Improvement } from '../src/evolution/improvement.ts';
import type { Night } from '../src/evolution/night.ts';
import { openRunRecord, type RunRecord } from '../src/evolution/run-record.ts';
import { worldProgram } from '../src/presets.ts';
import type { Trajectory } from '../src/protocol/index.ts';
import { createRollout } from '../src/rollout/index.ts';
import type { MindSandbox } from '../src/sandbox/index.ts';
import { createWorldPool, type WorldPool } from '../src/world/index.ts';

const root = join(import.meta.dirname, '..');
const counters = join(root, 'tests', 'fixtures', 'counters');

/** An agent.ts that runs `code` when it is loaded. */
const whenLoaded = (code: string): string => `${code}\nexport default {};\n`;
/** An agent.ts whose decision is the value of `expression`. */
const whenDeciding = (expression: string): string => `import { emit, setup } from 'xstate';
import { defineAgent } from 'lamarck/agent';
export default defineAgent({
  machine: setup({}).createMachine({ on: { observe: { actions: emit(() => (${expression}) as never) } } }),
});
`;
/** An improve.ts that emits the value of `expression`. */
const whenImproving = (expression: string): string => `import { emit, setup } from 'xstate';
import { defineImprover } from 'lamarck/agent';
export default defineImprover({ machine: setup({}).createMachine({ entry: emit(() => (${expression}) as never) }) });
`;
const patch = (files: string): string => `{ type: 'patch', kind: 'attack', rationale: '', files: ${files} }`;
const play = (family: string, task: string): string =>
  `{ type: 'call', id: 1, name: 'play', arguments: { files: {}, repeats: 1, tasks: [{ family: '${family}', task: ${task}, difficulty: 1 }] } }`;

describe('a night with hostile guests', () => {
  let folder: string;
  let minds: MindSandbox;
  let world: WorldPool;
  let record: RunRecord;
  let night: Night;
  let good: Genome;

  beforeAll(async () => {
    await mkdir(join(root, '.lamarck'), { recursive: true });
    folder = await mkdtemp(join(root, '.lamarck', 'hostile-'));
    const { file, families } = await loadConfiguration('lamarck.config.ts', counters);
    good = await loadGenome(join(counters, 'agent'));
    minds = createMindSandbox({ processes: 2 });
    world = createWorldPool({ program: worldProgram({ config: file, pages: 1 }), processes: 1 });
    record = await openRunRecord(folder);
    const drain = new AbortController().signal;
    night = {
      seed: 1,
      budget: { episodes: 1000, improvement: 20, sealed: 4 },
      families: [...families.values()].map((family, place) => ({
        family,
        suite: 'all',
        alias: `family-${place + 1}`,
      })),
      seedGenome: good,
      rollout: createRollout({ world, memory: record.memory, workers: 2, drain }),
      minds,
      archive: await openArchive(join(folder, 'archive.git')),
      log: record.log,
      drain,
      tell: () => {},
    };
  });
  afterAll(async () => {
    await Promise.all([
      minds[Symbol.asyncDispose](),
      world[Symbol.asyncDispose](),
      record[Symbol.asyncDispose](),
    ]);
    await rm(folder, { recursive: true, force: true });
  });

  async function playOnce(files: Readonly<Record<string, string>>): Promise<Trajectory> {
    const [{ family } = {}] = night.families;
    if (!family) throw new Error('The fixture has no families.');
    const actor = createGenomeActor(genomeOf({ ...good.files, ...files }), minds);
    return runEpisode({ actor, family, seed: 1, difficulty: 1, repeat: 0 }, world, night.drain);
  }

  it.each([
    ['an endless loop', whenLoaded('while (true) {}')],
    [
      'an endless loop that catches its own end',
      whenDeciding('(() => { for (;;) try { for (;;); } catch {} })()'),
    ],
    ['endless recursion', whenLoaded('const f = (): number => f() + f();\nf();')],
    [
      'a memory bomb',
      whenLoaded('const all: unknown[] = [];\nfor (;;) all.push(new Array(100000).fill(all.length));'),
    ],
    ['one huge allocation', whenDeciding("'x'.repeat(2 ** 28).split('')")],
    ['an allocation in native code', whenDeciding('new ArrayBuffer(2 ** 33)')],
    [
      'a microtask bomb',
      whenLoaded('const again = (): Promise<void> => Promise.resolve().then(again);\nvoid again();'),
    ],
    ['a timer bomb', whenLoaded('const tick = (): void => void setTimeout(tick, 0);\ntick();')],
    [
      'a forged Object.prototype',
      whenLoaded("(Object.prototype as any).action = { submit: {} };\nJSON.stringify = () => '{}';"),
    ],
    [
      'constructor.constructor',
      whenDeciding("([] as any).constructor.constructor('return process')().exit(0)"),
    ],
    [
      'a huge decision',
      whenDeciding("{ type: 'decision', action: { submit: {} }, note: 'x'.repeat(50_000_000) }"),
    ],
    ['a decision that is none', whenDeciding("{ type: 'decision', action: 7 }")],
    [
      'a cyclic decision',
      whenDeciding("(() => { const a: any = {}; a.a = a; return { type: 'decision', action: a }; })()"),
    ],
    ['a throwing getter', whenDeciding("{ type: 'decision', get action() { throw new Error('gotcha'); } }")],
    ['a foreign import', whenLoaded("import { readFileSync } from 'node:fs';\nreadFileSync('/etc/passwd');")],
    ['a dynamic import', whenLoaded("void import('node:fs');")],
    ['no machine', 'export default 1;\n'],
    ['code that does not parse', 'export default {{{\n'],
    ['a call that only an improver may make', whenDeciding(play('family-1', '1'))],
    ['catastrophic backtracking', whenDeciding("/^(a+)+$/.test('a'.repeat(40) + 'b')")],
  ])("scores %s 0, as the agent's own failure", async (_name, code) => {
    const { end } = await playOnce({ 'agent.ts': code });
    expect([end.stop, end.reward], end.error?.message).toEqual(['agent-error', 0]);
  });

  it.each([
    ['a patch that leaves the genome', whenImproving(patch("{ '../../escaped.ts': 'x' }"))],
    [
      'a patch of 300 files',
      whenImproving(patch("Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`f${n}.ts`, '']))")),
    ],
    ['a play of a sealed task', whenImproving(play('family-1', '2_199_023_255_552'))],
    ['a play of a family by its real name', whenImproving(play('counter/reach', '1'))],
    [
      'a call that does not exist',
      whenImproving("{ type: 'call', id: 1, name: 'reward', arguments: { set: 1 } }"),
    ],
    ['a decision', whenImproving("{ type: 'decision', action: { submit: {} } }")],
    ['an endless loop', whenImproving('(() => { for (;;); })()')],
    ['silence', whenImproving("{ type: 'nothing' }")],
  ])('refuses an improver that answers with %s', async (_name, code) => {
    const parent = genomeOf({ ...good.files, 'improve.ts': code });
    const improvement = await improve(night, {
      parent,
      lessons: [],
      trajectories: [],
      episodes: 20,
      index: 0,
    });
    expect(improvement.child).toBeUndefined();
    expect(improvement.refusal).toMatch(/\w+/);
  });

  it.each([
    ['has no improver any more', { 'improve.ts': null }],
    ['has an improver that fails', { 'improve.ts': whenLoaded("throw new Error('no');") }],
    ['fails at an easy task', { 'agent.ts': whenDeciding("(() => { throw new Error('no'); })()") }],
  ] as [string, Record<string, string | null>][])(
    'stops a child at the gate that %s',
    async (_name, files) => {
      const child = genomeOf(applyPatch(good.files, files));
      expect(await gate(night, child, [], 0)).toMatch(/\w+/);
    },
  );

  it('goes on with good guests after all of them', async () => {
    expect((await playOnce({ 'policy.json': '{ "blunder": 0 }' })).end.reward).toBe(1);
    const improvement: Improvement = await improve(night, {
      parent: good,
      lessons: [],
      trajectories: [],
      episodes: 20,
      index: 1,
    });
    expect(improvement.child).toBeDefined();
  });
});
