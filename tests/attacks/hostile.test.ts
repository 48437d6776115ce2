import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processesBelow } from '../../sandboxes/isolate/child-processes.fixture.ts';
import { createGuestSandbox } from '../../sandboxes/isolate/index.ts';
import { loadConfiguration } from '../../src/config/index.ts';
import { createGenomeActor, runEpisode } from '../../src/episode/index.ts';
import { openArchive } from '../../src/genome/archive.ts';
import { gate } from '../../src/evolution/gate.ts';
import { applyPatch, genomeOf, loadGenome, type Genome } from '../../src/genome/genome.ts';
import { improve, type Improvement } from '../../src/evolution/improvement.ts';
import type { RunContext } from '../../src/evolution/run-context.ts';
import type { Member } from '../../src/evolution/population.ts';
import { openRunRecord, type RunRecord } from '../../src/run/record.ts';
import { selfMending, environmentProgram } from '../../src/presets.ts';
import type { Trajectory } from '../../src/protocol/index.ts';
import { createRollout } from '../../src/rollout/index.ts';
import type { GenomeFiles, GuestSandbox } from '../../src/sandbox/index.ts';
import { createWorldPool, type WorldPool } from '../../src/world/index.ts';
import { CLAIMING_AGENTS, FAILING_AGENTS } from '../fixtures/hostile/agents.ts';
import { REFUSED_CHILDREN } from '../fixtures/hostile/children.ts';
import { improverWith, patch, whenImproving } from '../fixtures/hostile/guests.ts';
import { HOSTILE_IMPROVERS } from '../fixtures/hostile/improvers.ts';
import { isCampaign, shareOf } from '../support/campaign.ts';

const root = join(import.meta.dirname, '../..');
const counters = join(root, 'tests', 'fixtures', 'counters');

describe('a run with hostile guests', () => {
  let folder: string;
  let guests: GuestSandbox;
  let world: WorldPool;
  let record: RunRecord;
  let run: RunContext;
  let good: Genome;
  /** An episode of a good agent, before anything hostile ran. */
  let before: Trajectory['end'];

  beforeAll(async () => {
    await mkdir(join(root, '.lamarck'), { recursive: true });
    folder = await mkdtemp(join(root, '.lamarck', 'hostile-'));
    const { file, families } = await loadConfiguration('lamarck.config.ts', counters);
    good = await loadGenome(join(counters, 'agent'));
    guests = createGuestSandbox({ processes: 2 });
    world = createWorldPool({ program: environmentProgram({ config: file, pages: 1 }), processes: 1 });
    record = await openRunRecord(folder);
    const drain = new AbortController().signal;
    run = {
      seed: 1,
      budget: { episodes: 1000, improvement: 20, sealed: 4, unseen: 4 },
      families: [...families.values()].map((family, place) => ({
        family,
        suite: 'all',
        alias: `family-${place + 1}`,
      })),
      unseen: [],
      search: { parents: 'clade', improver: 'own', lanes: 1 },
      demonstrations: [],
      seedGenome: good,
      rollout: createRollout({ world, memory: record.memory, workers: 2, drain }),
      guests,
      selfMending,
      archive: await openArchive(join(folder, 'archive.git')),
      log: record.log,
      openSlice: async (champion) => (await record.log.seal(1, champion)).slice,
      drain,
      halt: () => {},
      tell: () => {},
    };
    before = (await playOnce({ 'policy.json': '{ "blunder": 0 }' })).end;
  });
  afterAll(async () => {
    await Promise.all([
      guests[Symbol.asyncDispose](),
      world[Symbol.asyncDispose](),
      record[Symbol.asyncDispose](),
    ]);
    await rm(folder, { recursive: true, force: true });
  });

  async function playOnce(
    files: Readonly<Record<string, string>>,
    playedIn: GuestSandbox = guests,
  ): Promise<Trajectory> {
    const [{ family } = {}] = run.families;
    if (!family) throw new Error('The fixture has no families.');
    const actor = createGenomeActor(genomeOf({ ...good.files, ...files }), playedIn);
    return runEpisode({ actor, family, seed: 1, difficulty: 1, repeat: 0 }, world, run.drain);
  }

  /** The same guests, for what never ends: a delivery may take 2 s. */
  const impatient = (): GuestSandbox => ({
    ...guests,
    boot: (guest) => guests.boot({ ...guest, limits: { ...guest.limits, deliveryMilliseconds: 2_000 } }),
  });

  function improveBy(
    parent: Genome,
    scope: 'learning' | 'everything' = 'everything',
    during = run,
  ): Promise<Improvement> {
    return improve(during, {
      parent,
      scope,
      mates: [],
      lessons: [],
      trajectories: [],
      episodes: 20,
      name: 'hostile',
    });
  }

  const childOf = (patch: Readonly<Record<string, string | null>>): Genome =>
    genomeOf(applyPatch(good.files, patch));

  it.each(shareOf(FAILING_AGENTS, ([, reason]) => reason))(
    "scores %s 0, as the agent's own failure",
    async (_name, reason, code) => {
      const { end } = await playOnce({ 'agent.ts': code }, reason.test('in time') ? impatient() : guests);
      expect([end.stop, end.reward], end.error?.message).toEqual(['agent-error', 0]);
      expect(end.error?.message).toMatch(reason);
    },
  );

  it.each(shareOf(CLAIMING_AGENTS, (_, place) => place >> 1))(
    'scores an agent 0 that claims %s, as it would without',
    async (_name, code) => {
      const { end } = await playOnce({ 'agent.ts': code });
      expect([end.stop, end.reward], end.error?.message).toEqual(['environment-done', 0]);
    },
  );

  it.each(shareOf(HOSTILE_IMPROVERS, ([, reason]) => reason))(
    'refuses an improver that answers with %s',
    async (_name, reason, code) => {
      const { child, refusal } = await improveBy(genomeOf({ ...good.files, 'improve.ts': code }));
      expect(child).toBeUndefined();
      expect(refusal).toMatch(reason);
    },
  );

  if (!isCampaign) {
    it('refuses code from an improver that was to learn', async () => {
      const code = whenImproving(patch("{ 'agent.ts': 'export default 1;' }"));
      const { child, refusal } = await improveBy(genomeOf({ ...good.files, 'improve.ts': code }), 'learning');
      expect(child).toBeUndefined();
      expect(refusal).toContain('agent.ts');
    });

    it('plays no more than the budget of an improver that asks for more', async () => {
      const greedy = improverWith(`{ initial: 'a', states: {
      a: {
        entry: emit(call(1, 'play', { files: {}, repeats: 32,
          tasks: Array.from({ length: 100 }, (_, task) => ({ family: 'family-1', task, difficulty: 1 })) })),
        on: { reply: { target: 'b', actions: emit(({ event }) => ({ type: 'patch', kind: 'attack', files: {},
          rationale: event.value.trajectories.length + ' played, ' + event.value.episodesLeft + ' left' })) } },
      },
      b: { type: 'final' } } }`);
      const improvement = await improveBy(genomeOf({ ...good.files, 'improve.ts': greedy }));
      expect(improvement).toMatchObject({ rationale: '20 played, 0 left', episodes: 20 });
    });

    it('believes nothing that a patch says of its own worth', async () => {
      const boast = patch(
        "{ 'policy.json': '{ \"blunder\": 0.5 }' }",
        ", verdict: 'better', gain: 1, reward: 1, child: { id: 'x' }",
      );
      const improvement = await improveBy(genomeOf({ ...good.files, 'improve.ts': whenImproving(boast) }));
      expect(Object.keys(improvement).sort()).toEqual(['child', 'episodes', 'kind', 'rationale']);
    });

    it.each(REFUSED_CHILDREN)('stops a child at the gate that %s', async (_name, patch, refusal) => {
      expect(await gate(run, childOf(patch), [], 0)).toMatch(refusal);
    });

    it.each([
      ['in a comment', (files) => ({ 'agent.ts': `// Nothing new.\n${files['agent.ts']}` })],
      ['in layout', (files) => ({ 'improve.ts': `${files['improve.ts']}`.replaceAll(';\n', ';\n\n') })],
      ['in code that nothing imports', () => ({ 'unused.ts': 'export const unused = 1;\n' })],
    ] as [string, (files: GenomeFiles) => Record<string, string>][])(
      'stops a child at the gate that differs from a member only %s',
      async (_name, change) => {
        const member: Member = { genome: good, parent: null, kind: 'seed', rationale: '', rounds: [] };
        const child = childOf(change(good.files));
        expect(child.id).not.toBe(good.id);
        expect(await gate(run, child, [member], 0)).toMatch(/does the same/);
      },
    );

    it.skipIf(process.platform !== 'linux')(
      'lets an improvement come to what it came to, though its process is killed twice meanwhile',
      async () => {
        const once = `a: {
        entry: emit(call(1, 'play', { files: {}, repeats: 1, tasks: [{ family: 'family-1', task: 0, difficulty: 1 }] })),
        on: { reply: { target: 'b', actions: emit(({ event }) => ({ type: 'patch', kind: 'attack', files: {},
          rationale: event.value.trajectories.map(({ reward }) => reward) + ' and ' + event.value.episodesLeft + ' left' })) } },
      }, b: { type: 'final' }`;
        const parent = genomeOf({
          ...good.files,
          'improve.ts': improverWith(`{ initial: 'a', states: { ${once} } }`),
        });
        const undisturbed = await improveBy(parent);
        let kills = 0;
        const play: RunContext['rollout']['play'] = (jobs) => {
          if (kills++ < 2) for (const pid of processesBelow('agent-process')) process.kill(pid, 'SIGKILL');
          return run.rollout.play(jobs);
        };
        const disturbed = await improveBy(parent, 'everything', {
          ...run,
          rollout: { ...run.rollout, play },
        });
        expect(kills).toBe(3);
        expect(disturbed).toEqual(undisturbed);
        expect(undisturbed.refusal).toBeUndefined();
        expect(undisturbed.rationale).toMatch(/^\d.* and 19 left$/);
      },
    );

    it('ends a scout that lifts the bound of its own thinking at the bounds that it does not hold', async () => {
      const { files } = await loadGenome(join(root, 'agents', 'scout'));
      const lifted = `${files['programs/thinking-budget.ts']}`.replace(/= [\d_]+;/, '= 1e9;');
      expect(lifted).toContain('= 1e9;');
      const input = { instruction: '', environment: 'program', maxSteps: 10, seed: 'a' };
      const guest = await guests.boot({
        files: { ...files, 'programs/thinking-budget.ts': lifted },
        entry: 'agent.ts',
        input,
        seed: 'a',
      });
      // Outputs that no short program gives: the search goes on for as long as it may.
      const examples = [3, 1, 4, 1, 5].map((x, at) => ({
        input: [x + at],
        output: [(at * 7919) % 101, at * at * 89],
      }));
      const signature = { parameters: [{ name: 'n', type: 'number' }], result: 'number[]' };
      const observation = { signature, examples, runs: [], submitted: false };
      await expect(guest.deliver({ type: 'observe', step: 0, observation, affordances: [] })).rejects.toThrow(
        /fuel|memory|in time/,
      );
      await guest.dispose();
    });
  }

  it('goes on with good guests after all of them, to the same end', async () => {
    const { end } = await playOnce({ 'policy.json': '{ "blunder": 0 }' });
    expect([end.stop, end.reward, end.hash]).toEqual([before.stop, 1, before.hash]);
    const { child } = await improveBy(good);
    expect(child && (await gate(run, child, [], 0))).toBeUndefined();
  });
});
