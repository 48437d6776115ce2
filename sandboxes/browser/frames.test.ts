import { hashOf, type BrowserSandbox, type PageLease, type Site } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function withPage<T>(site: Site, use: (lease: PageLease) => Promise<T>): Promise<T> {
  const lease = await sandbox.lease({ site, seed: 'seed' });
  try {
    return await use(lease);
  } finally {
    await lease.release();
  }
}
async function see(lease: PageLease, name: string) {
  const { elements } = await lease.observe();
  const found = elements.find((element) => element.name === name);
  if (!found) throw new Error(`The page shows no "${name}": ${JSON.stringify(elements)}`);
  return found;
}
const refOf = async (lease: PageLease, name: string): Promise<string> => (await see(lease, name)).ref;

const form = `<!doctype html><body style="margin:0"><input aria-label=Name><select aria-label=Size><option>S<option>L</select>
  <button id=send>Send</button><p id=out>-</p><div style="height:900px"></div><button id=low>Low</button>
  <script>let ticks = 0; setInterval(() => { ticks++; }, 50);
  const [input] = document.getElementsByTagName('input'), [select] = document.getElementsByTagName('select');
  send.onclick = (event) => { out.textContent = [input.value, select.value, event.isTrusted].join(' '); };
  low.onclick = () => { out.textContent = 'low'; };
  window.tell = () => [ticks, Date.now(), performance.now(), Math.random()];</script>`;
const outer = (frame: string): string =>
  `<!doctype html><button>Before</button><br><iframe id=frame ${frame} style="width:400px;height:200px;margin:40px"></iframe><button>After</button>
  <script>window.lamarckEvidence = () => [...frame.contentWindow.tell(), Date.now(), Math.random()];</script>`;
const sites: Record<string, Site> = {
  'text of its own': { '/': outer(`srcdoc="${form.replaceAll('"', '&quot;')}"`) },
  'a path of the site': { '/': outer('src=/form'), '/form': form },
};

describe.each(Object.entries(sites))('a frame with %s', (_, site) => {
  it('shows what is in it in its place, and takes every action', async () => {
    await withPage(site, async (lease) => {
      const { elements } = await lease.observe();
      expect(elements.map(({ ref, name, frame }) => [ref, name, frame])).toEqual([
        ['e1', 'Before', undefined],
        ['e2', 'Name', 'f1'],
        ['e3', 'Size', 'f1'],
        ['e4', 'Send', 'f1'],
        ['e5', '-', 'f1'],
        ['e6', 'Low', 'f1'],
        ['e7', 'After', undefined],
      ]);
      expect((await see(lease, 'Name')).box[1]).toBeGreaterThan(60);
      await lease.fill(await refOf(lease, 'Name'), 'Ada');
      expect((await lease.observe()).focus).toBe(await refOf(lease, 'Name'));
      await lease.select(await refOf(lease, 'Size'), 'L');
      await lease.click(await refOf(lease, 'Send'));
      expect((await see(lease, 'Ada L true')).frame).toBe('f1');
      await lease.click(await refOf(lease, 'Low'));
      await see(lease, 'low');
      await lease.click(await refOf(lease, 'Before'));
      expect((await lease.observe()).focus).toBe('e1');
      await expect(lease.select(await refOf(lease, 'Name'), 'x')).rejects.toThrow('e2 offers no options');
    });
  });

  it('has the clock of the page around it, and repeats itself', async () => {
    const play = () =>
      withPage(site, async (lease) => {
        const hashes = [hashOf(await lease.observe())];
        for (const name of ['Send', 'After', 'Low']) {
          await lease.click(await refOf(lease, name));
          hashes.push(hashOf(await lease.observe()));
        }
        return { hashes, told: (await lease.evidence()) as number[] };
      });
    const first = await play();
    expect(await play()).toEqual(first);
    const [ticks, date, now, random, dateAround, randomAround] = first.told;
    expect([ticks, date]).toEqual([Math.floor((now ?? 0) / 50), dateAround]);
    expect(random).not.toBe(randomAround);
  });

  it('leaves nothing behind', async () => {
    await withPage(site, async (lease) => lease.click(await refOf(lease, 'Send')));
    await withPage({ '/': '<!doctype html><p>Next</p>' }, async (lease) => {
      expect(lease.tier).not.toBe('in-page');
      expect((await lease.observe()).elements.map(({ ref, name }) => [ref, name])).toEqual([['e1', 'Next']]);
    });
  });
});

describe('frames', () => {
  it('within frames are seen too, but those of another origin are not', async () => {
    const inner = `<iframe srcdoc='<button onclick=this.textContent=1>Deep</button>'></iframe>`;
    const html = `<!doctype html><iframe src="data:text/html,<button>Foreign</button>"></iframe><iframe src=/inner></iframe>`;
    await withPage({ '/': html, '/inner': `<!doctype html>${inner}` }, async (lease) => {
      expect((await lease.observe()).elements.map(({ name, frame }) => [name, frame])).toEqual([
        ['Deep', 'f1.f1'],
      ]);
      await lease.click('e1');
      expect((await lease.observe()).elements.map(({ name }) => name)).toEqual(['1']);
    });
  });

  it('that something covers say so', async () => {
    const html = `<!doctype html><iframe srcdoc="<button>Under</button>"></iframe><div style="position:fixed;inset:0;background:#fff8"><button>Over</button></div>`;
    await withPage({ '/': html }, async (lease) => {
      expect((await see(lease, 'Under')).coveredBy).toBeDefined();
      await expect(lease.click(await refOf(lease, 'Under'))).rejects.toThrow('covered');
    });
  });

  it('that a script adds or leads elsewhere are awaited, and their timers end with them', async () => {
    const html = `<!doctype html><button id=add>Add</button><p id=out>0</p><script>add.onclick = () => {
      const frame = document.createElement('iframe'); frame.src = '/one'; document.body.append(frame); };</script>`;
    const one = `<!doctype html><a href=/two>On</a><script>setInterval(() => { parent.out.textContent++; }, 50);</script>`;
    await withPage({ '/': html, '/one': one, '/two': '<!doctype html><p>Two</p>' }, async (lease) => {
      await lease.click(await refOf(lease, 'Add'));
      await lease.click(await refOf(lease, 'On'));
      const { elements, url } = await lease.observe();
      expect([url, ...elements.map(({ name }) => name)]).toEqual(['/', 'Add', '4', 'Two']);
      await lease.press('Escape');
      await see(lease, '4');
    });
  });

  it('that lead off the site or to a tab of their own hold nothing up', async () => {
    const frame = `<!doctype html><a href=/two target=_blank>New</a> <a href="https://example.com/">Away</a>`;
    const site = { '/': '<!doctype html><iframe src=/one></iframe>', '/one': frame, '/two': frame };
    await withPage(site, async (lease) => {
      const first = await lease.observe();
      await lease.click(await refOf(lease, 'New'));
      expect(await lease.observe()).toMatchObject({ tab: 't2', url: '/two' });
      await lease.closeTab();
      expect((await lease.observe()).elements.map(({ name }) => name)).toEqual(
        first.elements.map(({ name }) => name),
      );
      await lease.click(await refOf(lease, 'Away'));
      expect(await lease.observe()).toEqual({ url: '/', elements: [] });
    });
  });
});
