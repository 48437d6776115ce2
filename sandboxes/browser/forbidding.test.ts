import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApplicationLease, BrowserSandbox } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let html = '';
let server: Server;
let sandbox: BrowserSandbox;
/** What the page's own scripts and forms did, by name. */
const done: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const [, name] = /^\/done\/(\w+)/.exec(request.url ?? '') ?? [];
    if (name !== undefined) done.push(name);
    response.setHeader('content-type', 'text/html').end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

/** What is done of a page's doings, where agents do this and what is called `Delete …` is forbidden. */
async function doneBy(
  body: string,
  act: (page: ApplicationLease, ref: (name: string) => string) => Promise<unknown>,
): Promise<string[]> {
  html = `<!doctype html><script>const report = (name) => void fetch('/done/' + name, { method: 'POST' })</script>
    <input aria-label=Before>${body}`;
  done.length = 0;
  const page = await sandbox.leaseApplication({
    seed: 'seed',
    prepare: async () => ({
      application: {
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        origins: [],
        clock: 'real',
        settle: { quietMilliseconds: 50, mostMilliseconds: 2_000 },
        forbidden: { methods: [], roles: ['switch'], names: [/^delete (?:account|all)/i] },
        context: {},
      },
      path: '/',
    }),
  });
  try {
    const { elements } = await page.observe();
    await act(page, (name) => elements.find((element) => element.name === name)?.ref ?? '');
    return [...done];
  } finally {
    await page.release();
  }
}

/** Comes to what stands after the first field by key, and presses keys there. */
const onNext =
  (...keys: string[]) =>
  async (page: ApplicationLease, ref: (name: string) => string): Promise<void> => {
    await page.click(ref('Before'));
    for (const key of ['Tab', ...keys]) await page.press(key);
  };
const clickable = 'style="cursor: pointer"';

describe('what is forbidden', () => {
  it.each([
    ['without a role', `<div onclick="report('it')">Delete account</div>`],
    ['that is a link without an address', `<a ${clickable} onclick="report('it')">Delete account</a>`],
    ['that only its script knows of', `<div onpointerup="report('it')">Delete account</div>`],
    [
      'called otherwise for those who do not see it',
      `<button aria-label=Bin onclick="report('it')">Delete account</button>`,
    ],
    [
      'written with what is not seen',
      `<button onclick="report('it')">D&#8203;el&shy;ete&nbsp; account</button>`,
    ],
    ['by its role', `<div role=switch onclick="report('it')">Delete account</div>`],
  ])('is not clicked: something %s', async (_, body) => {
    const acted = doneBy(body, async (page, ref) => {
      const { elements } = await page.observe();
      expect(elements[1]?.state).toContain('forbidden');
      await expect(page.click('e2')).rejects.toThrow('e2 is forbidden.');
      await page.click(ref('Before'));
    });
    expect(await acted).toEqual([]);
  });

  it('is not reached through what is around it', async () => {
    const body = `<label style="display: block; width: 300px">Go on
      <button style="opacity: 0" onclick="report('it')">Delete account</button></label>`;
    expect(await doneBy(body, (page, ref) => page.click(ref('Go on')))).toEqual([]);
  });

  it('leaves all else as it is, the text around a control included', async () => {
    const body = `<div onclick="report('around')">Delete account? <button onclick="report('inner')">Keep</button></div>
      <dialog open>Delete all? <button onclick="report('cancel')">Cancel</button></dialog>`;
    const acted = doneBy(body, async (page, ref) => {
      await page.click(ref('Keep'));
      await page.click(ref('Cancel'));
    });
    expect((await acted).toSorted()).toEqual(['around', 'cancel', 'inner']);
  });

  it.each([
    [
      'keydown',
      ['Enter'],
      `<div role=button tabindex=0 onkeydown="event.key === 'Enter' && report('it')">Delete account</div>`,
    ],
    ['keyup', [' '], `<button onkeyup="report('it')">Delete account</button>`],
    [
      'typing',
      ['x'],
      `<input aria-label="Delete account" oninput="report('it')" onbeforeinput="report('it')">`,
    ],
    [
      'choosing',
      ['ArrowDown'],
      `<select aria-label="Delete account" onchange="report('it')"><option>no<option>yes</select>`,
    ],
    ['the focus', [], `<button onfocus="report('it')" onblur="report('it')">Delete account</button>`],
  ])('hears no key: by %s', async (_, keys, body) => {
    expect(await doneBy(body, onNext(...keys))).toEqual([]);
  });

  it('lets the focus go on', async () => {
    const body = `<button>Delete account</button><button onclick="report('next')">Next</button>`;
    expect(await doneBy(body, onNext('Tab', 'Enter'))).toEqual(['next']);
  });

  it.each([
    [
      'by a button that is not shown',
      `<form action=/done/it><input aria-label=Word><button style="display: none">Delete account</button></form>`,
    ],
    [
      'by a script that sends it with its button',
      `<form action=/done/it><input aria-label=Word onkeydown="form.requestSubmit()"><button>Delete account</button></form>`,
    ],
  ])('sends no form: %s', async (_, body) => {
    expect(await doneBy(body, onNext('Enter'))).toEqual([]);
  });

  it('is no option that can be chosen, by action or by key', async () => {
    const body = `<select aria-label=Action onchange="report(value)">
      <option value=none>None<option value=it>Delete account<option value=copy>Copy</select>`;
    const acted = doneBy(body, async (page, ref) => {
      expect((await page.observe()).elements[1]?.options).toEqual(['None', 'Copy']);
      await expect(page.select(ref('Action'), 'Delete account')).rejects.toThrow(
        '"Delete account" is forbidden.',
      );
      await onNext('ArrowDown')(page, ref);
      expect((await page.observe()).elements[1]).toMatchObject({ value: 'None' });
      await page.select(ref('Action'), 'Copy');
    });
    expect(await acted).toEqual(['copy']);
  });

  it('is no place to drop something', async () => {
    const body = `<div draggable=true ondragstart="event.dataTransfer.setData('text', 'x')">Item</div>
      <div style="height: 80px" ondragover="event.preventDefault()" ondrop="report('it')"><br><br><p>Delete account</p></div>`;
    const acted = doneBy(body, async (page, ref) => {
      await expect(page.drag(ref('Item'), ref('Delete account'))).rejects.toThrow('is forbidden');
    });
    expect(await acted).toEqual([]);
  });

  it.each(['open', 'closed'])('is held in a shadow root that is %s', async (mode) => {
    const body = `<my-box></my-box><script>
      const root = document.querySelector('my-box').attachShadow({ mode: '${mode}' });
      root.innerHTML = '<button>Delete account</button>';
      root.firstChild.onclick = root.firstChild.onkeydown = () => report('it');
    </script>`;
    expect(await doneBy(body, onNext('Enter'))).toEqual([]);
  });

  it.each([
    'document.open(); document.write(text); document.close()',
    'document.write(text); document.close()',
  ])('is held in a document that is written anew: %s', async (code) => {
    const body = `<script>const text = \`<input aria-label=Before><button onclick="fetch('/done/it')">Delete account</button>\`;
        onload = () => setTimeout(() => { ${code} });</script>`;
    expect(await doneBy(body, onNext('Enter'))).toEqual([]);
  });
});
