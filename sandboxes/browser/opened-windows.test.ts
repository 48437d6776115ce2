import { type BrowserSandbox, type PageLease, type Site } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function withPage<T>(site: Site, use: (page: PageLease) => Promise<T>): Promise<T> {
  const page = await sandbox.lease({ site, seed: 'seed' });
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
const namesOf = async (page: PageLease): Promise<string[]> =>
  (await page.observe()).elements.map(({ name }) => name);
const tabsOf = async (page: PageLease): Promise<string[] | undefined> =>
  (await page.observe()).tabs?.map(({ tab, title }) => `${tab} ${title}`);

const titled = (title: string, body: string, script = ''): string =>
  `<!doctype html><title>${title}</title>${body}<script>(() => {${script}})();</script>`;
/** A page whose button does something, and shows the JSON of what comes of it. */
const doing = (script: string, body = ''): string =>
  titled(
    'Start',
    `<button id=b>Do</button><p id=o>-</p>${body}`,
    `b.onclick = () => { const say = (value) => { o.textContent = JSON.stringify(value); }; ${script} };`,
  );
const next = titled('Next', '<p id=o></p>', 'o.textContent = "next";');

describe('a window that was opened, before its document comes', () => {
  const telling = doing(`const w = open('/next');
    const drawn = [w.Math.random(), w.eval('Math.random()'), w.crypto.getRandomValues(new Uint8Array(1))[0], w.crypto.randomUUID()];
    w.setTimeout(() => say([...said, ...drawn, performance.now()]), 30);
    const said = [w.Date.now() - Date.now(), +new w.Date() - Date.now(), w.eval('Date.now()') - Date.now(), w.performance.now() - performance.now(),
      new w.Event('a').timeStamp - performance.now(), w.fetch === fetch, w.alert === alert, w.open === open, typeof w.Worker];`);
  const ownTime = titled(
    'Next',
    '<p id=o></p>',
    `const began = performance.now(); setTimeout(() => {
      o.textContent = [Date === opener.Date, fetch === opener.fetch, performance === opener.performance, close === opener.close,
        Date.now() - 1768471200000, performance.now() - began, Math.random(), document.lastModified, closed].join(' ');
    }, 40);`,
  );

  it('has time and randomness from its opener, and then its own', async () => {
    const seen: string[][] = [];
    for (let times = 0; times < 3; times++)
      await withPage({ '/': telling, '/next': ownTime }, async (page) => {
        await click(page, 'Do');
        const own = (await namesOf(page))[0] ?? '';
        expect(own).toMatch(/^false false false false \d+ 40 0\.\d+ \S+ \S+ false$/);
        await page.switchTab('t1');
        const told = (await namesOf(page))[1] ?? '';
        expect(told).toMatch(/^\[0,0,0,0,0,true,true,true,"undefined",/);
        seen.push([own, told]);
      });
    expect(seen.slice(1)).toEqual([seen[0], seen[0]]);
  });

  it('may be closed, and never comes', () =>
    withPage(
      {
        '/': doing(
          `const w = open('/next'); w.close(); say(w.closed);`,
          '<a href=/next target=_blank>Next</a>',
        ),
        '/next': next,
      },
      async (page) => {
        await click(page, 'Do');
        expect(await namesOf(page)).toEqual(['Do', 'true', 'Next']);
        expect(await page.observe()).not.toHaveProperty('tabs');
        await click(page, 'Next');
        expect(await tabsOf(page)).toEqual(['t1 Start', 't2 Next']);
      },
    ));

  it('leaves nothing behind where it never comes', async () => {
    const html = doing(
      `const w = open('/next'); say(w.localStorage.length + w.document.cookie); w.localStorage.a = 1; w.document.cookie = 'a=1'; w.close();`,
    );
    for (let times = 0; times < 2; times++)
      await withPage({ '/': html }, async (page) => {
        await click(page, 'Do');
        expect(await namesOf(page)).toEqual(['Do', '"0"']);
      });
  });

  it('may be closed behind its back', () =>
    withPage(
      {
        '/': doing(
          `const w = open('/next'); const frame = w.document.createElement('iframe'); w.document.body.append(frame);
           frame.contentWindow.close.call(w); say('done');`,
          '<a href=/next target=_blank>Next</a>',
        ),
        '/next': next,
      },
      async (page) => {
        await click(page, 'Do');
        expect(await namesOf(page)).toEqual(['Do', '"done"', 'Next']);
        await click(page, 'Next');
        expect((await tabsOf(page))?.[1]).toContain('Next');
      },
    ));

  it.each(['http://example.com/next', 'javascript:document.write(1)', 'http://', 'data:text/html,x'])(
    'is not brought to %s, which a script left in it',
    (left) =>
      withPage(
        {
          '/': doing(`const w = open('/next'); w[Symbol.for('lamarck address')] = '${left}'; say('done');`),
          '/next': next,
        },
        async (page) => {
          const before = sandbox.statistics.refusedRequests;
          await click(page, 'Do');
          expect(await namesOf(page)).toEqual(['Do', '"done"']);
          expect(await page.observe()).not.toHaveProperty('tabs');
          expect(sandbox.statistics.refusedRequests).toBe(before);
        },
      ),
  );

  it('that is led elsewhere at once costs no more than itself', () =>
    withPage(
      { '/': doing(`open('/next').location = '/next'; say('done');`), '/next': next },
      async (page) => {
        await click(page, 'Do');
        await page.press('Escape');
        expect((await page.observe()).url).toMatch(/^\/(?:next)?$/);
      },
    ));
});

describe('windows', () => {
  it('of several openers in one action know theirs', () => {
    const opener = titled(
      'One',
      '<button id=b>Go</button>',
      `document.title = location.pathname === '/' ? 'One' : 'Two';
       b.onclick = () => open('/two');
       onkeydown = ({ key }) => { if (key === 'b') { localStorage.setItem('go', '1'); open('/next?of=' + document.title); } };
       onstorage = () => open('/next?of=' + document.title);`,
    );
    const told = titled('Next', '', `document.title = location.search + ' ' + opener.document.title;`);
    return withPage({ '/': opener, '/two': opener, '/next': told }, async (page) => {
      await click(page, 'Go');
      await page.press('a');
      await page.switchTab('t1');
      await page.press('b');
      expect(await tabsOf(page)).toEqual(['t1 One', 't2 Two', 't3 ?of=One One', 't4 ?of=Two Two']);
      await page.switchTab('t4');
      await page.closeTab();
      expect((await page.observe()).tab).toBe('t2');
      await page.switchTab('t3');
      await page.closeTab();
      expect((await page.observe()).tab).toBe('t1');
    });
  });

  it('are opened by the name of a field, but not by that of a frame', () =>
    withPage(
      {
        '/': titled(
          'Start',
          `<input name=field aria-label=Field><iframe name=frame src=/empty></iframe>
           <a href=/next target=field>Tab</a> <a href=/next target=frame>Frame</a>`,
        ),
        '/empty': '<!doctype html>',
        '/next': next,
      },
      async (page) => {
        await click(page, 'Frame');
        expect(await page.observe()).not.toHaveProperty('tabs');
        expect(await namesOf(page)).toContain('next');
        await click(page, 'Tab');
        expect(await tabsOf(page)).toEqual(['t1 Start', 't2 Next']);
      },
    ));
});
