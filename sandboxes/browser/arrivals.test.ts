import { globSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { hashOf, type BrowserSandbox, type PageLease, type SiteView } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

/** Icons; no other font has a glyph at U+EA60. */
const [iconFont = ''] = globSync('node_modules/playwright-core/lib/vite/recorder/assets/*.ttf');
const svg = (side: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side / 2}"><rect width="100%" height="100%"/></svg>`;

/** A site's files; a digit in the name makes a resource another one, of another size. */
function contentOf(path: string): string | Buffer {
  const [name = '', n = '1'] = /(\w+?)(\d?)\.\w+$/.exec(path)?.slice(1) ?? [];
  const files: Readonly<Record<string, () => string | Buffer>> = {
    picture: () => svg(100 + 60 * Number(n)),
    small: () => svg(40 + 20 * Number(n)),
    icons: () => readFileSync(iconFont),
    styles: () => `@import url(/imported${n}.css); .grown${n} { height: ${80 * Number(n)}px }`,
    imported: () => `.grown${n} { margin-top: ${20 * Number(n)}px; width: 300px }`,
    script: () => `tell('script ${n}');`,
    module: () => `export const name = 'module ${n}';`,
    answer: () => `answer ${n}`,
    frame: () => `<body style="margin:0"><img src="/picture${n}.svg"><button>Within ${n}</button>`,
  };
  const make = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!make) throw new Error(`ENOENT: ${path}`);
  return make();
}

/** By what a page asks for a resource: something in HTML that is put into it, or a script that is run, the nth time. */
const kinds: Readonly<Record<string, { html?: (n: number) => string; script?: string }>> = {
  'an img': { html: (n) => `<img src="/picture${n}.svg">` },
  'an img in a picture': {
    html: (n) => `<picture><source srcset="/picture${n}.svg"><img src="/small${n}.svg"></picture>`,
  },
  'an img that is loaded lazily': { html: (n) => `<img loading=lazy src="/picture${n}.svg">` },
  'an img in a shadow tree': {
    script: `const host = m.appendChild(document.createElement('div'));
      host.attachShadow({ mode: 'open' }).innerHTML = '<img src="/picture' + n + '.svg">';`,
  },
  'an image button': { html: (n) => `<input type=image alt=Send src="/picture${n}.svg">` },
  'a poster': { html: (n) => `<video poster="/picture${n}.svg"></video>` },
  'an object': { html: (n) => `<object data="/picture${n}.svg" type="image/svg+xml"></object>` },
  'an image in SVG': {
    html: (n) =>
      `<svg width=600 height=300><image role=button aria-label=Picture href="/picture${n}.svg"/></svg>`,
  },
  'content: url()': { html: (n) => `<div style="content: url(/picture${n}.svg)"></div>` },
  '::before with content: url()': {
    html: (n) =>
      `<style>.before${n}::before { content: url(/picture${n}.svg) }</style><p class=before${n}>x</p>`,
  },
  'list-style-image': {
    html: (n) => `<ul><li style="list-style: inside url(/picture${n}.svg)">Item ${n}</ul>`,
  },
  'shape-outside': {
    html: (n) =>
      `<div style="width:400px"><i style="float:left;width:200px;height:90px;shape-outside:url(/picture${n}.svg)"></i><button>B${n}</button></div>`,
  },
  'pictures without a size of their own': {
    html: (n) =>
      `<p style="background:url(/picture${n}.svg);border:9px solid;border-image:url(/small${n}.svg) 3;cursor:url(/small${n}.svg),auto;mask:url(/picture${n}.svg)">x</p>`,
  },
  'a font': {
    html: (n) =>
      `<style>@font-face { font-family: f${n}; src: url(/icons${n}.ttf) }</style><button style="font:40px f${n}">${'&#xea60;'.repeat(9)}</button>`,
  },
  'a font that is shown only if it comes soon': {
    html: (n) =>
      `<style>@font-face { font-family: f${n}; font-display: optional; src: url(/icons${n}.ttf) }</style><button style="font:40px f${n}">${'&#xea60;'.repeat(9)}</button>`,
  },
  'a font of a script': {
    script: `new FontFace('f' + n, 'url(/icons' + n + '.ttf)').load().then((face) => {
      document.fonts.add(face); tell('font ' + n); }); tell('asked');`,
  },
  'a stylesheet that a script adds': {
    script: `const link = document.createElement('link'); link.rel = 'stylesheet'; link.href = '/styles' + n + '.css';
      document.head.append(link); m.insertAdjacentHTML('beforeend', '<button class=grown' + n + '>Grown</button>');`,
  },
  'a stylesheet of an empty element': {
    html: (n) => `<link rel=stylesheet href="/styles${n}.css"><button class=grown${n}>Grown</button>`,
  },
  'scripts that a script adds': {
    script: `for (const at of [3 * n - 2, 3 * n - 1, 3 * n]) { const script = document.createElement('script');
      script.src = '/script' + at + '.js'; document.head.append(script); } tell('asked');`,
  },
  'a module': { script: `import('/module' + n + '.js').then(({ name }) => tell(name)); tell('asked');` },
  'a frame': { html: (n) => `<iframe src="/frame${n}.html" width=400 height=250></iframe>` },
  'images that nobody shows': {
    script: `for (const at of [3 * n - 2, 3 * n - 1, 3 * n]) { const image = new Image();
      image.onload = () => tell('image ' + at + ' ' + image.width); image.src = '/picture' + at + '.svg'; }`,
  },
  'an image that is decoded': {
    script: `const image = new Image(); image.src = '/picture' + n + '.svg'; image.decode().then(() => m.append(image));`,
  },
  fetch: {
    script: `for (const at of [n, n + 1, n + 2]) fetch('/answer' + at + '.txt').then((got) => got.text()).then(tell);`,
  },
  'fetch, read bit by bit': {
    script: `fetch('/answer' + n + '.txt').then(async ({ body }) => { for await (const bytes of body) tell(new TextDecoder().decode(bytes)); });`,
  },
  'fetch, read by a reader of one of two copies': {
    script: `fetch('/answer' + n + '.txt').then(async ({ body }) => { const reader = body.tee()[0].pipeThrough(new TextDecoderStream()).getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) tell(part.value); });`,
  },
  'a stream of a script that has no end': {
    script: `tell('asked ' + n); new ReadableStream({}).getReader().read().then(() => tell('never'));`,
  },
  XMLHttpRequest: {
    script: `const request = new XMLHttpRequest(); request.onload = () => tell(request.response);
      request.open('GET', '/answer' + n + '.txt'); request.send();`,
  },
  'an img, while time goes on': {
    script: `let ticks = 0; const timer = setInterval(() => { if (++ticks > 30) clearInterval(timer); }, 10);
      setTimeout(() => { const image = new Image(); image.onload = () => tell('after ' + ticks); image.src = '/picture' + n + '.svg'; m.append(image); }, 45);`,
  },
  'a picture of a style that a later timer measures': {
    script: `setTimeout(() => m.insertAdjacentHTML('beforeend', '<div style="content:url(/picture' + n + '.svg)"></div>'), 20);
      for (const at of [60, 120, 180]) setTimeout(() => tell(m.offsetHeight), at);`,
  },
  'a fetch, while time goes on': {
    script: `let ticks = 0; const timer = setInterval(() => { if (++ticks > 30) clearInterval(timer); }, 10);
      setTimeout(() => fetch('/answer' + n + '.txt').then(() => tell('after ' + ticks)), 45);`,
  },
  'an img that an observer waits for': {
    script: `const box = m.appendChild(document.createElement('div')); box.style.cssText = 'display:inline-block';
      new ResizeObserver(() => tell(box.offsetWidth)).observe(box); box.innerHTML = '<img src="/picture' + n + '.svg">';`,
  },
  'an img after an img': {
    script: `const image = m.appendChild(new Image()); image.src = '/small' + n + '.svg';
      image.onload = () => { image.onload = null; image.src = '/picture' + n + '.svg'; };`,
  },
};

const siteOf = ({ html, script = '' }: { html?: (n: number) => string; script?: string }): SiteView => {
  const block = (n: number): string => `<div>${html?.(n) ?? ''}</div>`;
  const more = [2, 3].map(block);
  const document = `<!doctype html><title>Test</title><button id=go>Go</button><main id=m>${block(1)}</main><button>After</button><p id=o></p>
    <script>(() => { window.tell = (text) => { o.textContent += text + '; '; };
      const more = ${JSON.stringify(more)}; const add = (n) => { ${script} }; let n = 1; add(n);
      go.onclick = () => { n++; m.insertAdjacentHTML('beforeend', more[n - 2] ?? ''); add(n); }; })();</script>`;
  return { site: { '/': document }, folder: '/site' };
};

/** mulberry32 */
function delays(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let delay = (): number => 0;
let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({
    pages: 1,
    readFile: async (path) => {
      await setTimeout(Math.floor(delay() * 40));
      return Buffer.from(contentOf(path));
    },
  });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const looks = async (lease: PageLease): Promise<readonly string[]> => {
  const seen = [JSON.stringify(await lease.observe())];
  for (let click = 0; click < 2; click++) {
    const { elements } = await lease.observe();
    await lease.click(elements.find(({ name }) => name === 'Go')?.ref ?? '');
    seen.push(JSON.stringify(await lease.observe()));
  }
  return seen;
};

/** Times that each page is played, with other delays each. */
const plays = 3;

describe('an action waits for what the page has asked for', () => {
  it('and shows what has arrived with the first look', async () => {
    delay = () => 1;
    const shown: Readonly<Record<string, RegExp>> = {
      'an img': /"role":"button","name":"After","box":\[8,116,/,
      'content: url()': /"name":"After","box":\[8,112,/,
      'a stylesheet that a script adds': /"name":"Grown","box":\[\d+,\d+,300,80\]/,
      'scripts that a script adds': /asked; script 1; script 2; script 3;/,
      'a module': /asked; module 1;/,
      'images that nobody shows': /image 1 160; image 2 220; image 3 280;/,
      fetch: /answer 1; answer 2; answer 3;/,
    };
    for (const [name, pattern] of Object.entries(shown)) {
      const lease = await sandbox.lease({ ...siteOf(kinds[name] ?? {}), seed: 'seed' });
      expect(JSON.stringify(await lease.observe()), name).toMatch(pattern);
      await lease.release();
    }
  }, 120_000);

  it('of its own site: a page does not keep the pictures of the one before', async () => {
    const sides: (number | undefined)[] = [];
    for (const side of [40, 80, 120]) {
      const site = { '/': '<!doctype html><img alt=Box src="/box.svg">', '/box.svg': svg(side) };
      const lease = await sandbox.lease({ site, seed: 'seed' });
      sides.push((await lease.observe()).elements[0]?.box[2]);
      await lease.release();
    }
    expect(sides).toEqual([40, 80, 120]);
  });

  it('and is not held up by what another site refuses', async () => {
    const site = {
      '/': '<!doctype html><img alt=Away src="https://example.com/a.png"><div style="content:url(http://example.com/b.png)"></div><button>Go</button>',
    };
    const lease = await sandbox.lease({ site, seed: 'seed' });
    expect((await lease.observe()).elements.map(({ name }) => name)).toContain('Go');
    await lease.release();
  });

  it.each([
    ['a page', '', 'document'],
    ['a frame', '<iframe></iframe>', 'frames[0].document'],
    ['a frame with a document', '<iframe srcdoc="<p>Old</p>"></iframe>', 'frames[0].document'],
  ])(
    'and not for more of %s that a script opened and never closed, but for its parts',
    async (_, frame, opened) => {
      delay = () => 1;
      const written = '<button>New</button><img src="/picture1.svg"><button>After</button>';
      const site = {
        '/': `<!doctype html><button onclick='${opened}.write(${JSON.stringify(written)})'>Go</button>${frame}`,
      };
      const lease = await sandbox.lease({ site, folder: '/site', seed: 'seed' });
      await lease.click((await lease.observe()).elements[0]?.ref ?? '');
      const { elements } = await lease.observe();
      const [first, second] = elements.slice(-2);
      expect([first?.name, second?.name]).toEqual(['New', 'After']);
      // Beside a picture 160 px wide.
      expect((second?.box[0] ?? 0) - (first?.box[0] ?? 0)).toBeGreaterThan(160);
      await lease.release();
    },
  );

  it('though a page may always ask for more', async () => {
    const notices: string[] = [];
    await using endless = createBrowserSandbox({ pages: 1, onNotice: (text) => notices.push(text) });
    const site = {
      '/': '<!doctype html><button>Go</button><script>let n = 0; const image = new Image(); image.onerror = () => { image.src = `/${++n}.png`; }; image.src = "/0.png";</script>',
    };
    const lease = await endless.lease({ site, seed: 'seed' });
    expect((await lease.observe()).elements.map(({ name }) => name)).toEqual(['Go']);
    await lease.release();
    expect(notices.filter((text) => text.includes('before all of it had arrived'))).toEqual([
      expect.stringMatching(/http:\/\/task\.test\/\d+\.png/),
    ]);
  });
});

describe('equal seeds are equal episodes, however long resources take', () => {
  it.each(Object.entries(kinds))(
    '%s',
    async (_, kind) => {
      const hashes = new Set<string>();
      let last: readonly string[] = [];
      for (let play = 0; play < plays; play++) {
        delay = play === 0 ? () => 0 : delays(play);
        const lease = await sandbox.lease({ ...siteOf(kind), seed: 'seed' });
        last = await looks(lease);
        await lease.release();
        hashes.add(hashOf([...last]));
      }
      expect(hashes.size).toBe(1);
      // Each look shows more than the one before.
      expect(new Set(last).size).toBe(3);
    },
    120_000,
  );
});
