import { resolve } from 'node:path';
import type { Page } from 'playwright';
import { createLocalWorld, runEpisode } from '../episode/index.ts';
import { scoreOf } from '../statistics/index.ts';
import { actorNamed } from '../run/index.ts';
import { pageFamily, scoutFolder, visitPage } from '../presets.ts';
import type { Trajectory } from '../protocol/index.ts';
import type { GuestSandbox } from '../sandbox/index.ts';

/** What an agent is to do at a page. */
export interface PageTask {
  /** In words. Says `{{name}}` where the value of a secret is meant. */
  readonly instruction: string;
  /** Whether it is done: asked once the agent has stopped. */
  readonly solved: (page: Page) => Promise<boolean> | boolean;
  /** Brings the application to a known state before each try. */
  readonly reset?: () => Promise<void> | void;
  /** Where each try begins; default where the page is. */
  readonly start?: string;
  /** Default 20. */
  readonly maxSteps?: number;
  readonly secrets?: Readonly<Record<string, string>>;
  /** What it must never press: roles, and names of elements. */
  readonly forbid?: { readonly roles?: readonly string[]; readonly names?: readonly RegExp[] };
}

export interface Expectation {
  /** Share of the tries that must be solved, in [0, 1]; default 1. */
  readonly atLeast?: number;
  /** Tries; default 5. They differ in the agent's randomness, and in what the application does by itself. */
  readonly repeats?: number;
}

export interface TestedAgent {
  /**
   * Lets the agent try a task at a page, from its start each time, and fails where it solves too few of the tries. Those it
   * lost are attached to the test. The page is given back as the last try left it.
   *
   * @returns the share of the tries that were solved
   * @throws Error with the share, a 95 % interval, and how the lost tries ended
   */
  expectToSolve(page: Page, task: PageTask, expectation?: Expectation): Promise<number>;
}

/** @param attach keeps the trajectory of a try that was lost */
export async function createTestedAgent(
  name: string,
  guests: GuestSandbox,
  attach: (name: string, trajectory: Trajectory) => Promise<void>,
): Promise<TestedAgent> {
  const { actor } = await actorNamed(name, { runs: resolve('runs'), scout: scoutFolder }, guests);
  return {
    expectToSolve: async (page, task, { atLeast = 1, repeats = 5 } = {}) => {
      const start = new URL(task.start ?? page.url(), page.url()).href;
      const family = pageFamily({ ...task, start });
      // Only pages of applications are opened there, and no programs.
      const world = createLocalWorld(family, { browser: visitPage(page) });
      const tries: Trajectory[] = [];
      for (let repeat = 0; repeat < repeats; repeat++) {
        const job = { actor, family, seed: 0, difficulty: 1, repeat };
        tries.push(await runEpisode(job, world, new AbortController().signal));
      }
      const lost = tries.filter(({ end }) => end.reward !== 1);
      for (const trajectory of lost) await attach(`try-${trajectory.start.repeat + 1}`, trajectory);
      const share = (repeats - lost.length) / repeats;
      if (share >= atLeast) return share;
      throw new Error(complaintOf(name, task, tries, atLeast));
    },
  };
}

/** Lost tries that a failure tells of. */
const TOLD = 5;

function complaintOf(
  name: string,
  { instruction }: PageTask,
  tries: readonly Trajectory[],
  atLeast: number,
): string {
  const { mean, low, high } = scoreOf(
    tries.map(({ end, start }) => ({
      reward: end.reward === null ? null : Number(end.reward === 1),
      cluster: String(start.repeat),
    })),
  );
  const solved = tries.filter(({ end }) => end.reward === 1).length;
  const lost = tries.filter(({ end }) => end.reward !== 1);
  return [
    `${name} solved ${solved} of ${tries.length} tries (${mean.toFixed(2)}, 95 % interval ${low.toFixed(2)} to ${high.toFixed(2)}) of: ${instruction}`,
    `At least ${atLeast} was expected. Lost:`,
    ...lost.slice(0, TOLD).map(({ start, end }) => `  try ${start.repeat + 1}: ${endingOf(end)}`),
    ...(lost.length > TOLD ? [`  and ${lost.length - TOLD} more`] : []),
  ].join('\n');
}

function endingOf({ stop, steps, error }: Trajectory['end']): string {
  return `${stop} after ${steps} steps${error ? `: ${error.message}` : ''}`;
}
