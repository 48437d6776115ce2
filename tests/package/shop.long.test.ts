import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SummarySchema } from '../../src/protocol/index.ts';
import { installPackage, USER_ENVIRONMENT, type InstalledPackage } from '../support/installed-package.ts';
import type { PlaywrightSuite } from '../support/playwright-report.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

describe('a shop on Express, with the installed package, that is slow, keeps its state in a file, and has no seed', () => {
  const password = 's3cret&horse';
  let installed: InstalledPackage;
  let shop: string;
  /** @param at the database of a shop of its own, as two shops may be open at once */
  const inShop = async (at: string, ...words: string[]) => {
    const own = {
      ...USER_ENVIRONMENT,
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
    installed = await installPackage();
    await installed.install('express@5');
    shop = join(installed.folder, 'shop');
    await cp(join(root, 'tests/fixtures/shop'), shop, { recursive: true });
    await writeFile(join(shop, 'package.json'), '{ "type": "module" }');
  });
  afterAll(() => installed[Symbol.asyncDispose]());

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
      ...USER_ENVIRONMENT,
      SHOP_PASSWORD: password,
      SHOP_PORT: String(await freePort()),
      SHOP_DATABASE: join(shop, 'database.json'),
    };
    const words = ['--no-install', 'playwright', 'test', '--reporter', 'json'];
    const failed = (await run('npx', words, { cwd: shop, env: own }).catch((error: unknown) => error)) as {
      stdout: string;
    };
    const [file] = (JSON.parse(failed.stdout) as { suites: PlaywrightSuite[] }).suites;
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
    const own = {
      ...USER_ENVIRONMENT,
      SHOP_PASSWORD: '',
      SHOP_PORT: String(await freePort()),
      SHOP_DATABASE: '',
    };
    const words = ['--no-install', 'lamarck', 'run', 'shop/buy', '--agent', 'oracle'];
    const failed = await run('npx', words, { cwd: shop, env: own }).catch((error: unknown) => error);
    expect(String((failed as { stderr: string }).stderr)).toContain(
      'The secret "password" of the environment "shop" is shorter than 4 characters.',
    );
  });
});

function freePort(): Promise<number> {
  return new Promise((resolvePort) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
