import { hashOf, type BrowserSandbox, type PageLease } from 'lamarck';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowserSandbox } from './index.ts';

let sandbox: BrowserSandbox;
beforeAll(() => {
  sandbox = createBrowserSandbox({ pages: 1 });
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function withPage(html: string, use: (lease: PageLease) => Promise<void>): Promise<void> {
  const lease = await sandbox.lease({ site: { '/': `<!doctype html>${html}` }, seed: 'seed' });
  try {
    await use(lease);
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

describe('hovering', () => {
  it('shows what a style or a script reveals, and leaves what does not react alone', async () => {
    const html = `<style>.sub { display: none } .menu:hover .sub { display: block } button:hover { color: red }</style>
      <ul><li class=menu><a href="#m">Menu</a><div class=sub><button>Inside</button></div></li></ul>
      <p id=tip>Tip</p><button>Plain</button><p id=out>-</p>
      <script>tip.addEventListener('mouseenter', (event) => { out.textContent = 'trusted ' + event.isTrusted; });</script>`;
    await withPage(html, async (lease) => {
      const { elements } = await lease.observe();
      const reacting = elements.filter(({ state }) => state?.includes('hoverable'));
      expect(reacting.map(({ name }) => name)).toEqual(['Menu', 'Tip']);
      await lease.hover(await refOf(lease, 'Menu'));
      await lease.click(await refOf(lease, 'Inside'));
      await lease.hover(await refOf(lease, 'Tip'));
      expect(await see(lease, 'trusted true')).toBeDefined();
      expect((await lease.observe()).elements.some(({ name }) => name === 'Inside')).toBe(false);
    });
  });
});

describe('dragging', () => {
  it('moves what the browser drags, by events that are trusted', async () => {
    const html = `<div draggable=true id=a>Card</div><div draggable=true>Other</div>
      <div data-drop aria-label=Done id=b style="height:60px;border:1px solid"></div>
      <script>const seen = []; for (const type of ['dragstart', 'dragenter', 'dragover', 'drop', 'dragend'])
        document.addEventListener(type, (event) => { seen.push(type + (event.isTrusted ? '' : '?')); });
        a.ondragstart = (event) => event.dataTransfer.setData('text/plain', 'card');
        b.ondragover = (event) => event.preventDefault();
        b.ondrop = (event) => { event.preventDefault(); b.textContent = 'Got ' + event.dataTransfer.getData('text/plain'); };
        window.lamarckEvidence = () => [...new Set(seen)];</script>`;
    await withPage(html, async (lease) => {
      expect(await see(lease, 'Card')).toMatchObject({ state: ['draggable'] });
      expect(await see(lease, 'Done')).toMatchObject({ state: ['droppable'] });
      await lease.drag(await refOf(lease, 'Card'), await refOf(lease, 'Done'));
      expect(await see(lease, 'Got card')).toBeDefined();
      expect(await lease.evidence()).toEqual(['dragstart', 'dragenter', 'dragover', 'drop', 'dragend']);
      // Nothing of a drag is left: a click is a click again.
      await lease.drag(await refOf(lease, 'Other'), await refOf(lease, 'Card'));
      await lease.click(await refOf(lease, 'Card'));
    });
  });

  it('repeats itself', async () => {
    const html = `<div draggable=true id=a>Card</div><div data-drop aria-label=Done id=b style="height:60px"></div>
      <p id=log>log</p><script>for (const type of ['pointerdown', 'mousemove', 'dragstart', 'dragover', 'drop', 'dragend', 'mouseup'])
        document.addEventListener(type, (event) => { event.type === 'dragover' && event.preventDefault();
          log.textContent += ' ' + type + event.clientX + ',' + event.clientY + ' ' + Date.now() + ' ' + Math.random(); });</script>`;
    const hashes: string[][] = [[], []];
    for (const seen of hashes)
      await withPage(html, async (lease) => {
        for (let times = 0; times < 2; times++) {
          await lease.drag(await refOf(lease, 'Card'), await refOf(lease, 'Done'));
          seen.push(hashOf(await lease.observe()));
        }
      });
    expect(hashes[1]).toEqual(hashes[0]);
    expect(new Set(hashes[0]).size).toBe(2);
  });

  it('moves what a page moves by pointer events of its own', async () => {
    const html = `<ol id=list style="width:200px"><li aria-grabbed=false data-drop>One</li><li aria-grabbed=false data-drop>Two</li><li aria-grabbed=false data-drop>Three</li></ol>
      <script>let held; let moves = 0;
        list.onpointerdown = (event) => { held = event.target; event.preventDefault(); };
        addEventListener('pointermove', (event) => { if (held && event.buttons === 1) moves++; });
        addEventListener('pointerup', (event) => { document.elementFromPoint(event.clientX, event.clientY).after(held); held = undefined; });
        window.lamarckEvidence = () => ({ order: list.innerText.split('\\n'), moved: moves > 2 });</script>`;
    await withPage(html, async (lease) => {
      await lease.drag(await refOf(lease, 'One'), await refOf(lease, 'Three'));
      expect(await lease.evidence()).toEqual({ order: ['Two', 'Three', 'One'], moved: true });
    });
  });
});

describe('uploading', () => {
  it('gives a file to a field or to its label, and refuses what the field does not take', async () => {
    const html = `<label for=f>Letter</label><input type=file id=f accept=".txt" hidden><input type=file aria-label=Any><p id=out>-</p>
      <script>f.onchange = async () => { out.textContent = f.files[0].name + ': ' + await f.files[0].text() + ' ' + (f.files[0].lastModified === Date.now()); };</script>`;
    await withPage(html, async (lease) => {
      expect(await see(lease, 'Letter')).toMatchObject({ state: ['uploadable'] });
      await lease.upload(await refOf(lease, 'Letter'), { name: 'a.txt', content: 'Dear Ada' });
      expect(await see(lease, 'a.txt: Dear Ada true')).toBeDefined();
      await lease.upload(await refOf(lease, 'Any'), { name: 'b.csv', content: '1,2' });
      expect(await see(lease, 'Any')).toMatchObject({ value: 'b.csv' });
      const letter = await refOf(lease, 'Letter');
      await expect(lease.upload(letter, { name: 'b.csv', content: '' })).rejects.toThrow('takes only .txt');
    });
  });
});

describe('colours', () => {
  it('are named where they stand out', async () => {
    const html = `<button style="background:#c00;color:#fff">A</button><p style="color:rgb(0,120,30)">B</p><p>C</p>
      <button style="background:#8b4513">D</button><button style="background:#eef">E</button>`;
    await withPage(html, async (lease) => {
      const { elements } = await lease.observe();
      expect(elements.map(({ name, color }) => [name, color])).toEqual([
        ['A', 'red'],
        ['B', 'green'],
        ['C', undefined],
        ['D', 'brown'],
        ['E', undefined],
      ]);
    });
  });
});

describe('open shadow roots', () => {
  it('show what is in them, which takes clicks, texts and drops', async () => {
    const html = `<p>Around</p><my-form></my-form><div draggable=true id=card>Card</div>
      <script>const root = document.querySelector('my-form').attachShadow({ mode: 'open' });
      root.innerHTML = '<label>Name <input></label><button>Send</button><p id=out>-</p><div id=bin data-drop aria-label=Bin style="height:60px;border:1px solid"></div>';
      root.querySelector('button').onclick = (event) => { root.getElementById('out').textContent = root.querySelector('input').value + ' ' + event.isTrusted; };
      const bin = root.getElementById('bin');
      bin.ondragover = (event) => event.preventDefault();
      bin.ondrop = (event) => { event.preventDefault(); bin.textContent = 'Full'; };</script>`;
    await withPage(html, async (lease) => {
      const { elements } = await lease.observe();
      expect(elements.map(({ name }) => name)).toEqual(['Around', 'Name', 'Send', '-', 'Bin', 'Card']);
      expect(await see(lease, 'Bin')).toMatchObject({ state: ['droppable'] });
      await lease.fill(await refOf(lease, 'Name'), 'Ada');
      expect(await see(lease, 'Name')).toMatchObject({ value: 'Ada', state: ['focused'] });
      await lease.click(await refOf(lease, 'Send'));
      expect(await see(lease, 'Ada true')).toBeDefined();
      await lease.drag(await refOf(lease, 'Card'), await refOf(lease, 'Bin'));
      expect(await see(lease, 'Full')).toBeDefined();
    });
  });
});
