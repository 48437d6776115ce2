import type { BrowserSandbox, Json } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** What a page tells, and its field holds, after texts were filled in one after the other. */
async function fill(body: string, ...texts: string[]): Promise<{ told: Json; value: string | undefined }> {
  const html = `<!doctype html><script>let count = 0; const seen = []; window.lamarckEvidence = () => seen.length > 0 ? seen : count;</script>${body}`;
  const page = await sandbox.lease({ site: { '/': html }, seed: 'seed' });
  try {
    for (const text of texts) await page.fill('e1', text);
    const [field] = (await page.observe()).elements;
    return { told: await page.evidence(), value: field?.value };
  } finally {
    await page.release();
  }
}

describe('typing', () => {
  it.each([
    ['a listener', '<input id=f><script>f.addEventListener("keydown", () => count++)</script>'],
    ['a listener around it', '<input><script>addEventListener("keypress", () => count++, true)</script>'],
    ['an attribute', '<input onkeyup="count++">'],
    ['an attribute around it', '<form oninput="count++"><input></form>'],
    ['a property', '<input><script>document.onbeforeinput = () => count++</script>'],
    [
      'a listener that came with the focus',
      '<input onfocus="this.addEventListener(\'input\', () => count++)">',
    ],
    [
      'a listener in a shadow tree',
      '<p id=h></p><script>const root = h.attachShadow({ mode: "open" }); root.innerHTML = "<p onkeydown=count++><input></p>";</script>',
    ],
  ])('is heard key by key by %s', async (_, body) => {
    expect(await fill(body, 'green tea')).toEqual({ told: 9, value: 'green tea' });
  });

  it('that nobody hears is a change by a person all the same', async () => {
    const body = `<input onchange="seen.push(event.isTrusted, value, selectionStart)"><textarea></textarea>`;
    expect(await fill(body, 'green', 'Zoë "5%"\t<b>')).toEqual({ told: 0, value: 'Zoë "5%"\t<b>' });
    const page = await sandbox.lease({
      site: {
        '/': `<!doctype html><input id=f maxlength=5 value=old onchange="log.textContent = [event.isTrusted, value]"><textarea></textarea><p id=log>-</p>`,
      },
      seed: 'seed',
    });
    await page.fill('e1', 'green tea');
    await page.fill('e2', 'one\n\ntwo');
    const [field, text, log] = (await page.observe()).elements;
    expect([field?.value, text?.value, log?.name]).toEqual(['green', 'one\n\ntwo', 'true,green']);
    await page.release();
  });

  it.each([
    ['password', 'p4$$ word'],
    ['email', 'ada@example.com'],
    ['search', 'tea'],
    ['tel', '555 0199'],
    ['url', 'https://a.example/'],
    ['number', '12.5'],
  ])(
    'goes into a field of type %s, whatever the page puts in the place of the browser’s own',
    async (type, text) => {
      const body = `<input type=${type} value="1"><script>document.execCommand = () => { seen.push('called'); return true; }</script>`;
      expect(await fill(body, text)).toEqual({
        told: 0,
        value: type === 'password' ? expect.any(String) : text,
      });
    },
  );

  it('in a page whose window was written again is heard as that page hears it', async () => {
    await fill('<input><script>addEventListener("keydown", () => count++)</script>', 'tea');
    expect(await fill('<input>', 'tea')).toEqual({ told: 0, value: 'tea' });
    expect(await fill('<input onkeydown="count++">', 'tea')).toEqual({ told: 3, value: 'tea' });
  });
});
