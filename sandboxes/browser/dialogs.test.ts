import { hashOf, type BrowserSandbox, type PageLease } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const asking = `<!doctype html><button id=b>Ask</button><p id=out>-</p>
  <script>b.onclick = () => { alert('Careful'); const sure = confirm('Sure?'); out.textContent = sure + ' ' + prompt('Name?', 'Ada'); };
  window.lamarckEvidence = () => out.textContent;</script>`;
const lease = (html: string): Promise<PageLease> => sandbox.lease({ site: { '/': html }, seed: 'seed' });
async function ask(page: PageLease): Promise<void> {
  const { elements } = await page.observe();
  await page.click(elements.find(({ name }) => name === 'Ask')?.ref ?? '');
}

describe('a dialog', () => {
  it('is shown until it is answered, and nothing else can be done', async () => {
    const page = await lease(asking);
    await ask(page);
    expect(await page.observe()).toEqual({
      url: '/',
      dialog: { kind: 'alert', message: 'Careful' },
      elements: [],
    });
    await expect(page.press('Enter')).rejects.toMatchObject({ code: 'LAMARCK_ACTION_REJECTED' });
    await page.accept();
    expect((await page.observe()).dialog).toEqual({ kind: 'confirm', message: 'Sure?' });
    await page.dismiss();
    expect((await page.observe()).dialog).toEqual({ kind: 'prompt', message: 'Name?' });
    await page.accept('Grace');
    expect((await page.observe()).elements.map(({ name }) => name)).toContain('false Grace');
    await expect(page.accept()).rejects.toThrow('No dialog is open');
    await ask(page);
    await page.accept();
    await page.accept();
    await page.accept();
    expect(await page.evidence()).toBe('true Ada');
    await page.release();
  });

  it('of a script that runs at the start or after a while is shown too', async () => {
    const page = await lease(
      `<!doctype html><button>Go</button><script>alert('Hello'); setTimeout(() => alert('Later'), 100);</script>`,
    );
    expect((await page.observe()).dialog?.message).toBe('Hello');
    await page.accept();
    expect((await page.observe()).dialog?.message).toBe('Later');
    await page.accept();
    expect((await page.observe()).elements.map(({ name }) => name)).toEqual(['Go']);
    await page.release();
  });

  it('repeats itself', async () => {
    const html = `<!doctype html><button id=b>Ask</button><p id=out>-</p><script>b.onclick = () => {
      for (let times = 0; times < 3; times++) out.textContent += confirm('Is it ' + Math.random() + '?') + ' ' + Date.now() + ' '; };</script>`;
    const hashes: string[][] = [[], []];
    for (const seen of hashes) {
      const page = await lease(html);
      await ask(page);
      for (const accept of [true, false, true]) {
        seen.push(hashOf(await page.observe()));
        await (accept ? page.accept() : page.dismiss());
      }
      seen.push(hashOf(await page.observe()));
      await page.release();
    }
    expect(hashes[1]).toEqual(hashes[0]);
    expect(new Set(hashes[0]).size).toBe(4);
  });

  it('is dismissed before evidence is taken, and with a release', async () => {
    const page = await lease(asking);
    await ask(page);
    expect(await page.evidence()).toBe('false null');
    await ask(page);
    await page.release();
    const next = await lease('<!doctype html><p>next</p>');
    expect((await next.observe()).elements.map(({ name }) => name)).toEqual(['next']);
    await next.release();
    expect(sandbox.statistics.leased).toBe(0);
  });

  it('that comes again for ever costs the page, and no more', async () => {
    const page = await lease(`<!doctype html><script>for (;;) alert('Again');</script>`);
    expect((await page.observe()).dialog?.message).toBe('Again');
    await page.release();
    const next = await lease('<!doctype html><p>next</p>');
    expect(next.tier).toBe('fresh-context');
    await next.release();
  });

  it('in evidence, or in what ends with a page, is dismissed without being shown', async () => {
    const html = `<!doctype html><p id=out>-</p><iframe srcdoc="<p>in</p>"></iframe><script>
      customElements.define('a-sked', class extends HTMLElement { disconnectedCallback() { alert('Gone'); Promise.resolve().then(() => alert('Gone again')); } });
      document.body.append(document.createElement('a-sked'));
      window.lamarckEvidence = () => {
        const answers = [String(alert('Now')), confirm('Sure?'), prompt('Name?', 'Ada'), frames[0].confirm('There?')];
        Promise.resolve().then(() => { out.textContent = confirm('Later?'); });
        return { answers, toJSON() { return [...answers, confirm('As JSON?')]; } };
      };</script>`;
    const page = await lease(html);
    for (let times = 0; times < 2; times++)
      expect(await page.evidence()).toEqual(['undefined', false, null, false, false]);
    expect((await page.observe()).dialog).toBeUndefined();
    await page.press('Escape');
    expect((await page.observe()).elements.map(({ name }) => name)).toContain('false');
    await page.release();
    const next = await lease('<!doctype html><p>next</p>');
    expect((await next.observe()).elements.map(({ name }) => name)).toEqual(['next']);
    await next.release();
  });

  it('in evidence is no step of a playout', async () => {
    const page = await lease(
      `<!doctype html><button onclick="this.textContent = 'Gone'">Go</button><script>window.lamarckEvidence = () => [confirm('Sure?'), document.querySelector('button').textContent];</script>`,
    );
    const playouts = await page.explore({
      ...{ tries: 4, steps: 3, seed: 'play', texts: [], files: {} },
      ...{ roles: { click: ['button'], fill: [] }, most: { hovers: 0, drags: 0 } },
    });
    expect(playouts).toEqual([{ actions: [{ click: { ref: 'e1' } }], url: '/', evidence: [false, 'Gone'] }]);
    await page.release();
  });

  it('does not keep a page from being left', async () => {
    const page = await sandbox.lease({
      site: {
        '/': `<!doctype html><a href=/next>Ask</a><script>onbeforeunload = (event) => { event.preventDefault(); return 'Stay?'; };</script>`,
        '/next': '<!doctype html><p>next</p>',
      },
      seed: 'seed',
    });
    await ask(page);
    expect((await page.observe()).url).toBe('/next');
    await page.release();
  });
});
