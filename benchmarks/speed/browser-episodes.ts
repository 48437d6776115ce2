import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { siteScript } from '../../sandboxes/browser/in-page/script.ts';
import { createLocalWorld, createScriptedActor, oracleActor, runEpisode } from '../../src/episode/index.ts';
import type { EpisodeRecord, Json } from '../../src/protocol/index.ts';
import { judge } from '../../src/reward/index.ts';
import { makeTask, type Task, type TaskFamily } from '../../src/task/index.ts';
import { openSegmentWriter } from '../../src/trajectory/index.ts';
import { rowAction } from '../../tasks/web/row-action/index.ts';
import { signIn } from '../../tasks/web/sign-in/index.ts';
import type { Bar, Benchmark } from './benchmark.ts';
import { ask, clickByHand, fillByHand, launchByHand, lookByHand } from './page-by-hand.ts';
import { ratioOf, takeTurns, type Arm, type Timed } from './take-turns.ts';

const EPISODES = 12;

/** A task, and actions that solve it. */
interface Game {
  readonly family: TaskFamily;
  readonly task: Task;
  readonly actions: readonly Json[];
}
type Input = { click: { ref: string } } | { fill: { ref: string; text: string } } | { done: object };

/** A page of one's own, and the protocol to it. */
interface Hand {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly session: CDPSession;
}

async function openByHand(browser: Browser): Promise<Hand> {
  const context = await browser.newContext({
    viewport: { width: 1024, height: 768 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: siteScript });
  return { context, page, session };
}

/** Opens the page of a task, does what solves it, looking each time, and lets the family's verifier judge. */
async function playByHand({ page, session }: Hand, address: string, game: Game): Promise<void> {
  await page.goto(address);
  let seen = await lookByHand(session);
  for (const action of game.actions as unknown as Input[]) {
    if ('done' in action) break;
    if ('click' in action) await clickByHand(session, seen, action.click.ref);
    else await fillByHand(session, seen, action.fill.ref, action.fill.text);
    seen = await lookByHand(session);
  }
  const state = await ask<Json>(session, 'lamarckEvidence()');
  const reward = await judge(game.family, game.task, { url: '/', state, answer: null });
  if (reward !== 1) throw new Error(`By hand, ${game.family.name} at seed ${game.task.seed} was lost.`);
}

/** Of one family: where little is done in a page, opening and resetting weigh most. */
const FAMILIES = [
  { family: rowAction, does: 'one click' },
  { family: signIn, does: 'two texts typed, one click' },
];

/** The same solved tasks through the framework, in one page by hand, and by hand with a new context each. */
export const browserEpisodes: Benchmark = {
  name: 'browser-episodes',
  title: 'scripted episodes with real input, recorded durably, beside loops written by hand',
  piece: 'episode',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'lamarck-benchmark-'));
    await using sandbox = createBrowserSandbox({ pages: 1 });
    const play = (family: TaskFamily, seed: number, actor = oracleActor) =>
      runEpisode(
        { actor, family, seed, difficulty: 1, repeat: 0 },
        createLocalWorld(family, { browser: sandbox } as never),
        new AbortController().signal,
      );
    let html = '';
    const server = createServer((_request, response) => response.end(html));
    server.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const browser = await launchByHand();
    const kept = await openByHand(browser);
    const byHand = async (game: Game, hand: Hand): Promise<void> => {
      html = (game.task.params as { site: Record<string, string> }).site['/'] ?? '';
      await playByHand(hand, address, game);
    };
    const times: Timed[] = [];
    const bars: Bar[] = [];
    try {
      await using writer = await openSegmentWriter(folder);
      for (const { family, does } of FAMILIES) {
        const games: Game[] = [];
        for (let seed = 0; seed < EPISODES; seed++) {
          const { records } = await play(family, seed);
          const actions = records.flatMap((record) => (record.type === 'action' ? [record.action] : []));
          games.push({ family, task: makeTask(family, seed, 1), actions });
        }
        const armOf = (name: string, once: (game: Game) => Promise<void>): Arm => ({
          name: `${does}: ${name}`,
          pieces: EPISODES,
          run: async () => {
            for (const game of games) await once(game);
          },
        });
        const timed = await takeTurns(
          [
            armOf('ours', async ({ task: { seed }, actions }) => {
              const { start, records, end } = await play(family, seed, createScriptedActor(actions));
              if (end.reward !== 1) throw new Error(`${family.name} at seed ${seed} was lost.`);
              await writer.append([start, ...records, end] as EpisodeRecord[]);
            }),
            armOf('by hand, in one page', (game) => byHand(game, kept)),
            armOf('by hand, a new context each', async (game) => {
              const hand = await openByHand(browser);
              await byHand(game, hand);
              await hand.context.close();
            }),
          ],
          12,
        );
        times.push(...timed);
        const [ours, onePage, newContext] = timed;
        bars.push(
          {
            what: `${does}: faster than one page by hand`,
            value: ratioOf(onePage, ours),
            unit: '×',
            atLeast: 0.75,
          },
          {
            what: `${does}: faster than a new context each`,
            value: ratioOf(newContext, ours),
            unit: '×',
            atLeast: 8,
          },
        );
      }
      return { times, bars };
    } finally {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true });
    }
  },
};
