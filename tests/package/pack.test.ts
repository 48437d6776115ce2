import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPackage, type InstalledPackage } from '../support/installed-package.ts';
import type { PlaywrightSuite } from '../support/playwright-report.ts';

const root = resolve(import.meta.dirname, '../..');

/** Gives up at once: it submits what is there. */
const GENOME = `
  import { defineAgent } from 'lamarck/agent';
  import { emit, setup } from 'xstate';
  const decision = { type: 'decision', action: { submit: {} } };
  export default defineAgent({ machine: setup({}).createMachine({ on: { observe: { actions: emit(decision) } } }) });
`;

const PLAYWRIGHT = `
  import { chromiumLaunch } from 'lamarck/playwright';
  export default { use: { launchOptions: await chromiumLaunch() } };
`;
const SPECIFICATION = `
  import { createServer } from 'node:http';
  import { test } from 'lamarck/playwright';
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><button>Buy</button>'),
  );
  test.beforeAll(() => new Promise((listening) => server.listen(0, '127.0.0.1', listening)));
  test.afterAll(() => server.closeAllConnections());
  test.use({ agentName: 'random' });
  test('buys', async ({ page, agent }) => {
    await page.goto('http://127.0.0.1:' + server.address().port);
    const task = { instruction: 'Buy.', solved: () => false, maxSteps: 1 };
    await agent.expectToSolve(page, task, { repeats: 2 });
  });
`;

describe('the package', () => {
  let installed: InstalledPackage;
  /** What `npx lamarck` runs, without npx, which takes as long as the command. */
  const lamarck = (...words: string[]): Promise<string> =>
    installed.run(process.execPath, join('node_modules', 'lamarck', 'bin', 'lamarck.js'), ...words);
  beforeAll(async () => {
    installed = await installPackage();
  });
  afterAll(() => installed[Symbol.asyncDispose]());

  it('holds what is built, the genomes as source, and neither sources nor tests', () => {
    expect(installed.packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/lamarck.js',
        'dist/src/index.js',
        'agents/scout/agent.ts',
      ]),
    );
    expect(installed.packed.filter((path) => /^(src|tests|scripts)\/|\.(test|fixture)\./.test(path))).toEqual(
      [],
    );
  });

  it('runs by its command', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect((await installed.run('npx', '--no-install', 'lamarck', '--version')).trim()).toBe(version);
  });

  it("makes a project whose own TypeScript it loads, and plays that project's task in an environment process", async () => {
    await lamarck('init', '.');
    expect(await lamarck('tasks', 'list')).toContain('counter/reach');
    expect(await lamarck('run', 'counter/reach', '--agent', 'oracle', '--json')).toMatch(/"reward":\s*1\b/);
    expect(await lamarck('tasks', 'test')).toMatch(/pass [1-9]/);
  });

  it('boots a genome of that project in an agent process', async () => {
    await mkdir(join(installed.folder, 'genome'));
    await writeFile(join(installed.folder, 'genome/agent.ts'), GENOME);
    await writeFile(join(installed.folder, 'genome/improve.ts'), GENOME.replaceAll('Agent', 'Improver'));
    const shown = await lamarck('run', 'counter/reach', '--agent', './genome', '--json');
    expect(shown).toMatch(/"reward":\s*0\b/);
    expect(shown).toContain('"environment-done"');
  });

  it('declares its types: the project passes the compiler', async () => {
    const page = await readFile(join(root, 'docs/engine.md'), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
    await writeFile(
      join(installed.folder, 'small.config.ts'),
      `import { defineConfig } from 'lamarck';
import usual from './lamarck.config.ts';
export default defineConfig({ ...usual, budget: { episodes: 150, improvement: 8, sealed: 2, unseen: 2 } });
`,
    );
    await writeFile(
      join(installed.folder, 'experiment.mts'),
      example.replace('openProject()', "openProject({ config: 'small.config.ts' })"),
    );
    const compiler = join(root, 'node_modules/typescript7/bin/tsc');
    const flags =
      '--noEmit --strict --module nodenext --target es2024 --allowImportingTsExtensions --skipLibCheck';
    await expect(
      installed.run(
        process.execPath,
        compiler,
        '--ignoreConfig',
        ...flags.split(' '),
        'lamarck.config.ts',
        'tasks/counter.ts',
        'experiment.mts',
      ),
    ).resolves.toBe('');
  });

  it("runs the program of the engine's page, which has no type written out", async () => {
    const told = await installed.run(process.execPath, 'experiment.mts');
    expect(told).toMatch(/^random earns .*\n(.*\n)*reporting\n.*: champion minus seed agent -?\d/);
  });

  // What an agent of its own does there, and a shop that needs its secrets, are in shop.long.test.ts.
  it("tries an agent in Playwright's own runner, which says how the lost tries ended", async () => {
    const folder = join(installed.folder, 'browser-tests');
    await mkdir(folder);
    await writeFile(join(folder, 'playwright.config.mjs'), PLAYWRIGHT);
    await writeFile(join(folder, 'agent.spec.mjs'), SPECIFICATION);
    const words = ['playwright', 'test', '--config', 'browser-tests', '--reporter', 'json'];
    const failed = (await installed
      .run('npx', '--no-install', ...words)
      .catch((error: unknown) => error)) as { stdout: string };
    const { suites } = JSON.parse(failed.stdout) as { suites: PlaywrightSuite[] };
    const result = suites[0]?.specs[0]?.tests[0]?.results[0];
    expect(result?.status).toBe('failed');
    expect(result?.attachments.map(({ name }) => name)).toEqual(expect.arrayContaining(['try-1', 'try-2']));
    expect(result?.errors[0]?.message).toMatch(/random solved 0 of 2 tries \(0\.00, 95 % interval 0\.00 to/);
  });
});
