import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SummarySchema } from '../src/protocol/index.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
/** As in a user's shell: without what npm and the test runner hand down, with the certificates that the network may need. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm|vitest|node)_(?!extra_ca_certs$)/i.test(name)),
);

let folder: string;
let packed: string[];
const inFolder = async (command: string, ...words: string[]): Promise<string> =>
  (await run(command, words, { cwd: folder, env: environment, shell: process.platform === 'win32' })).stdout;
const lamarck = (...words: string[]): Promise<string> => inFolder('npx', '--no-install', 'lamarck', ...words);

/** Gives up at once: it submits what is there. */
const GENOME = `
  import { defineAgent } from 'lamarck/agent';
  import { emit, setup } from 'xstate';
  const decision = { type: 'decision', action: { submit: {} } };
  export default defineAgent({ machine: setup({}).createMachine({ on: { observe: { actions: emit(decision) } } }) });
`;

/** The package as npm would publish it, installed into an empty folder. An empty npm cache and a slow registry take minutes. */
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lamarck-pack-')));
  await run(process.execPath, ['scripts/build.ts'], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    env: environment,
  });
  const tarball = Object.values(
    JSON.parse(stdout) as Record<string, { filename: string; files: { path: string }[] }>,
  )[0];
  if (!tarball) throw new Error(`npm pack printed nothing: ${stdout}`);
  packed = tarball.files.map(({ path }) => path);
  await inFolder('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball.filename}`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what is built, the genomes as source, and neither sources nor tests', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/lamarck.js',
        'dist/src/index.js',
        'agents/scout/agent.ts',
      ]),
    );
    expect(packed.filter((path) => /^(src|tests|scripts)\/|\.(test|fixture)\./.test(path))).toEqual([]);
  });

  it('runs by its command', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect((await lamarck('--version')).trim()).toBe(version);
  });

  it("makes a project whose own TypeScript it loads, and plays that project's task in a world process", async () => {
    await lamarck('init', '.');
    expect(await lamarck('tasks', 'list')).toContain('counter/reach');
    expect(await lamarck('run', 'counter/reach', '--agent', 'oracle', '--json')).toMatch(/"reward":\s*1\b/);
    expect(await lamarck('tasks', 'test')).toMatch(/pass [1-9]/);
  });

  it('boots a genome of that project in a mind process', async () => {
    await mkdir(join(folder, 'genome'));
    await writeFile(join(folder, 'genome/agent.ts'), GENOME);
    await writeFile(join(folder, 'genome/improve.ts'), GENOME.replaceAll('Agent', 'Improver'));
    const shown = await lamarck('run', 'counter/reach', '--agent', './genome', '--json');
    expect(shown).toMatch(/"reward":\s*0\b/);
    expect(shown).toContain('"environment-done"');
  });

  it('declares its types: the project passes the compiler', async () => {
    const compiler = join(root, 'node_modules/typescript7/bin/tsc');
    const flags =
      '--noEmit --strict --module nodenext --target es2024 --allowImportingTsExtensions --skipLibCheck';
    await expect(
      inFolder(
        process.execPath,
        compiler,
        '--ignoreConfig',
        ...flags.split(' '),
        'lamarck.config.ts',
        'tasks/counter.ts',
      ),
    ).resolves.toBe('');
  });
});

describe('a shop on Express that is slow, keeps its state in a file, and has no seed', () => {
  const password = 's3cret&horse';
  let shop: string;
  /** @param at the database of a shop of its own, as two shops may be open at once */
  const inShop = async (at: string, ...words: string[]) => {
    const own = {
      ...environment,
      SHOP_PASSWORD: password,
      SHOP_PORT: String(await freePort()),
      SHOP_DATABASE: join(shop, at),
    };
    const { stdout, stderr } = await run('npx', ['--no-install', 'lamarck', ...words], {
      cwd: shop,
      env: own,
      maxBuffer: 1 << 26,
    });
    return { stdout, stderr };
  };

  beforeAll(async () => {
    await inFolder('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', 'express@5');
    shop = join(folder, 'shop');
    await cp(join(root, 'tests/fixtures/shop'), shop, { recursive: true });
    await writeFile(join(shop, 'package.json'), '{ "type": "module" }');
  });

  // These two wait for pages nearly all of their time.
  it.concurrent(
    'is checked: its oracles solve it, one of them by a page object, and its flake rate is told',
    async () => {
      const { stdout } = await inShop('checked.json', 'tasks', 'check', '--seeds', '3', '--json');
      const { families } = JSON.parse(stdout) as {
        families: { sound: boolean; flakes: object; coverage: number }[];
      };
      expect(families).toMatchObject([
        { family: 'shop/buy', sound: true, coverage: 1, flakes: { lost: 0, repeats: 10 } },
        { family: 'shop/buy-two', sound: true, coverage: 1, flakes: { lost: 0, repeats: 10 } },
      ]);
    },
  );

  it.concurrent('is evolved', async () => {
    const { stdout } = await inShop(
      'database.json',
      'evolve',
      '--config',
      'evolve.config.ts',
      '--unchecked',
      '--json',
    );
    const summary = SummarySchema.parse(JSON.parse(stdout));
    expect(summary).toMatchObject({ missing: 0, sealed: { oracle: { mean: 1 } } });
    expect(summary.episodes).toBeGreaterThan(40);
  });

  it('is left without what is forbidden, and its secret is told nowhere', async () => {
    const { stdout, stderr } = await inShop('database.json', 'eval', '--agent', 'random', '--tasks', '3');
    for (const name of ['checked.json', 'database.json']) {
      const database = JSON.parse(await readFile(join(shop, name), 'utf8')) as object;
      expect(database, name).toMatchObject({ deleted: [] });
    }
    const paths = await readdir(join(shop, 'runs'), { recursive: true, withFileTypes: true });
    const files = paths.filter((path) => path.isFile()).map((path) => join(path.parentPath, path.name));
    expect(files.length).toBeGreaterThan(10);
    const told = await Promise.all(files.map(async (file) => (await readFile(file)).includes(password)));
    expect([told.includes(true), stdout.includes(password), stderr.includes(password)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("is tried by an agent in Playwright's own runner, which says how the lost tries ended", async () => {
    const own = {
      ...environment,
      SHOP_PASSWORD: password,
      SHOP_PORT: String(await freePort()),
      SHOP_DATABASE: join(shop, 'database.json'),
    };
    const words = ['--no-install', 'playwright', 'test', '--reporter', 'json'];
    const failed = (await run('npx', words, { cwd: shop, env: own }).catch((error: unknown) => error)) as {
      stdout: string;
    };
    const [file] = (JSON.parse(failed.stdout) as { suites: Suite[] }).suites;
    const [signsIn] = file?.specs ?? [];
    const [random] = file?.suites?.[0]?.specs ?? [];
    expect(signsIn).toMatchObject({ title: 'an agent finds its way in', ok: true });
    const result = random?.tests[0]?.results[0];
    expect(result?.status).toBe('failed');
    expect(result?.errors[0]?.message).toMatch(/random solved 0 of 3 tries \(0\.00, 95 % interval 0\.00 to/);
    expect(result?.attachments.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['try-1', 'try-2', 'try-3']),
    );
  });

  it('says what is missing', async () => {
    const own = { ...environment, SHOP_PASSWORD: '', SHOP_PORT: String(await freePort()), SHOP_DATABASE: '' };
    const words = ['--no-install', 'lamarck', 'run', 'shop/buy', '--agent', 'oracle'];
    const failed = await run('npx', words, { cwd: shop, env: own }).catch((error: unknown) => error);
    expect(String((failed as { stderr: string }).stderr)).toContain(
      'The secret "password" of the environment "shop" is shorter than 4 characters.',
    );
  });
});

/** What Playwright's JSON reporter tells. */
interface Suite {
  specs: Spec[];
  suites?: Suite[];
}

interface Spec {
  title: string;
  ok: boolean;
  tests: {
    results: { status: string; errors: { message: string }[]; attachments: { name: string }[] }[];
  }[];
}

function freePort(): Promise<number> {
  return new Promise((resolvePort) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
