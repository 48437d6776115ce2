import { join } from 'node:path';
import { createRandom, type BrowserSandbox, type Sandboxes } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from '../../../sandboxes/browser/index.ts';
import { defineMiniwobEnvironment } from './index.ts';

const miniwob = defineMiniwobEnvironment(
  join(import.meta.dirname, '../../../tests/fixtures/miniwob/checkout/html'),
);
let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function open(page: string, seed = 1) {
  const session = await miniwob.open({
    params: miniwob.params.parse({ page, seed }),
    instruction: 'Do what the page asks.',
    random: createRandom(String(seed)),
    signal: new AbortController().signal,
    sandboxes: { browser: sandbox } as Partial<Sandboxes> as Sandboxes,
  });
  return {
    ...session,
    [Symbol.asyncDispose]: async () => session.close?.(),
    see: async () => miniwob.observation.parse(await session.observe()),
    click: async (name: string) => {
      const { elements } = miniwob.observation.parse(await session.observe());
      const ref = elements.find((element) => element.name === name)?.ref;
      if (ref === undefined)
        throw new Error(`No "${name}" among ${elements.map((one) => one.name).join(', ')}`);
      return session.act.click({ ref });
    },
  };
}

describe('a page of the protocol', () => {
  it('asks through the protocol, and shows nothing that is for people only', async () => {
    await using session = await open('press-name');
    expect(session.instruction?.()).toMatch(/^Press the button "\w+"\.$/);
    const { instruction, elements, url } = await session.see();
    expect(instruction).toBe(session.instruction?.());
    expect(url).toBe('/miniwob/press-name.html');
    expect(elements.map(({ role }) => role)).toEqual(['button', 'button', 'button']);
  });

  it('is the same for a seed on a page that was used, and another for another', async () => {
    const shown = async (seed: number) => {
      await using session = await open('press-name', seed);
      return session.see();
    };
    const first = await shown(7);
    expect(await shown(8)).not.toEqual(first);
    expect(await shown(7)).toEqual(first);
  });

  it('ends when the page says so, with its raw reward, whatever time it took', async () => {
    await using session = await open('press-name');
    const asked = /"(\w+)"/.exec(String(session.instruction?.()))?.[1] ?? '';
    await session.act.scroll({ deltaY: 0 });
    expect(await session.click(asked)).toMatchObject({ done: true });
    expect(await session.evidence()).toMatchObject({ state: { done: true, raw: 1 } });
    // The cover that comes back is for people too.
    expect((await session.see()).elements.map(({ name }) => name)).not.toContain('START');
  });

  it('loses by a wrong choice, and the first end counts', async () => {
    await using session = await open('press-name');
    const asked = /"(\w+)"/.exec(String(session.instruction?.()))?.[1] ?? '';
    const { elements } = await session.see();
    const wrong = elements.find(({ name }) => name !== asked)?.name ?? '';
    expect(await session.click(wrong)).toEqual({ done: true });
    await session.click(asked);
    expect(await session.evidence()).toMatchObject({ state: { done: true, raw: -1 } });
  });

  it('tells the words of an instruction that comes with fields, and waits for what ends later', async () => {
    await using session = await open('part-of-list');
    expect(session.instruction?.()).toMatch(/^Check \d boxes, and press Submit\.$/);
    expect(await session.click('Box 0')).toEqual({});
    expect(await session.click('Submit')).toEqual({ done: true });
    const { state } = miniwob.evidence.parse(await session.evidence());
    expect(state).toMatchObject({ done: true });
    expect(state && 'raw' in state && state.raw).toBeGreaterThan(0);
    expect(state && 'raw' in state && state.raw).toBeLessThan(1);
  });

  it('is over without a reward where it is left', async () => {
    await using session = await open('place-to-leave');
    expect(await session.click('Nothing')).toEqual({});
    expect(await session.click('Leave')).toEqual({ done: true });
    expect(await session.evidence()).toMatchObject({ url: '/miniwob/press-name.html' });
  });

  it('is found out about by synthetic play', async () => {
    await using session = await open('press-name', 3);
    const playouts = await session.explore?.({
      tries: 20,
      steps: 3,
      random: createRandom('playouts'),
      isWin: async ({ state }) => state !== null && 'raw' in state && state.raw > 0,
    });
    expect(playouts?.some(({ evidence: { state } }) => state && 'raw' in state && state.raw === 1)).toBe(
      true,
    );
  });
});

describe('a page that cannot be played', () => {
  it('is named, with what it lacks', async () => {
    await expect(open('other')).rejects.toThrow(
      /miniwob\/other\.html cannot be played: it has no core\.startEpisodeReal\(\)/,
    );
    await expect(open('none')).rejects.toThrow(/miniwob\/none\.html cannot be played: ENOENT/);
    expect(sandbox.statistics.leased).toBe(0);
  });
});

it('reaches nothing outside of the folder', async () => {
  await using session = await open('press-name');
  await session.see();
  await using other = createBrowserSandbox({ pages: 1 });
  const page = await other.lease({
    site: {
      '/': '<script>Promise.all(["/core/core.css", "/..%2f..%2flamarck.config.ts", "/%2e%2e/%2e%2e/lamarck.config.ts"].map((path) => fetch(path).then((answer) => answer.status))).then((all) => { window.lamarckEvidence = () => all; });</script>',
    },
    folder: join(import.meta.dirname, '../../../tests/fixtures/miniwob/checkout/html'),
    seed: '',
  });
  await page.scroll(0);
  expect(await page.evidence()).toEqual([200, 404, 404]);
  await page.release();
});
