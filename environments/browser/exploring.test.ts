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

async function open(site: Site, instruction: string, files?: Record<string, string>) {
  return browser.open({
    params: browser.params.parse({ site, files }),
    instruction,
    random: createRandom('world'),
    signal: new AbortController().signal,
    sandboxes: { browser: sandbox } as Partial<Sandboxes> as Sandboxes,
  });
}

async function explore(
  site: Site,
  {
    tries,
    steps = 8,
    instruction = 'Do it.',
    seed = 'explorer',
    files,
    isWin,
  }: {
    tries: number;
    steps?: number;
    instruction?: string;
    seed?: string;
    files?: Record<string, string>;
    isWin?: (state: unknown) => boolean;
  },
) {
  const session = await open(site, instruction, files);
  const wins = isWin && (async ({ state }: { state: unknown }) => isWin(state));
  try {
    return (await session.explore?.({ tries, steps, random: createRandom(seed), isWin: wins })) ?? [];
  } finally {
    await session.close?.();
  }
}

type Playouts = Awaited<ReturnType<typeof explore>>;

/** Plays a playout with real input, where each action has to be one that an agent is offered; returns the page's state. */
async function replay(
  site: Site,
  { actions }: Playouts[number],
  { instruction = 'Do it.', files }: { instruction?: string; files?: Record<string, string> } = {},
) {
  const session = await open(site, instruction, files);
  try {
    for (const action of actions) {
      const observation = BrowserObservationSchema.parse(await session.observe());
      // What an agent is to learn from must be among what it is offered.
      expect(affordancesOf(observation)).toContainEqual(action);
      const [name, parameters] = Object.entries(action)[0] as [keyof typeof session.act, never];
      await session.act[name](parameters);
    }
    return (await session.evidence()).state;
  } finally {
    await session.close?.();
  }
}

/** A lock of four buttons that opens only to one order of all: 1 in 256 playouts of four clicks. */
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
    const playouts = await explore(lock, { tries: 12 });
    const [win] = playouts.filter(isOpen);
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
    const playouts = await explore(lock, { tries: 12 });
    expect(playouts.map(({ evidence }) => evidence.state)).toEqual([{ open: false }, { open: true }]);
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
    const playouts = await explore(site, { tries: 12, instruction });
    const sent = playouts.filter(({ evidence }) => (evidence.state as { n?: string } | null)?.n === 'Ada');
    expect(sent.length).toBeGreaterThan(1);
    for (const playout of sent.slice(0, 6))
      expect(await replay(site, playout, { instruction })).toEqual(playout.evidence.state);
  });

  it('goes on through other documents, and back', async () => {
    const site = {
      '/': '<!doctype html><a href="/next?step=1">Next</a>',
      '/next': `<!doctype html><button>Here</button><script>(() => { let clicks = 0; document.querySelector('button').onclick = () => { clicks++; }; window.lamarckEvidence = () => clicks; })();</script>`,
    };
    const playouts = await explore(site, { tries: 4, steps: 5 });
    expect(playouts).toContainEqual({
      actions: [{ click: { ref: 'e1' } }, { click: { ref: 'e1' } }, { done: {} }],
      evidence: { url: '/next?step=1', state: 1, answer: null },
    });
    expect(playouts.every(({ evidence }) => evidence.url !== '/' || evidence.state === null)).toBe(true);
  });

  it('answers dialogs either way, and says which in the playout', async () => {
    const site = {
      '/': `<!doctype html><button>Ask</button><script>(() => { let told; document.querySelector('button').onclick = () => { told = [confirm('Sure?'), prompt('Name?')]; }; window.lamarckEvidence = () => told; })();</script>`,
    };
    const playouts = await explore(site, { tries: 16, steps: 4, instruction: 'Answer "Ada".' });
    const answers = new Map(
      playouts.map(({ actions, evidence }) => [JSON.stringify(evidence.state), actions]),
    );
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

  it('dismisses what other documents ask at once, and says so in the playout', async () => {
    const site = {
      '/': '<!doctype html><a href="/next">Next</a>',
      '/next': `<!doctype html><button>Here</button><script>alert('Welcome'); document.querySelector('button').onclick = () => { window.lamarckEvidence = () => 'pressed'; };</script>`,
    };
    const playouts = await explore(site, { tries: 3, steps: 4 });
    const pressed = playouts.find(({ evidence }) => evidence.state === 'pressed');
    expect(pressed?.actions.map((action) => Object.keys(action)[0])).toEqual([
      'click',
      'dismiss',
      'click',
      'done',
    ]);
    expect(pressed && (await replay(site, pressed))).toBe('pressed');
  });

  it('hovers, where a style or a script answers to that, and what that reveals can be clicked', async () => {
    const site = {
      '/': `<!doctype html><style>li .sub { display: none } li:hover .sub { display: block }</style><p id=tip>Tip</p><ul><li>Menu<button class=sub>Inside</button></li></ul><script>(() => {
        const seen = new Set();
        tip.addEventListener('mouseenter', () => seen.add('tip'));
        document.querySelector('button').onclick = () => seen.add('inside');
        window.lamarckEvidence = () => [...seen].sort();
      })();</script>`,
    };
    const playouts = await explore(site, { tries: 4 });
    const both = playouts.find(({ evidence }) => JSON.stringify(evidence.state) === '["inside","tip"]');
    expect(both?.actions.filter((action) => 'hover' in action)).toHaveLength(2);
    expect(both && (await replay(site, both))).toEqual(['inside', 'tip']);
  });

  it.each([
    [
      'the browser drags',
      `<div draggable=true id=a>Card</div><div draggable=true>Other</div><div data-drop aria-label=Done id=b style="height:60px"></div><script>(() => {
        let got = null;
        a.ondragstart = (event) => event.dataTransfer.setData('text/plain', 'card');
        b.ondragover = (event) => event.preventDefault();
        b.ondrop = (event) => { event.preventDefault(); got = event.dataTransfer.getData('text/plain'); };
        window.lamarckEvidence = () => got;
      })();</script>`,
      'card',
    ],
    [
      'the page drags by pointer events of its own',
      `<ol id=list style="width:200px"><li aria-grabbed=false data-drop>One</li><li aria-grabbed=false data-drop>Two</li><li aria-grabbed=false data-drop>Three</li></ol><script>(() => {
        let held; let moves = 0;
        list.onpointerdown = (event) => { held = event.target; event.preventDefault(); };
        addEventListener('pointermove', (event) => { if (held && event.buttons === 1) moves++; });
        addEventListener('pointerup', (event) => { document.elementFromPoint(event.clientX, event.clientY).after(held); held = undefined; });
        window.lamarckEvidence = () => [list.innerText.replaceAll('\\n', ' '), moves > 2].join();
      })();</script>`,
      'Two Three One,true',
    ],
  ])('drags what %s', async (_, body, wanted) => {
    const site = { '/': `<!doctype html>${body}` };
    const playouts = await explore(site, { tries: 6, steps: 3 });
    const found = playouts.find(({ evidence }) => evidence.state === wanted);
    expect(found?.actions[0]).toHaveProperty('drag');
    expect(found && (await replay(site, found))).toBe(wanted);
  });

  it('gives files', async () => {
    const site = {
      '/': `<!doctype html><input type=file aria-label=Any><script>(() => {
        let got = null;
        document.querySelector('input').onchange = ({ target: { files } }) => { got = files[0].name + ' ' + files[0].size; };
        window.lamarckEvidence = () => got;
      })();</script>`,
    };
    const files = { 'a.txt': 'Dear Ada', 'b.csv': '1,2' };
    const playouts = await explore(site, { tries: 4, steps: 3, files });
    const states = playouts.map(({ evidence }) => evidence.state);
    expect(states).toEqual(expect.arrayContaining(['a.txt 8', 'b.csv 3']));
    for (const playout of playouts)
      expect(await replay(site, playout, { files })).toBe(playout.evidence.state);
  });

  it('enters frames of the same origin, dialogs in them included', async () => {
    const inner = `<input aria-label=Name><button id=send>Send</button><script>send.onclick = () => { if (confirm('Sure?')) parent.got = document.querySelector('input').value; };</script>`;
    const site = {
      '/': `<!doctype html><button>Before</button><iframe srcdoc="${inner.replaceAll('"', '&quot;')}" style="margin:40px"></iframe><script>window.lamarckEvidence = () => window.got ?? null;</script>`,
    };
    const isWin = (state: unknown): boolean => state === 'Ada';
    const playouts = await explore(site, { tries: 8, steps: 5, instruction: 'Send "Ada".', isWin });
    const sent = playouts.find(({ evidence }) => isWin(evidence.state));
    expect(sent?.actions.map((action) => Object.keys(action)[0])).toEqual([
      'fill',
      'click',
      'accept',
      'done',
    ]);
    expect(sent && (await replay(site, sent, { instruction: 'Send "Ada".' }))).toBe('Ada');
  });

  it('ends with a win, and drops what the win does not need, though other elements then have its references', async () => {
    const site = {
      '/': `<!doctype html><button id=noise>Noise</button><p id=out></p><button id=one>One</button><button id=two>Two</button><script>(() => {
        let at = 0;
        noise.onclick = () => { out.append(Object.assign(document.createElement('button'), { textContent: 'More' })); };
        one.onclick = () => { at = 1; };
        two.onclick = () => { at = at === 1 ? 2 : 0; };
        window.lamarckEvidence = () => at;
      })();</script>`,
    };
    const isWin = (state: unknown): boolean => state === 2;
    const playouts = await explore(site, { tries: 200, steps: 12, isWin });
    const [win] = playouts.filter(({ evidence }) => isWin(evidence.state));
    expect(win?.actions).toEqual([{ click: { ref: 'e2' } }, { click: { ref: 'e3' } }, { done: {} }]);
    expect(await explore(site, { tries: 200, steps: 12, isWin })).toEqual(playouts);
  });

  it('ends after so many documents, so that no site makes a search long', async () => {
    const site = {
      '/': '<!doctype html><a href="/?again">Again</a><script>sessionStorage.n = Number(sessionStorage.n ?? 0) + 1; window.lamarckEvidence = () => Number(sessionStorage.n);</script>',
    };
    const playouts = await explore(site, { tries: 1, steps: 1000 });
    expect(Math.max(...playouts.map(({ evidence }) => Number(evidence.state)))).toBe(80);
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
