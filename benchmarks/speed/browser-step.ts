import { join } from 'node:path';
import { siteScript } from '../../sandboxes/browser/in-page/script.ts';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { browser as environment } from '../../environments/browser/index.ts';
import { openSession } from '../../src/environment/index.ts';
import { createRandom, type PageObservation } from '../../src/protocol/index.ts';
import { observationRecord } from '../../src/trajectory/index.ts';
import type { Benchmark } from './benchmark.ts';
import { clickByHand, launchByHand, lookByHand } from './page-by-hand.ts';
import { startPython, whyNot } from './peer.ts';
import { ratioOf, takeTurns } from './take-turns.ts';

/** In a round: few, so that some rounds meet a quiet moment of the machine. */
const STEPS = 10;

const row = (place: number): string =>
  `<tr><td>Item ${place}</td><td>${place * 7} left</td><td><button>Take</button></td></tr>`;
/** Each click changes a text, starts a timer that falls due, and moves nothing. */
const HTML = `<!doctype html><h1>Stock</h1><p id="count">0 taken</p><p id="later">0 sent</p>
<table>${Array.from({ length: 12 }, (_, place) => row(place)).join('')}</table>
<script>
  let taken = 0;
  addEventListener('click', ({ target }) => {
    if (target.localName !== 'button') return;
    document.getElementById('count').textContent = ++taken + ' taken';
    setTimeout(() => (document.getElementById('later').textContent = taken + ' sent'), 100);
  });
  window.lamarckEvidence = () => ({ taken });
</script>`;

const buttonOf = ({ elements }: PageObservation): string => {
  const button = elements.find(({ role }) => role === 'button');
  if (!button) throw new Error('The page shows no button.');
  return button.ref;
};

function verify({ elements }: PageObservation, steps: number): void {
  const texts = elements.map(({ name }) => name);
  if (texts.includes(`${steps} taken`) && texts.includes(`${steps} sent`)) return;
  throw new Error(`After ${steps} clicks the page shows other counts: ${texts.slice(0, 4).join(', ')}.`);
}

/** Clicks in a page through a session, beside the same work with nothing around it. */
export const browserStep: Benchmark = {
  name: 'browser-step',
  title: 'a click through a session, beside the same click, clock, observation and hash sent by hand',
  piece: 'step',
  async run() {
    await using sandbox = createBrowserSandbox({ pages: 1 });
    const bare = await launchByHand();
    try {
      const page = await bare.newPage({ viewport: { width: 1024, height: 768 }, reducedMotion: 'reduce' });
      await page.route('**/*', (route) => route.fulfill({ body: HTML, contentType: 'text/html' }));
      const protocol = await page.context().newCDPSession(page);
      await protocol.send('Page.enable');
      await protocol.send('Page.addScriptToEvaluateOnNewDocument', { source: siteScript });

      await page.goto('http://task.test/');
      let seen = await lookByHand(protocol);
      let doneByHand = 0;
      const byHand = async (): Promise<void> => {
        for (let step = 0; step < STEPS; step++) {
          await clickByHand(protocol, seen, buttonOf(seen.observation));
          seen = await lookByHand(protocol);
        }
        verify(seen.observation, (doneByHand += STEPS));
      };

      const session = await openSession(environment, {
        params: { site: { '/': HTML } },
        instruction: 'Take.',
        random: createRandom('benchmark'),
        signal: new AbortController().signal,
        sandboxes: { browser: sandbox },
      });
      let observation = (await session.observe()) as unknown as PageObservation;
      let doneBySession = 0;
      const bySession = async (): Promise<void> => {
        for (let step = 0; step < STEPS; step++) {
          await session.act({ click: { ref: buttonOf(observation) } });
          const next = await session.observe();
          observationRecord(step, next);
          observation = next as unknown as PageObservation;
        }
        verify(observation, (doneBySession += STEPS));
      };
      const times = await takeTurns(
        [
          { name: 'a session', pieces: STEPS, run: bySession },
          { name: 'by hand', pieces: STEPS, run: byHand },
        ],
        60,
      );
      return {
        times,
        bars: [
          { what: 'as a multiple of by hand', value: ratioOf(times[0], times[1]), unit: '×', atMost: 1.3 },
        ],
      };
    } finally {
      await bare.close();
    }
  },
};

/** One button, whose text counts. */
const BUTTON = `<!doctype html><title>Press</title>
<button onclick="this.textContent = Number(this.textContent) + 1">0</button>
<script>window.lamarckEvidence = () => ({});</script>`;

/** A click and a look, beside BrowserGym's step, which clicks, waits for the page and looks. */
export const browserGym: Benchmark = {
  name: 'browsergym',
  title: "a click and a look, beside a step of BrowserGym's environment with its own observation",
  piece: 'step',
  whyNot: () => whyNot('browsergym.core.env'),
  async run() {
    await using sandbox = createBrowserSandbox({ pages: 1 });
    using theirs = startPython(join(import.meta.dirname, 'browsergym_click.py'));
    await theirs.line();
    const session = await openSession(environment, {
      params: { site: { '/': BUTTON } },
      instruction: 'Press.',
      random: createRandom('benchmark'),
      signal: new AbortController().signal,
      sandboxes: { browser: sandbox },
    });
    let seen = (await session.observe()) as unknown as PageObservation;
    const times = await takeTurns(
      [
        {
          name: 'a session',
          pieces: STEPS,
          run: async () => {
            for (let step = 0; step < STEPS; step++) {
              await session.act({ click: { ref: buttonOf(seen) } });
              seen = (await session.observe()) as unknown as PageObservation;
            }
          },
        },
        { name: 'BrowserGym', pieces: 2, run: () => theirs.ask(2) },
      ],
      5,
    );
    const faster = ratioOf(times[1], times[0]);
    return { times, bars: [{ what: 'faster than BrowserGym by', value: faster, unit: '×', atLeast: 10 }] };
  },
};
