import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright';
import { browserNotation } from '../../environments/browser/by-hand.ts';
import type { BrowserObservation } from '../../environments/browser/observation.ts';
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
import { playByPlaywright, type WrittenAction } from './page-by-playwright.ts';
import { ratioOf, takeTurns, type Arm, type Timed } from './take-turns.ts';

const EPISODES = 12;

/** A task, and actions that solve it. */
interface Game {
  readonly family: TaskFamily;
  readonly task: Task;
  readonly actions: readonly Json[];
  /** The same, with elements named by role and name. */
  readonly written: readonly WrittenAction[];
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
  await assertWon(game, await ask<Json>(session, 'lamarckEvidence()'));
}

async function assertWon({ family, task }: Game, state: Json): Promise<void> {
  const reward = await judge(family, task, { url: '/', state, answer: null });
  if (reward !== 1) throw new Error(`By hand, ${family.name} at seed ${task.seed} was lost.`);
}

/** What was done, and to what as it was seen before. */
function gameOf(family: TaskFamily, seed: number, records: readonly EpisodeRecord[]): Game {
  const actions: Json[] = [];
  const written: WrittenAction[] = [];
  let seen: unknown;
  for (const record of records) {
    if (record.type === 'observation') seen = record.observation;
    if (record.type !== 'action') continue;
    actions.push(record.action);
    written.push(browserNotation.write(record.action, seen as BrowserObservation) as WrittenAction);
  }
  return { family, task: makeTask(family, seed, 1), actions, written };
}

/** Of one family: where little is done in a page, opening and resetting weigh most. */
const FAMILIES = [
  { family: rowAction, does: 'one click' },
  { family: signIn, does: 'two texts typed, one click' },
];

/** The same solved tasks through the framework, in one page by hand, and with a new context each: by hand and by Playwright. */
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
    const serve = (game: Game): void => {
      html = (game.task.params as { site: Record<string, string> }).site['/'] ?? '';
    };
    const times: Timed[] = [];
    const bars: Bar[] = [];
    try {
      await using writer = await openSegmentWriter(folder);
      for (const { family, does } of FAMILIES) {
        const games: Game[] = [];
        for (let seed = 0; seed < EPISODES; seed++) {
          games.push(gameOf(family, seed, (await play(family, seed)).records));
        }
        const armOf = (name: string, once: (game: Game) => Promise<void>): Arm => ({
          name: `${does}: ${name}`,
          pieces: EPISODES,
          run: async () => {
            for (const game of games) {
              serve(game);
              await once(game);
            }
          },
        });
        const timed = await takeTurns(
          [
            armOf('ours', async ({ task: { seed }, actions }) => {
              const { start, records, end } = await play(family, seed, createScriptedActor(actions));
              if (end.reward !== 1) throw new Error(`${family.name} at seed ${seed} was lost.`);
              await writer.append([start, ...records, end] as EpisodeRecord[]);
            }),
            armOf('by hand, in one page', (game) => playByHand(kept, address, game)),
            armOf('by hand, a new context each', async (game) => {
              const hand = await openByHand(browser);
              await playByHand(hand, address, game);
              await hand.context.close();
            }),
            armOf('by Playwright, a new context each', async (game) =>
              assertWon(game, await playByPlaywright(browser, address, game.written)),
            ),
          ],
          12,
        );
        times.push(...timed);
        const [ours, onePage, newContext, usual] = timed;
        const faster = (than: string, other: Timed | undefined, atLeast: number): Bar => ({
          ...{ what: `${does}: faster than ${than}`, value: ratioOf(other, ours), unit: '×', atLeast },
        });
        bars.push(
          faster('one page by hand', onePage, 0.75),
          faster('a new context each by hand', newContext, 8),
          faster('a new context each by Playwright', usual, 8),
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
