import { build } from 'esbuild';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createBrowserSandbox } from '../../sandboxes/browser/index.ts';

it('the protocol is bundled for a browser, and reads an observation of a page there', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { canonicalJson, createRandom, diffFiles, LamarckError, PageObservationSchema } from './src/protocol/index.ts';
const page = { url: '/', elements: [{ ref: 'e0', role: 'button', name: 'Buy', box: [0, 0, 8, 8] }] };
const { elements } = PageObservationSchema.parse(page);
const [diff] = diffFiles({ a: 'one\\n' }, { a: 'two\\n' });
const error = new LamarckError({ code: 'LAMARCK_X', boundary: 'user', message: 'Said.' });
document.querySelector('button').textContent =
  [elements[0].name, diff.added, createRandom('seed').int(1, 1), error.code, canonicalJson({ b: 1, a: 2 })].join(' ');`,
      resolveDir: join(import.meta.dirname, '../..'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    // What is only Node's cannot be resolved for a browser: the build would fail.
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
  });
  const script = outputFiles[0]?.text ?? '';
  await using sandbox = createBrowserSandbox({ pages: 1 });
  const page = await sandbox.lease({
    site: {
      '/': `<!doctype html><button></button><script>${script.replaceAll('</script', '<\\/script')}</script>`,
    },
    seed: 'a',
  });
  const { elements } = await page.observe();
  await page.release();
  expect(elements[0]?.name).toBe('Buy 1 1 LAMARCK_X {"a":2,"b":1}');
});
