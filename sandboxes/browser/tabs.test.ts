import { readdirSync, readFileSync } from 'node:fs';
import { hashOf, type BrowserSandbox, type PageLease } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

type Site = Readonly<Record<string, string>>;
const lease = (site: Site): Promise<PageLease> => sandbox.lease({ site, seed: 'seed' });
async function withPage<T>(site: Site, use: (page: PageLease) => Promise<T>): Promise<T> {
  const page = await lease(site);
  try {
    return await use(page);
  } finally {
    await page.release();
  }
}
async function click(page: PageLease, name: string): Promise<void> {
  const { elements } = await page.observe();
  await page.click(elements.find((element) => element.name === name)?.ref ?? name);
}
async function namesOf(page: PageLease): Promise<string[]> {
  return (await page.observe()).elements.map(({ name }) => name);
}
async function namesOfTabs(page: PageLease): Promise<string[] | undefined> {
  return (await page.observe()).tabs?.map(({ tab, title, url }) => `${tab} ${title} ${url}`);
}

/** Processes that show pages, of the browsers that this process started. */
function renderers(): number[] {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const read = (id: string, file: string): string => {
    try {
      return readFileSync(`/proc/${id}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  const parentOf = (id: string): string => / \w (\d+)/.exec(read(id, 'stat').replace(/.*\)/, ''))?.[1] ?? '';
  const isOurs = (id: string): boolean =>
    id === String(process.pid) || (Number(id) > 1 && isOurs(parentOf(id)));
  return ids.filter((id) => read(id, 'cmdline').includes('--type=renderer') && isOurs(id)).map(Number);
}

const titled = (title: string, body: string, script = ''): string =>
  `<!doctype html><title>${title}</title>${body}<script>(() => {${script}})();</script>`;
const opening: Site = {
  '/': titled(
    'Start',
    `<a href="/details?of=1" target=_blank>Details</a> <a href="/details" target=side>Aside</a>
     <form action=/details target=_blank><input name=q value=tea aria-label=Query><button>Send</button></form>
     <button id=b>Open</button> <button id=w>Wait</button> <p id=out>-</p>`,
    `b.onclick = () => { const one = window.open('/details'); const two = window.open('/details'); out.textContent = typeof one.postMessage + ' ' + two; };
     w.onclick = () => setTimeout(() => { out.textContent = String(window.open('/details') !== null); }, 8000);
     onmessage = ({ data }) => { out.textContent = 'heard ' + data; };
     window.lamarckEvidence = () => [out.textContent, localStorage.getItem('told')];`,
  ),
  '/details': titled(
    'More',
    '<button id=t>Tell</button> <button id=l>Leave</button> <a href=/deeper target=_blank>Deeper</a> <p id=o></p>',
    `o.textContent = 'opener ' + (opener !== null); l.onclick = () => window.close();
     t.onclick = () => { localStorage.setItem('told', 'yes'); opener?.postMessage('you'); };`,
  ),
  '/deeper': titled('Deep', '<a href=/details target=_blank>Again</a>'),
};

describe('a tab', () => {
  it('is opened by a link, and is then the one that is shown', () =>
    withPage(opening, async (page) => {
      const { tab, tabs } = await page.observe();
      expect({ tab, tabs }).toEqual({ tab: undefined, tabs: undefined });
      await click(page, 'Details');
      expect(await page.observe()).toMatchObject({
        url: '/details?of=1',
        tab: 't2',
        tabs: [
          { tab: 't1', title: 'Start', url: '/' },
          { tab: 't2', title: 'More', url: '/details?of=1' },
        ],
      });
      expect(await namesOf(page)).toContain('opener false');
    }));

  it('is opened by a form, with what was filled in', () =>
    withPage(opening, async (page) => {
      await click(page, 'Send');
      expect(await page.observe()).toMatchObject({ url: '/details?q=tea', tab: 't2' });
    }));

  it('is opened by a script, once for each input of a person and not long after', () =>
    withPage(opening, async (page) => {
      await click(page, 'Open');
      expect(await page.observe()).toMatchObject({ url: '/details', tab: 't2' });
      expect(await namesOf(page)).toContain('opener true');
      await page.switchTab('t1');
      expect(await namesOf(page)).toContain('function null');
      await click(page, 'Wait');
      for (let steps = 0; steps < 40; steps++) await page.scroll(0);
      expect(await namesOf(page)).toContain('false');
      expect((await page.observe()).tabs).toHaveLength(2);
    }));

  it('of a name is opened once, and shown again', () =>
    withPage(opening, async (page) => {
      await click(page, 'Aside');
      await page.switchTab('t1');
      await click(page, 'Aside');
      expect(await namesOfTabs(page)).toEqual(['t1 Start /', 't2 More /details']);
      expect((await page.observe()).tab).toBe('t2');
    }));

  it('is switched to and closed, except for the first', () =>
    withPage(opening, async (page) => {
      await expect(page.closeTab()).rejects.toThrow('first tab cannot be closed');
      await expect(page.switchTab('t2')).rejects.toThrow('no tab "t2"');
      await click(page, 'Details');
      await click(page, 'Deeper');
      await page.switchTab('t1');
      expect(await namesOf(page)).toContain('Details');
      await page.switchTab('t3');
      await page.closeTab();
      expect((await page.observe()).tab).toBe('t2');
      await page.closeTab();
      expect(await page.observe()).not.toHaveProperty('tabs');
      expect(await namesOf(page)).toContain('Details');
      await click(page, 'Details');
      expect((await page.observe()).tab).toBe('t4');
    }));

  it('closes itself', () =>
    withPage(opening, async (page) => {
      await click(page, 'Details');
      await click(page, 'Leave');
      expect(await namesOf(page)).toContain('Details');
      expect(await page.observe()).not.toHaveProperty('tab');
    }));

  it('is one of four at most', () =>
    withPage(opening, async (page) => {
      await click(page, 'Details');
      await click(page, 'Deeper');
      await click(page, 'Again');
      await click(page, 'Deeper');
      expect(await page.observe()).toMatchObject({ tab: 't4', url: '/details' });
      expect((await page.observe()).tabs).toHaveLength(4);
      await page.switchTab('t1');
      await click(page, 'Open');
      expect((await page.observe()).tab).toBe('t1');
      await click(page, 'Aside');
      expect((await page.observe()).tabs).toHaveLength(4);
    }));

  it('stays in the origin of the site', () =>
    withPage(
      {
        '/': titled(
          'Start',
          '<a href="http://example.com/" target=_blank>Away</a> <button id=b>Open</button>',
          `b.onclick = () => window.open('https://example.com/');`,
        ),
      },
      async (page) => {
        await click(page, 'Away');
        await click(page, 'Open');
        expect(await page.observe()).not.toHaveProperty('tabs');
        expect((await page.observe()).url).toBe('/');
      },
    ));

  it('is kept back by a page that prevents it', () =>
    withPage(
      {
        '/': titled(
          'Start',
          '<a href=/ target=_blank id=a>No</a>',
          'addEventListener("click", (event) => { event.preventDefault(); a.textContent = "Kept"; });',
        ),
      },
      async (page) => {
        await click(page, 'No');
        expect(await namesOf(page)).toEqual(['Kept']);
      },
    ));

  it('tells others by storage and messages, and evidence is that of the first', () =>
    withPage(opening, async (page) => {
      await click(page, 'Open');
      await click(page, 'Tell');
      expect(await page.evidence()).toEqual(['heard you', 'yes']);
      expect((await page.observe()).tab).toBe('t2');
    }));
});

describe('the time of tabs', () => {
  const ticking = (title: string): string =>
    titled(
      title,
      '<a href=/other target=_blank>Other</a> <p id=o></p>',
      `const said = [String(Math.random())]; setInterval(() => { said.push(Date.now() - 1768471200000); o.textContent = said.join(' '); }, 150);
       onstorage = ({ newValue }) => { said.push(newValue); o.textContent = said.join(' '); };
       onkeydown = ({ key }) => localStorage.setItem('key', key);`,
    );
  const site = { '/': ticking('One'), '/other': ticking('Two') };
  const playout = (): Promise<string[]> =>
    withPage(site, async (page) => {
      const hashes: string[] = [];
      const acts = [
        () => click(page, 'Other'),
        () => page.press('a'),
        () => page.switchTab('t1'),
        () => page.press('b'),
        () => click(page, 'Other'),
        () => page.closeTab(),
        () => page.switchTab('t2'),
      ];
      for (const act of acts) {
        await act();
        hashes.push(hashOf(await page.observe()));
      }
      return hashes;
    });

  it('goes on in all of them together, and repeats itself', async () => {
    const first = await playout();
    expect(await playout()).toEqual(first);
    expect(await playout()).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
    await withPage(site, async (page) => {
      await click(page, 'Other');
      for (let steps = 0; steps < 3; steps++) await page.press('a');
      const ofTwo = (await namesOf(page)).at(-1)?.split(' ').slice(1).map(Number).filter(Boolean) ?? [];
      await page.switchTab('t1');
      const ofOne = (await namesOf(page)).at(-1)?.split(' ').slice(1).map(Number).filter(Boolean) ?? [];
      expect(Math.max(...ofTwo)).toBe(950);
      expect(Math.max(...ofOne)).toBe(1200);
    });
  });

  it('stands still in all of them while a dialog is open in one', () =>
    withPage(
      {
        '/': titled('One', '<a href=/ask target=_blank>Go</a>', 'setTimeout(() => alert("Back here"), 500);'),
        '/ask': titled(
          'Two',
          '<button id=b>Ask</button><p id=o></p>',
          'b.onclick = () => { o.textContent = String(confirm("Sure?")); };',
        ),
      },
      async (page) => {
        await click(page, 'Go');
        await click(page, 'Ask');
        expect(await page.observe()).toMatchObject({ tab: 't2', dialog: { message: 'Sure?' } });
        await expect(page.switchTab('t1')).rejects.toThrow('dialog is open');
        await page.accept();
        expect(await page.observe()).toMatchObject({ tab: 't1', dialog: { message: 'Back here' } });
        await page.accept();
        expect(await namesOf(page)).toEqual(['Go']);
        await page.switchTab('t2');
        expect(await namesOf(page)).toEqual(['Ask', 'true']);
      },
    ));
});

describe('what tabs leave', () => {
  it('is nothing for the next lease', async () => {
    const site = {
      '/': titled(
        'Start',
        '<a href=/marks target=_blank>Marks</a><p id=o></p>',
        'o.textContent = [document.cookie, localStorage.length, history.length, window.name].join(";");',
      ),
      '/marks': titled(
        'Marks',
        '<p>marked</p>',
        'document.cookie = "a=1"; localStorage.a = 1; indexedDB.open("a");',
      ),
    };
    const seen: string[] = [];
    for (let times = 0; times < 3; times++) {
      await withPage(site, async (page) => {
        seen.push(hashOf(await page.observe()));
        await click(page, 'Marks');
        seen.push(hashOf(await page.observe()));
      });
    }
    expect(seen.slice(2, 4)).toEqual(seen.slice(0, 2));
    expect(seen.slice(4)).toEqual(seen.slice(0, 2));
    expect(sandbox.statistics).toMatchObject({ leased: 0, pages: 1 });
  });

  it('is contained where they crash', async () => {
    const page = await lease(opening);
    await click(page, 'Details');
    for (const id of renderers()) process.kill(id, 'SIGKILL');
    await expect(page.switchTab('t1')).rejects.toMatchObject({ code: 'LAMARCK_PAGE_CRASHED' });
    await page.release();
    expect(await withPage(opening, namesOf)).toContain('Details');
    expect(sandbox.statistics).toMatchObject({ leased: 0, pages: 1, launched: 1 });
  });

  it('is contained where one loops for ever', async () => {
    await using hasty = createBrowserSandbox({ pages: 1, hungAfterMilliseconds: 5_000 });
    const site = {
      '/': titled('Start', '<a href=/loop target=_blank>Loop</a>'),
      '/loop': titled('Loop', '', 'for (;;);'),
    };
    const page = await hasty.lease({ site, seed: '' });
    await expect(click(page, 'Loop')).rejects.toMatchObject({ code: 'LAMARCK_PAGE_HUNG' });
    await page.release();
    const next = await hasty.lease({ site: { '/': '<!doctype html><p>next</p>' }, seed: '' });
    expect(await namesOf(next)).toEqual(['next']);
    await next.release();
    expect(hasty.statistics).toMatchObject({ leased: 0, pages: 1 });
  });
});
