import { readdirSync, readFileSync } from 'node:fs';
import { hashOf, type BrowserSandbox, type PageLease } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

/** How long pages that loop are waited for, in ms. The pages beside them are small, but a busy machine may be slow with these. */
const HASTY = 5_000;

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox();
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const page = (body: string, script = ''): string =>
  `<!doctype html><title>Test</title>${body}<script>(() => {${script}})();</script>`;

async function refOf(lease: PageLease, name: string): Promise<string> {
  const { elements } = await lease.observe();
  const found = elements.find((element) => element.name === name);
  if (!found) throw new Error(`The page shows no "${name}": ${JSON.stringify(elements)}`);
  return found.ref;
}
async function textOf(lease: PageLease): Promise<string> {
  const { elements } = await lease.observe();
  return elements.map(({ name }) => name).join(' | ');
}
async function withPage<T>(
  site: Record<string, string> | string,
  use: (lease: PageLease) => Promise<T>,
  seed = 'seed',
): Promise<T> {
  const lease = await sandbox.lease({ site: typeof site === 'string' ? { '/': site } : site, seed });
  try {
    return await use(lease);
  } finally {
    await lease.release();
  }
}

/** The Chromium processes that this process started: the browser itself, not its children. */
function browserProcesses(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        const status = readFileSync(`/proc/${id}/stat`, 'utf8');
        const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
        return (
          parent === process.pid &&
          readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--remote-debugging-pipe')
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe('what is seen', () => {
  it('names what can be acted on, and shows text once', async () => {
    const { elements } = await withPage(
      page(`<h1>Shop <b>now</b></h1><label for=q>Query</label> <input id=q value=tea required>
        <label>Size <select><option>S<option selected>M</select></label>
        <p><input type=checkbox id=a checked> <label for=a>Agree</label></p>
        <button aria-label="Close the box">×</button> <a href="/x">More</a> <span style="cursor:pointer">Fold</span>
        <table><tr><td>Ann</td><td><button disabled>Delete</button></td></tr></table><p role=alert>Wrong</p>
        <p style="display:none">hidden</p><input type=password value=abc aria-label=Secret>`),
      (lease) => lease.observe(),
    );
    expect(elements.map(({ ref: _ref, box: _box, ...rest }) => rest)).toEqual([
      { role: 'heading', name: 'Shop now' },
      { role: 'textbox', name: 'Query', value: 'tea', state: ['required'] },
      { role: 'combobox', name: 'Size', value: 'M', options: ['S', 'M'] },
      { role: 'checkbox', name: 'Agree', state: ['checked'] },
      { role: 'button', name: 'Close the box', text: '×' },
      { role: 'link', name: 'More', color: 'blue' },
      { role: 'generic', name: 'Fold' },
      { role: 'cell', name: 'Ann' },
      { role: 'button', name: 'Delete', state: ['disabled'] },
      { role: 'alert', name: 'Wrong' },
      { role: 'textbox', name: 'Secret', value: '•••' },
    ]);
    expect(elements.every(({ box }) => box.every((pixels) => pixels % 4 === 0))).toBe(true);
    const [cell, button] = ['Ann', 'Delete'].map((name) => elements.find((element) => element.name === name));
    expect(Math.abs((cell?.box[1] ?? 0) - (button?.box[1] ?? 99))).toBeLessThanOrEqual(4);
  });

  it('says what covers an element, and refuses to click it', async () => {
    await withPage(
      page(
        `<button>Buy</button><div id=cover style="position:fixed;inset:0;background:#0008"><button onclick="cover.remove()">Dismiss</button></div>`,
      ),
      async (lease) => {
        const covered = (await lease.observe()).elements.find(({ name }) => name === 'Buy');
        expect(covered?.coveredBy).toBeDefined();
        await expect(lease.click(covered?.ref ?? '')).rejects.toMatchObject({
          code: 'LAMARCK_ACTION_REJECTED',
        });
        await lease.click(await refOf(lease, 'Dismiss'));
        expect((await lease.observe()).elements).toEqual([
          expect.not.objectContaining({ coveredBy: expect.anything() }),
        ]);
      },
    );
  });

  it('aims beside what covers only the middle', async () => {
    await withPage(
      page(
        `<div style="position:relative;width:200px"><button id=b style="width:200px">Wide</button>
        <i style="position:absolute;left:80px;width:40px;top:0;height:30px;background:red"></i></div><p id=out>no</p>`,
        `b.onclick = () => { out.textContent = 'yes'; };`,
      ),
      async (lease) => {
        await lease.click(await refOf(lease, 'Wide'));
        expect(await textOf(lease)).toContain('yes');
      },
    );
  });

  it('reaches what is scrolled out of view', async () => {
    await withPage(
      page(`<p style="height:3000px">tall</p><button onclick="this.textContent='Clicked'">Below</button>`),
      async (lease) => {
        await lease.click(await refOf(lease, 'Below'));
        expect(await textOf(lease)).toContain('Clicked');
      },
    );
  });
});

describe('what is done', () => {
  it('is real input, trusted by the page', async () => {
    const script = `const seen = []; for (const type of ['pointerdown', 'mouseenter', 'mousedown', 'click', 'keydown', 'input', 'submit'])
      f.addEventListener(type, (event) => { seen.push(type + (event.isTrusted ? '' : '?')); if (type === 'submit') event.preventDefault(); }, true);
      window.lamarckEvidence = () => [...new Set(seen)].sort();`;
    await withPage(
      page('<form id=f><input aria-label=Name><button>Send</button></form>', script),
      async (lease) => {
        await lease.fill(await refOf(lease, 'Name'), 'Ada');
        await lease.click(await refOf(lease, 'Send'));
        expect(await lease.evidence()).toEqual([
          'click',
          'input',
          'keydown',
          'mousedown',
          'mouseenter',
          'pointerdown',
          'submit',
        ]);
      },
    );
  });

  it('replaces what a field holds, whatever the characters', async () => {
    await withPage(
      page('<input aria-label=A value=old><textarea aria-label=B></textarea><input type=date aria-label=C>'),
      async (lease) => {
        await lease.fill(await refOf(lease, 'A'), 'Zoë "5%" <b>');
        await lease.fill(await refOf(lease, 'B'), 'one\ntwo');
        await lease.fill(await refOf(lease, 'C'), '2026-02-03');
        const values = (await lease.observe()).elements.map(({ value }) => value);
        expect(values).toEqual(['Zoë "5%" <b>', 'one\ntwo', '2026-02-03']);
        await lease.fill(await refOf(lease, 'A'), '');
        expect((await lease.observe()).elements[0]?.value).toBe('');
        await expect(lease.fill(await refOf(lease, 'C'), 'soon')).rejects.toMatchObject({
          code: 'LAMARCK_ACTION_REJECTED',
        });
      },
    );
  });

  it('chooses options by label or value, and tells the page', async () => {
    const script = `s.onchange = () => { out.textContent = 'chose ' + s.value; };`;
    await withPage(
      page(
        '<select id=s aria-label=S><option value=1>One<option value=2>Two</select><p id=out>-</p>',
        script,
      ),
      async (lease) => {
        await lease.select(await refOf(lease, 'S'), 'Two');
        expect(await textOf(lease)).toContain('chose 2');
        await lease.select(await refOf(lease, 'S'), '1');
        expect(await textOf(lease)).toContain('chose 1');
        await expect(lease.select(await refOf(lease, 'S'), 'Three')).rejects.toThrow('no option');
      },
    );
  });

  it('scrolls, and lets the page hear of it', async () => {
    const script = `addEventListener('scroll', () => { out.textContent = 'at ' + scrollY; });`;
    await withPage(
      page('<p id=out style="position:fixed">top</p><p style="height:3000px">tall</p>', script),
      async (lease) => {
        await lease.scroll(400);
        expect(await textOf(lease)).toContain('at 400');
      },
    );
  });

  it('is refused with a reason where a person could not do it', async () => {
    await withPage(
      page('<button disabled>Off</button><p>Text</p><input readonly aria-label=R>'),
      async (lease) => {
        await expect(lease.click(await refOf(lease, 'Off'))).rejects.toThrow('disabled');
        await expect(lease.fill(await refOf(lease, 'Text'), 'x')).rejects.toThrow('takes no text');
        await expect(lease.fill(await refOf(lease, 'R'), 'x')).rejects.toThrow('read-only');
        await expect(lease.click('e99')).rejects.toThrow('no element e99');
        await expect(lease.press('F99')).rejects.toThrow('no key');
        await expect(lease.back()).rejects.toThrow('no earlier page');
      },
    );
  });
});

describe('navigation', () => {
  const results = page('<h1>Results</h1><p id=p></p>', 'p.textContent = location.search;');

  it('follows a form to its results, and back', async () => {
    await withPage(
      { '/': page('<form action=/results><input name=q aria-label=Query></form>'), '/results': results },
      async (lease) => {
        await lease.fill(await refOf(lease, 'Query'), 'green tea');
        await lease.press('Enter');
        expect((await lease.observe()).url).toBe('/results?q=green+tea');
        expect(await textOf(lease)).toBe('Results | ?q=green+tea');
        await lease.back();
        expect((await lease.observe()).url).toBe('/');
        await expect(lease.back()).rejects.toThrow('no earlier page');
      },
    );
  });

  it('waits for one that a timer starts, for pages that lead on, and for steps in the history', async () => {
    const site = {
      '/': page(
        '<button>Go</button>',
        `document.querySelector('button').onclick = () => setTimeout(() => { location.href = '/hop'; }, 150);`,
      ),
      '/hop': page('<p>Hop</p>', `setTimeout(() => location.replace('/end'), 10);`),
      '/end': page('<button onclick="history.back()">Return</button>'),
    };
    await withPage(site, async (lease) => {
      await lease.click(await refOf(lease, 'Go'));
      expect((await lease.observe()).url).toBe('/end');
      await lease.click(await refOf(lease, 'Return'));
      expect((await lease.observe()).url).toBe('/');
    });
  });

  it('tells of a path that the site does not have, and stays within the page for anchors', async () => {
    await withPage(page('<a href=/nowhere>Lost</a> <a href="#here">Anchor</a>'), async (lease) => {
      await lease.click(await refOf(lease, 'Anchor'));
      expect((await lease.observe()).url).toBe('/');
      await lease.click(await refOf(lease, 'Lost'));
      expect(await textOf(lease)).toBe('Page not found');
    });
  });

  it('holds no download, and nothing keeps a page from being left', async () => {
    const script = `addEventListener('beforeunload', (event) => event.preventDefault()); onbeforeunload = () => 'stay';
      b.onclick = () => { out.textContent = 'opened ' + window.open(''); };`;
    const site = {
      '/': page(
        '<button id=b>Ask</button><p id=out>-</p><a href="data:text/plain,x" download>Save</a> <a href="mailto:a@b.c">Mail</a> <a href=/results>New</a>',
        script,
      ),
      '/results': results,
    };
    await withPage(site, async (lease) => {
      await lease.click(await refOf(lease, 'Ask'));
      expect(await textOf(lease)).toContain('opened null');
      await lease.click(await refOf(lease, 'Save'));
      await lease.click(await refOf(lease, 'Mail'));
      await lease.click(await refOf(lease, 'New'));
      expect((await lease.observe()).url).toBe('/results');
    });
  });
});

describe('the network', () => {
  it('is out of reach, and every try is counted', async () => {
    const before = sandbox.statistics.refusedRequests;
    const script = `const say = (text) => { out.textContent += ' ' + text; };
      fetch('https://example.com/a').catch(() => say('fetch'));
      fetch('http://127.0.0.1:9/').catch(() => say('loopback'));
      const image = new Image(); image.onerror = () => say('image'); image.src = 'http://example.com/b.png'; document.body.append(image);
      const socket = new WebSocket('ws://127.0.0.1:9/'); socket.onerror = () => say('socket');
      say(typeof RTCPeerConnection + ' ' + typeof Worker);
      fetch('/data.json').then((reply) => reply.json()).then((data) => say('own ' + data.value));`;
    const site = {
      '/': page('<p id=out></p><a href="https://example.com/">Away</a>', script),
      '/data.json': '{"value":7}',
    };
    await withPage(site, async (lease) => {
      await lease.press('Escape');
      const words = (await textOf(lease)).split(' ');
      expect(words).toEqual(
        expect.arrayContaining(['fetch', 'loopback', 'image', 'socket', 'undefined', '7']),
      );
      await lease.click(await refOf(lease, 'Away'));
      expect((await lease.observe()).url).toBe('/');
    });
    expect(sandbox.statistics.refusedRequests - before).toBe(5);
  });

  it('is out of reach also where the refusal is known before the page is asked how it settled', async () => {
    const away = `<!doctype html><p>Home</p><button onmousedown="location.href = 'https://example.com/'">Away</button>`;
    await withPage(away, async (lease) => {
      const before = sandbox.statistics.refusedRequests;
      for (let tries = 0; tries < 10; tries++) await lease.click(await refOf(lease, 'Away'));
      expect(await textOf(lease)).toBe('Home | Away');
      expect(sandbox.statistics.refusedRequests - before).toBe(10);
    });
  });
});

describe('repeatability', () => {
  const busy = page(
    `<h1 id=title>Busy</h1><form><input aria-label=Name><button type=button id=b>Go</button></form><ul id=log></ul>
     <style>@keyframes k { from { margin-left: 0 } to { margin-left: 300px } } h1 { animation: k 3s infinite; }</style>`,
    `const log = (text) => { const item = document.createElement('li'); item.textContent = text; document.getElementById('log').append(item); };
     log('start ' + Date.now() + ' ' + performance.now() + ' ' + Math.random() + ' ' + crypto.randomUUID() + ' ' + new Date());
     log('kept ' + localStorage.length + sessionStorage.length + document.cookie + window.name + history.length + history.state);
     log('globals ' + typeof window.leak + ' ' + (window.leak ?? 'none') + ' ' + String(Temporal.Now.instant()));
     let ticks = 0;
     setInterval(() => { ticks++; }, 30);
     const frame = () => { ticks += 100; if (ticks < 5000) requestAnimationFrame(frame); }; requestAnimationFrame(frame);
     for (const type of ['keydown', 'mousedown', 'mousemove', 'mouseover', 'mouseout', 'focusin', 'blur', 'click', 'resize', 'visibilitychange'])
       for (const target of [window, document]) target.addEventListener(type, (event) => {
         if (!['mousemove'].includes(type)) log(type + ' ' + (event.target.id ?? event.target.nodeName ?? 'window') + ' ' + ticks + ' ' + event.timeStamp + ' ' + Math.random());
       });
     new MutationObserver((records) => { window.mutations = (window.mutations ?? 0) + records.length; title.textContent = 'Busy ' + window.mutations; }).observe(document.getElementById('log'), { childList: true });
     new ResizeObserver(() => { title.dataset.seen = '1'; }).observe(title);
     b.addEventListener('click', async () => {
       localStorage.setItem('a', ticks); sessionStorage.setItem('b', '1'); window.leak = 'leaked';
       await new Promise((resolve) => setTimeout(resolve, 50)); log('later ' + performance.now());
       const channel = new MessageChannel(); channel.port1.onmessage = () => log('message ' + ticks); channel.port2.postMessage(1);
       title.animate([{ opacity: 0.5 }, { opacity: 1 }], 10_000);
     });
     window.lamarckEvidence = () => ({ ticks, random: Math.random() });`,
  );
  const actions = async (lease: PageLease): Promise<unknown[]> => {
    const seen: unknown[] = [await lease.observe()];
    const note = async (): Promise<void> => void seen.push([await lease.observe(), await lease.evidence()]);
    await lease.click(await refOf(lease, 'Go'));
    await note();
    await lease.fill(await refOf(lease, 'Name'), 'Ada L');
    await note();
    await lease.press('Tab');
    await note();
    await lease.click(await refOf(lease, 'Go'));
    await note();
    return seen;
  };
  // What the lease before left behind: nothing that outlives rewriting, or names that do.
  const noisy = page(
    '<button id=n>Noise</button>',
    `for (const target of [window, document, document.body ?? document]) for (const type of ['click', 'keydown', 'mousedown', 'load', 'DOMContentLoaded'])
       target.addEventListener(type, () => { document.body.append('NOISE'); document.title = 'NOISE'; });
     onclick = () => document.body.append('NOISE'); document.onkeydown = onclick;
     setInterval(() => document.body.append('NOISE'), 5); new MutationObserver(() => document.getElementById('title')?.append('NOISE')).observe(document, { childList: true, subtree: true });
     localStorage.setItem('noise', '1'); sessionStorage.setItem('noise', '1'); window.leak = 'noise'; window.name = 'noise'; Math.random();`,
  );
  const clinging =
    '<!doctype html><p>x</p><script>const cling = 1; function stay() {} var remain; document.cookie = "noise=1; path=/"; addEventListener("pagehide", () => localStorage.setItem("noise", "late"))</script>';

  it('holds across all three ways of coming to the start, whatever was there before', async () => {
    const single = createBrowserSandbox({ pages: 1 });
    try {
      const runs: { tier: string; seen: unknown[] }[] = [];
      for (const before of [undefined, noisy, noisy, clinging, clinging, undefined]) {
        if (before !== undefined) {
          const earlier = await single.lease({ site: { '/': before }, seed: 'before' });
          const [first] = (await earlier.observe()).elements;
          if (first) await earlier.click(first.ref);
          await earlier.release();
        }
        const lease = await single.lease({ site: { '/': busy }, seed: 'same' });
        runs.push({ tier: lease.tier, seen: await actions(lease) });
        await lease.release();
      }
      expect(runs.map(({ tier }) => tier)).toEqual([
        'fresh-context',
        'in-page',
        'in-page',
        'navigation',
        'navigation',
        'in-page',
      ]);
      for (const { seen } of runs) expect(seen).toEqual(runs[0]?.seen);
      expect(new Set(runs.map(({ seen }) => hashOf(seen))).size).toBe(1);
      // Each action did something.
      expect(new Set(runs[0]?.seen.map(hashOf)).size).toBe(5);
    } finally {
      await single[Symbol.asyncDispose]();
    }
  });

  it('depends on the seed', async () => {
    const random = page('<p id=p></p>', `p.textContent = Math.random();`);
    const [one, same, other] = [
      await withPage(random, textOf, 'a'),
      await withPage(random, textOf, 'a'),
      await withPage(random, textOf, 'b'),
    ];
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });

  it('does not reuse a window that a page left its mark on', async () => {
    const single = createBrowserSandbox({ pages: 1 });
    try {
      for (const change of [
        'function stay() {}',
        'var remain = 1;',
        'Array.prototype.last = 1;',
        'Math.max = () => 7;',
        'window.fetch = null;',
        'history.pushState({}, "", "/");',
        'navigation.addEventListener("navigate", () => {});',
      ]) {
        await (
          await single.lease({ site: { '/': `<p>x</p><script>${change}</script>` }, seed: '' })
        ).release();
        const lease = await single.lease({ site: { '/': page('<p>y</p>') }, seed: '' });
        expect([change, lease.tier]).not.toEqual([change, 'in-page']);
        await lease.release();
      }
    } finally {
      await single[Symbol.asyncDispose]();
    }
  });
});

describe('leases', () => {
  it('leave nothing behind', async () => {
    const names = ['in-page', 'navigation', 'fresh-context'] as const;
    const before = sandbox.statistics;
    for (let count = 0; count < 50; count++)
      await withPage(page(`<p>${count}</p>`, count % 5 === 0 ? 'window.name = 1;' : ''), textOf);
    const { leased, pages, resets, launched } = sandbox.statistics;
    expect(leased).toBe(0);
    expect(pages).toBeLessThanOrEqual(2);
    expect(launched).toBe(before.launched);
    expect(names.reduce((sum, name) => sum + resets[name] - before.resets[name], 0)).toBe(50);
  });

  it('are given out in order, and a wait can be given up', async () => {
    const site = { '/': page('<p>x</p>') };
    const [first, second] = await Promise.all([
      sandbox.lease({ site, seed: '' }),
      sandbox.lease({ site, seed: '' }),
    ]);
    const order: string[] = [];
    const wait = (name: string, signal?: AbortSignal) =>
      sandbox.lease({ site, seed: '', ...(signal && { signal }) }).then((lease) => {
        order.push(name);
        return lease.release();
      });
    const abort = new AbortController();
    const given = [wait('a'), wait('b')];
    const lost = wait('lost', abort.signal);
    given.push(wait('c'));
    abort.abort(new Error('given up'));
    await expect(lost).rejects.toThrow('given up');
    expect(order).toEqual([]);
    expect(sandbox.statistics.leased).toBe(2);
    await first.release();
    await Promise.all(given);
    expect(order).toEqual(['a', 'b', 'c']);
    await second.release();
    await second.release();
    expect(sandbox.statistics.leased).toBe(0);
    await expect(second.observe()).rejects.toMatchObject({ code: 'LAMARCK_PAGE_RELEASED' });
  });

  it('are refused once the browser is closed for good, also to those that wait', async () => {
    const closing = createBrowserSandbox({ pages: 1 });
    const site = { '/': page('<p>x</p>') };
    await closing.lease({ site, seed: '' });
    const waiting = closing.lease({ site, seed: '' });
    const refused = expect(waiting).rejects.toMatchObject({ code: 'LAMARCK_SANDBOX_DISPOSED' });
    await closing[Symbol.asyncDispose]();
    await refused;
    await expect(closing.lease({ site, seed: '' })).rejects.toMatchObject({
      code: 'LAMARCK_SANDBOX_DISPOSED',
    });
  });

  it('of pages that loop for ever end in an error, and the next page works', async () => {
    await using hasty = createBrowserSandbox({ pages: 1, hungAfterMilliseconds: HASTY });
    const hanging = page(
      '<button>Hang</button>',
      `document.querySelector('button').onclick = () => { for (;;); };`,
    );
    const lease = await hasty.lease({ site: { '/': hanging }, seed: '' });
    await expect(lease.click(await refOf(lease, 'Hang'))).rejects.toMatchObject({
      code: 'LAMARCK_PAGE_HUNG',
      boundary: 'sandbox',
    });
    await lease.release();
    await expect(hasty.lease({ site: { '/': page('', 'for (;;);') }, seed: '' })).rejects.toMatchObject({
      code: 'LAMARCK_PAGE_HUNG',
    });
    const next = await hasty.lease({ site: { '/': page('<p>alive</p>') }, seed: '' });
    expect(await textOf(next)).toBe('alive');
    await next.release();
    expect(hasty.statistics.leased).toBe(0);
  });

  it('of a browser that is killed end in an error, and the next lease starts another', async () => {
    const notices: string[] = [];
    const mortal = createBrowserSandbox({ pages: 1, onNotice: (text) => notices.push(text) });
    const others = browserProcesses();
    const lease = await mortal.lease({ site: { '/': page('<button>x</button>') }, seed: '' });
    for (const id of browserProcesses()) if (!others.includes(id)) process.kill(id, 'SIGKILL');
    await expect(lease.click('e1')).rejects.toMatchObject({
      code: 'LAMARCK_BROWSER_DIED',
      boundary: 'sandbox',
    });
    await lease.release();
    const next = await mortal.lease({ site: { '/': page('<p>again</p>') }, seed: '' });
    expect(await textOf(next)).toBe('again');
    await next.release();
    expect(mortal.statistics).toMatchObject({ launched: 2, leased: 0, pages: 1 });
    expect(notices.some((text) => text.includes('ended'))).toBe(true);
    await mortal[Symbol.asyncDispose]();
    expect(browserProcesses()).toEqual(others);
  });
});
