import { createRandom, hashOf, type BrowserSandbox, type Sandboxes } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';
import { browser } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const site = {
  '/': `<!doctype html><h1>Find a book</h1><form action=/results><label>Title <input name=q></label><button>Search</button></form><p id=p></p>
    <script>(() => { p.textContent = 'Ticket ' + Math.floor(Math.random() * 1e9); let typed = 0; document.addEventListener('input', () => { typed++; }); window.lamarckEvidence = () => ({ typed }); })();</script>`,
  '/results': `<!doctype html><h1>Results</h1><p id=p></p><script>p.textContent = 'No book called ' + new URLSearchParams(location.search).get('q');</script>`,
};

async function open(seed: string, instruction = 'Search for "Emma".') {
  return browser.open({
    params: browser.params.parse({ site }),
    instruction,
    random: createRandom(seed),
    signal: new AbortController().signal,
    sandboxes: { browser: sandbox } as Partial<Sandboxes> as Sandboxes,
  });
}

/** One whole episode: hashes of all observations, and the evidence. */
async function play(seed: string) {
  const session = await open(seed);
  try {
    const hashes: string[] = [];
    const see = async () => {
      const observation = browser.observation.parse(await session.observe());
      hashes.push(hashOf([observation, await session.affordances?.(await session.observe())]));
      return (name: string) => observation.elements.find((element) => element.name === name)?.ref ?? '';
    };
    let ref = await see();
    await session.act.fill({ ref: ref('Title'), text: 'Emma' });
    ref = await see();
    await session.act.click({ ref: ref('Search') });
    await see();
    await session.act.back({});
    await see();
    expect(await session.act.done({ answer: 'none' })).toEqual({ done: true });
    return { hashes, evidence: browser.evidence.parse(await session.evidence()) };
  } finally {
    await session.close?.();
  }
}

describe('an episode in the browser', () => {
  it('repeats itself on the same seed, and not on another', async () => {
    const [one, again, other] = [await play('1'), await play('1'), await play('2')];
    expect(again).toEqual(one);
    expect(other.hashes).not.toEqual(one.hashes);
    expect(new Set(one.hashes).size).toBe(4);
    expect(sandbox.statistics.leased).toBe(0);
  });

  it('shows the instruction and the page, and gives evidence of its state', async () => {
    const session = await open('3');
    const observation = await session.observe();
    expect(observation).toMatchObject({ instruction: 'Search for "Emma".', url: '/' });
    const title = observation.elements.find(({ name }) => name === 'Title')?.ref ?? '';
    await session.act.fill({ ref: title, text: 'Emma' });
    expect(await session.evidence()).toEqual({ url: '/', state: { typed: 4 }, answer: null });
    await session.act.press({ key: 'Enter' });
    expect(await session.evidence()).toEqual({ url: '/results?q=Emma', state: null, answer: null });
    await session.close?.();
  });

  it('offers what leads to the goal, and each offer can be done', async () => {
    const session = await open('4');
    const { elements } = await session.observe();
    const ref = (name: string) => elements.find((element) => element.name === name)?.ref ?? '';
    expect(await session.affordances?.(await session.observe())).toEqual([
      { fill: { ref: ref('Title'), text: 'Emma' } },
      { click: { ref: ref('Search') } },
      { done: {} },
    ]);
    await session.act.fill({ ref: ref('Title'), text: 'Emma' });
    expect(await session.affordances?.(await session.observe())).toEqual([
      { click: { ref: ref('Search') } },
      { press: { key: 'Enter' } },
      { done: {} },
    ]);
    await session.act.press({ key: 'Enter' });
    expect(await session.affordances?.(await session.observe())).toEqual([{ back: {} }, { done: {} }]);
    await session.close?.();
  });

  it('rejects what a person could not do, and goes on', async () => {
    const session = await open('5');
    await expect(session.act.click({ ref: 'e77' })).rejects.toMatchObject({
      code: 'LAMARCK_ACTION_REJECTED',
      boundary: 'agent',
    });
    await expect(session.act.back({})).rejects.toMatchObject({ code: 'LAMARCK_ACTION_REJECTED' });
    expect((await session.observe()).url).toBe('/');
    await session.close?.();
  });

  it('gives the files of its task, and answers dialogs', async () => {
    const start =
      '<!doctype html><input type=file aria-label=Letter >' +
      '<button onclick="this.textContent = prompt()">Name</button>';
    const session = await browser.open({
      params: browser.params.parse({ site: { '/': start }, files: { 'a.txt': 'A' } }),
      instruction: 'Name it "tea".',
      random: createRandom('6'),
      signal: new AbortController().signal,
      sandboxes: { browser: sandbox } as Partial<Sandboxes> as Sandboxes,
    });
    expect(browser.observation.parse(await session.observe()).files).toEqual(['a.txt']);
    expect(() => session.act.upload({ ref: 'e1', file: 'b.txt' })).toThrow('no file "b.txt"');
    await session.act.click({ ref: 'e2' });
    expect(browser.observation.parse(await session.observe()).dialog?.kind).toBe('prompt');
    await session.act.accept({ text: 'tea' });
    expect((await session.observe()).elements[1]).toMatchObject({ name: 'tea' });
    await session.act.upload({ ref: 'e1', file: 'a.txt' });
    expect((await session.observe()).elements[0]).toMatchObject({ value: 'a.txt' });
    await session.close?.();
  });

  it('has tabs, and evidence of the first', async () => {
    const site = {
      '/': '<!doctype html><title>One</title><a href=/two target=_blank>Two</a><script>window.lamarckEvidence = () => localStorage.getItem("a");</script>',
      '/two': '<!doctype html><title>Two</title><button onclick="localStorage.a = 1">Mark</button>',
    };
    const session = await browser.open({
      params: browser.params.parse({ site }),
      instruction: 'Mark it.',
      random: createRandom('7'),
      signal: new AbortController().signal,
      sandboxes: { browser: sandbox } as Partial<Sandboxes> as Sandboxes,
    });
    await session.act.click({ ref: 'e1' });
    const observed = browser.observation.parse(await session.observe());
    expect(observed).toMatchObject({ tab: 't2', tabs: [{ title: 'One' }, { title: 'Two' }] });
    expect(await session.affordances?.(await session.observe())).toEqual(
      expect.arrayContaining([{ tab: { tab: 't1' } }, { close: {} }]),
    );
    await session.act.click({ ref: 'e1' });
    expect(await session.evidence()).toEqual({ url: '/', state: '1', answer: null });
    await session.act.tab({ tab: 't1' });
    expect((await session.observe()).url).toBe('/');
    await expect(session.act.close({})).rejects.toMatchObject({ code: 'LAMARCK_ACTION_REJECTED' });
    await session.act.tab({ tab: 't2' });
    await session.act.close({});
    expect(await session.observe()).not.toHaveProperty('tabs');
    await session.close?.();
  });

  it('needs a site with a start page', () => {
    expect(browser.params.safeParse({ site: { '/results': '' } }).success).toBe(false);
    expect(browser.params.safeParse({ site: { results: '', '/': '' } }).success).toBe(false);
  });
});
