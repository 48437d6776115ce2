import type { BrowserSandbox, Json } from 'lamarck';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function recorded(site: string | Record<string, string>, perform: (page: Page) => Promise<void>) {
  const lease = await sandbox.lease({ site: typeof site === 'string' ? { '/': site } : site, seed: 'seed' });
  try {
    return { actions: await lease.record(perform), evidence: await lease.evidence() };
  } finally {
    await lease.release();
  }
}
const ref = (role: string, name: string, place?: number): Json => ({
  role,
  name,
  ...(place !== undefined && { place }),
});

describe('what is done by hand', () => {
  it('is written as the actions that come to the same', async () => {
    const form = `<!doctype html><label>Name <input id=n></label><label><input type=checkbox id=c> Ready</label>
      <select aria-label=Size><option>Small<option>Large</select>
      <ul><li>One <button onclick="window.pressed = 1">Choose</button><li>Two <button onclick="window.pressed = 2">Choose</button></ul>
      <input type=date aria-label=Day>
      <script>window.lamarckEvidence = () => [n.value, c.checked, window.pressed];</script>`;
    const { actions, evidence } = await recorded(form, async (page) => {
      await page.getByLabel('Name').click();
      await page.keyboard.type('Ada');
      await page.keyboard.press('Enter');
      await page.getByText('Ready').click();
      await page.getByLabel('Size').selectOption('Large');
      await page.getByRole('button').nth(1).focus();
      await page.keyboard.press('Space');
      await page.getByLabel('Day').fill('2026-03-04');
    });
    expect(actions).toEqual([
      { fill: { ref: ref('textbox', 'Name'), text: 'Ada' } },
      { press: { key: 'Enter' } },
      { click: { ref: ref('checkbox', 'Ready') } },
      { select: { ref: ref('combobox', 'Size'), option: 'Large' } },
      { click: { ref: ref('button', 'Choose', 1) } },
      { fill: { ref: ref('textbox', 'Day'), text: '2026-03-04' } },
    ]);
    expect(evidence).toEqual(['Ada', true, 2]);
  });

  it('goes on across documents, timers and dialogs', async () => {
    const site = {
      '/': `<form action=/next><input aria-label=Word name=w><button>Go</button></form>`,
      '/next': `<!doctype html><p id=p>wait</p><script>
        setTimeout(() => { const b = document.createElement('button'); b.textContent = 'Late';
          b.onclick = () => { p.textContent = confirm('Sure?') ? 'sure' : 'not'; }; document.body.append(b); }, 1000);
        window.lamarckEvidence = () => p.textContent + location.search;</script>`,
    };
    const { actions, evidence } = await recorded(site, async (page) => {
      await page.getByLabel('Word').fill('tea');
      await page.getByRole('button', { name: 'Go' }).click();
      await page.getByRole('button', { name: 'Late' }).click();
      await page.getByText('sure').waitFor();
    });
    expect(actions).toEqual([
      { fill: { ref: ref('textbox', 'Word'), text: 'tea' } },
      { click: { ref: ref('button', 'Go') } },
      { click: { ref: ref('button', 'Late') } },
      { accept: {} },
    ]);
    expect(evidence).toBe('sure?w=tea');
  });

  it('is not written where it fails, nor what scripts of the page do', async () => {
    const page = `<button id=b onclick="setTimeout(() => c.click(), 20)">A</button><button id=c>C</button>`;
    expect((await recorded(page, (shown) => shown.getByText('A').click())).actions).toEqual([
      { click: { ref: ref('button', 'A') } },
    ]);
    const failing = recorded(page, async () => Promise.reject(new Error('it gave up')));
    await expect(failing).rejects.toThrow('it gave up');
    expect(sandbox.statistics.leased).toBe(0);
  });
});
