import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuestSandbox } from '../../sandboxes/isolate/index.ts';
import { loadConfiguration } from '../../src/config/index.ts';
import {
  createGenomeActor,
  createLocalWorld,
  createScriptedActor,
  runEpisode,
  type Actor,
  type World,
} from '../../src/episode/index.ts';
import { genomeOf } from '../../src/genome/genome.ts';
import { improve } from '../../src/evolution/improvement.ts';
import type { RunContext } from '../../src/evolution/run-context.ts';
import { createSandboxes, selfMending, environmentProgram } from '../../src/presets.ts';
import { hashOf } from '../../src/host/index.ts';
import type { Json, Trajectory } from '../../src/protocol/index.ts';
import { createRollout } from '../../src/rollout/index.ts';
import type { GenomeFiles, GuestSandbox } from '../../src/sandbox/index.ts';
import type { TaskFamily } from '../../src/task/index.ts';
import { createWorldPool } from '../../src/world/index.ts';
import { browserWays, brittlePage } from '../fixtures/missing-rewards/browser-ways.ts';
import { agentDoing, type Ending, type Way } from '../fixtures/missing-rewards/guests.ts';
import { improverWays } from '../fixtures/missing-rewards/improver-ways.ts';
import { impossibleProgram, programWays } from '../fixtures/missing-rewards/program-ways.ts';
import {
  brittleFiles,
  hastyFiles,
  holding,
  typedFiles,
  typeWays,
  workspaceWays,
} from '../fixtures/missing-rewards/workspace-ways.ts';
import { brittleWorld, worldWays } from '../fixtures/missing-rewards/world-ways.ts';
import { isCampaign, shareOf } from '../support/campaign.ts';
import { createProject } from '../support/project.ts';

/** Ms, for what only a machine that stands still could exceed. */
const GENEROUS = 900_000;

describe('an agent that tries to end without a reward', () => {
  let guests: GuestSandbox;
  let sandboxes: ReturnType<typeof createSandboxes>;
  beforeAll(() => {
    guests = createGuestSandbox({ processes: 2 });
    // One of the ways is a page that loops.
    sandboxes = createSandboxes({ pages: 2, hungAfterMilliseconds: 5_000 });
  });
  afterAll(() => Promise.all([guests, sandboxes].map((each) => each[Symbol.asyncDispose]())));

  function play(family: TaskFamily, files: GenomeFiles): Promise<Trajectory> {
    const actor = createGenomeActor(genomeOf(files), guests);
    const { compiler: _none, ...others } = sandboxes;
    // As where an agent works on its own code.
    const world = createLocalWorld(family, family === typedFiles ? sandboxes : others);
    const job = { actor, family, seed: 0, difficulty: 1, repeat: 0 };
    return runEpisode(job, world, new AbortController().signal);
  }

  function earnsNothing(family: TaskFamily, ending: Ending, { acts, rejected }: Way): () => Promise<void> {
    return async () => {
      const { end, records } = await play(family, agentDoing(acts, ending));
      const rejections = records.flatMap((one) => (one.type === 'action-error' ? [one.message] : []));
      expect([end.reward, end.error?.code], JSON.stringify(end)).toEqual([0, end.error?.code]);
      expect(end.stop, JSON.stringify(end)).not.toBe('infrastructure-error');
      if (rejected) expect(rejections.at(-1)).toMatch(rejected);
      for (const rejection of rejections) expect(rejection.length).toBeLessThan(1_100);
    };
  }

  const each = (families: readonly [TaskFamily, Ending, readonly Way[]][]): void => {
    for (const [family, ending, ways] of families)
      for (const way of shareOf(ways, (_, place) => place >> 1))
        it(`${family.name}: ${way.way}`, earnsNothing(family, ending, way), GENEROUS);
  };
  describe.concurrent('earns 0', () =>
    each([
      [hastyFiles, '{ submit: {} }', [holding]],
      [brittlePage, '{ done: {} }', browserWays],
      [impossibleProgram, '{ submit: { source: "export default () => 1" } }', programWays],
      [brittleFiles, '{ submit: {} }', workspaceWays],
      [brittleWorld, '{ stop: {} }', worldWays],
      [typedFiles, '{ submit: {} }', typeWays],
    ]),
  );
});

describe('an improver that tries to have played what leaves no reward', () => {
  let guests: GuestSandbox;
  beforeAll(() => {
    guests = createGuestSandbox({ processes: 2 });
  });
  afterAll(() => guests[Symbol.asyncDispose]());

  it.each(shareOf(improverWays, (_, place) => place >> 1))(
    'that $way is refused, or sees 0',
    async ({ files, refusal }) => {
      const world: World = createLocalWorld(brittleWorld, {} as never);
      const rollout = createRollout({
        world,
        memory: { find: () => Promise.resolve(undefined), keep: () => Promise.resolve() },
        workers: 1,
        drain: new AbortController().signal,
      });
      const named = [{ family: brittleWorld, suite: 'all', alias: 'family-1' }];
      const drain = new AbortController().signal;
      const run = {
        seed: 1,
        families: named,
        guests,
        rollout,
        selfMending,
        demonstrations: [],
        drain,
      } as unknown as RunContext;
      const parent = genomeOf({ ...agentDoing([], '{ stop: {} }'), ...files });
      const improvement = await improve(run, {
        parent,
        scope: 'everything',
        mates: [],
        lessons: [],
        trajectories: [],
        episodes: 20,
        name: 'missing',
      });
      if (refusal) expect(improvement.refusal).toMatch(refusal);
      else expect(JSON.parse(improvement.rationale)).toEqual([0]);
    },
    GENEROUS,
  );
});

if (!isCampaign) {
  /** What `lamarck eval --json` prints. */
  interface Evaluated {
    readonly all: { readonly mean: number };
    readonly missing: number;
    readonly families: Readonly<Record<string, { readonly mean: number; readonly n: number }>>;
  }

  describe('an agent that gives up what it cannot win', () => {
    it(
      'earns no more by an action that breaks the world than honestly',
      async () => {
        await using project = await createProject('giving-up');
        const { output } = await project.lamarck('eval', '--agent', 'agent', '--tasks', '3', '--json');
        const { all, missing, families } = JSON.parse(output) as Evaluated;
        expect([all.mean, missing]).toEqual([0.25, 0]);
        const means = Object.entries(families).map(([name, { mean, n }]) => [name, mean, n]);
        expect(means.sort()).toEqual([
          ['pages/Win', 1, 3],
          ['pages/evidence', 0, 3],
          ['pages/honestly', 0, 3],
          ['pages/key', 0, 3],
        ]);
      },
      GENEROUS,
    );
  });

  /** The browsers that this process started. */
  function ownBrowsers(): number[] {
    const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    return processes.split('\n').flatMap((line) => {
      const [, pid, parent, words = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === process.pid && words.includes('--remote-debugging-pipe') ? [Number(pid)] : [];
    });
  }

  describe('a fault that is ours', () => {
    it(
      'is one where a browser is killed from outside: the episode is played again, and earns its reward',
      async () => {
        await using sandboxes = createSandboxes({ pages: 1 });
        const acts: readonly Json[] = [{ scroll: { deltaY: 0 } }, { done: { answer: '"won"' } }];
        let isKilled = false;
        const actor: Actor = {
          reference: { script: hashOf(acts) },
          start: async () => ({
            decide: async ({ step }) => {
              if (step === 1 && !isKilled) {
                isKilled = true;
                const browsers = ownBrowsers();
                expect(browsers).toHaveLength(1);
                for (const browser of browsers) process.kill(browser, 'SIGKILL');
                while (ownBrowsers().length > 0) await sleep(20);
              }
              return { changes: [], action: acts[step] ?? null };
            },
            dispose: async () => {},
          }),
        };
        const world = createLocalWorld(brittlePage, sandboxes);
        const job = { actor, family: brittlePage as never, seed: 0, difficulty: 1, repeat: 0 };
        const { end } = await runEpisode(job, world, new AbortController().signal);
        expect([end.reward, end.attempts, end.faults?.[0]?.during], JSON.stringify(end)).toEqual([
          1,
          2,
          'verifying',
        ]);
      },
      GENEROUS,
    );

    it(
      'is one where another episode ends the process of both: what dies by itself alone is to blame',
      async () => {
        const folder = join(import.meta.dirname, '../fixtures', 'missing-rewards', 'dying');
        const { file, families } = await loadConfiguration('lamarck.config.ts', folder);
        const family = [...families.values()][0] as TaskFamily;
        await using world = createWorldPool({
          program: environmentProgram({ config: file, pages: 1 }),
          processes: 1,
        });
        const play = (actions: readonly Json[]): Promise<Trajectory> => {
          const job = { actor: createScriptedActor(actions), family, seed: 0, difficulty: 1, repeat: 0 };
          return runEpisode(job, world, new AbortController().signal);
        };
        const [killer, ...others] = await Promise.all([
          play([{ die: {} }]),
          ...[1, 2].map(() => play([{ hold: {} }, { hold: {} }, { win: {} }])),
        ]);
        expect(killer?.end).toMatchObject({
          stop: 'agent-error',
          reward: 0,
          error: { code: 'LAMARCK_ENVIRONMENT_DIED' },
        });
        expect(others.map(({ end }) => end.reward)).toEqual([1, 1]);
      },
      GENEROUS,
    );
  });
}
