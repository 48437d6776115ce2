import { createRandom, type BrowserSandbox, type Sandboxes } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { affordancesOf } from './affordances.ts';
import { browser } from './index.ts';
import { BrowserObservationSchema } from './observation.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

type Site = Record<string, string>;

async function open(site: Site, instruction: string) {
  return browser.open({
    params: browser.params.parse({ site }),
    instruction,
    random: createRandom('world'),
    signal: new AbortController().signal,
    sandboxes: { browser: sandbox } as Sandboxes,
  });
}

async function explore(
  site: Site,
  {
    tries,
    steps = 8,
    instruction = 'Do it.',
    seed = 'explorer',
  }: { tries: number; steps?: number; instruction?: string; seed?: string },
) {
  const session = await open(site, instruction);
  try {
    return (await session.explore?.({ tries, steps, random: createRandom(seed) })) ?? [];
  } finally {
    await session.close?.();
  }
}

/** A lock of four buttons that opens only to one order of all: 1 in 256 walks of four clicks. */
const lock = {
  '/': `<!doctype html>${['A', 'B', 'C', 'D'].map((name) => `<button>${name}</button>`).join('')}<p id=out>-</p><script>(() => {
    let pressed = ''; const order = 'CADB';
    for (const button of document.querySelectorAll('button')) button.onclick = () => {
      pressed = order.startsWith(pressed + button.textContent) ? pressed + button.textContent : '';
      out.textContent = pressed || 'shut';
    };
    window.lamarckEvidence = () => ({ open: pressed === order });
  })();</script>`,
};
const isOpen = ({ evidence }: { evidence: { state: unknown } }): boolean =>
  (evidence.state as { open?: boolean } | null)?.open === true;

describe('exploring a site', () => {
  it('finds a first win where random play seldom wins, and the shortest way to it', async () => {
    const walks = await explore(lock, { tries: 12 });
    const [win] = walks.filter(isOpen);
    expect(win?.actions.map((action) => Object.keys(action)[0])).toEqual([
      'click',
      'click',
      'click',
      'click',
      'done',
    ]);
  });

  it('finds the same on the same seed, in whatever page it is done', async () => {
    const [one, again, other] = [
      await explore(lock, { tries: 6 }),
      await explore(lock, { tries: 6 }),
      await explore(lock, { tries: 6, seed: 'another' }),
    ];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('tells each evidence once', async () => {
    const walks = await explore(lock, { tries: 12 });
    expect(walks.map(({ evidence }) => evidence.state)).toEqual([{ open: false }, { open: true }]);
  });

  it('types, chooses and sends as real input does, so that what it found can be played again', async () => {
    const site = {
      '/': `<!doctype html><form id=f><label>Name <input name=n maxlength=9></label><label>Size <select name=s><option>S<option>M</select></label><label><input type=checkbox name=c> Gift</label></form><script>(() => {
        const seen = []; let sent = null;
        for (const type of ['pointerdown', 'mousedown', 'focusin', 'pointerup', 'mouseup', 'click', 'keydown', 'keypress', 'beforeinput', 'input', 'keyup', 'change', 'submit'])
          f.addEventListener(type, (event) => seen.push(type + ' ' + (event.target.name ?? event.target.id)));
        f.addEventListener('submit', (event) => { event.preventDefault(); sent = { ...Object.fromEntries(new FormData(f)), seen: [...seen] }; });
        window.lamarckEvidence = () => sent;
      })();</script>`,
    };
    const instruction = 'Order as "Ada".';
    const walks = await explore(site, { tries: 12, instruction });
    const sent = walks.filter(({ evidence }) => (evidence.state as { n?: string } | null)?.n === 'Ada');
    expect(sent.length).toBeGreaterThan(1);
    for (const { actions, evidence } of sent.slice(0, 6)) {
      const session = await open(site, instruction);
      for (const action of actions) {
        const observation = BrowserObservationSchema.parse(await session.observe());
        // What an agent is to learn from must be among what it is offered.
        expect(affordancesOf(observation)).toContainEqual(action);
        const [name, parameters] = Object.entries(action)[0] as [keyof typeof session.act, never];
        await session.act[name](parameters);
      }
      const { state } = await session.evidence();
      await session.close?.();
      expect(state).toEqual(evidence.state);
    }
  });

  it('goes on through other documents, and back', async () => {
    const site = {
      '/': '<!doctype html><a href="/next?step=1">Next</a>',
      '/next': `<!doctype html><button>Here</button><script>(() => { let clicks = 0; document.querySelector('button').onclick = () => { clicks++; }; window.lamarckEvidence = () => clicks; })();</script>`,
    };
    const walks = await explore(site, { tries: 4, steps: 5 });
    expect(walks).toContainEqual({
      actions: [{ click: { ref: 'e1' } }, { click: { ref: 'e1' } }, { done: {} }],
      evidence: { url: '/next?step=1', state: 1, answer: null },
    });
    expect(walks.every(({ evidence }) => evidence.url !== '/' || evidence.state === null)).toBe(true);
  });

  it('answers dialogs either way, and says which in the walk', async () => {
    const site = {
      '/': `<!doctype html><button>Ask</button><script>(() => { let told; document.querySelector('button').onclick = () => { told = [confirm('Sure?'), prompt('Name?')]; }; window.lamarckEvidence = () => told; })();</script>`,
    };
    const walks = await explore(site, { tries: 16, steps: 4, instruction: 'Answer "Ada".' });
    const answers = new Map(walks.map(({ actions, evidence }) => [JSON.stringify(evidence.state), actions]));
    expect(answers.get('[true,"Ada"]')).toEqual([
      { click: { ref: 'e1' } },
      { accept: {} },
      { accept: { text: 'Ada' } },
      { done: {} },
    ]);
    expect(answers.get('[false,null]')).toEqual([
      { click: { ref: 'e1' } },
      { dismiss: {} },
      { dismiss: {} },
      { done: {} },
    ]);
  });

  it('leaves no trace for the next session', async () => {
    await explore(lock, { tries: 3 });
    const session = await open(lock, 'Do it.');
    const observation = await session.observe();
    expect(observation.elements.find(({ role }) => role === 'text')?.name).toBe('-');
    expect(await session.evidence()).toEqual({ url: '/', state: { open: false }, answer: null });
    await session.close?.();
    expect(sandbox.statistics).toMatchObject({ leased: 0, launched: 1 });
  });
});
