import { createServer } from 'node:net';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProject, type Project } from './support/project.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const password = 's3cret&horse';
let project: Project;
beforeAll(async () => {
  project = await createProject('shop');
  vi.stubEnv('SHOP_PASSWORD', password);
  vi.stubEnv('SHOP_PORT', String(await freePort()));
  vi.stubEnv('SHOP_DATABASE', join(project.folder, 'database.json'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await project[Symbol.asyncDispose]();
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Every file below a folder. */
async function filesIn(folder: string): Promise<Buffer[]> {
  const paths = (await readdir(folder, { recursive: true })).map((path) => join(folder, path));
  const files = await Promise.all(paths.map(async (path) => ((await stat(path)).isFile() ? [path] : [])));
  return Promise.all(files.flat().map((path) => readFile(path)));
}

describe('a shop that is slow, keeps its state in a file, and has no seed', () => {
  it('is played without its secret being told, and without what is forbidden', async () => {
    for (const agent of ['oracle', 'random']) {
      const { code, output, errors } = await project.lamarck(
        'eval',
        '--agent',
        agent,
        '--tasks',
        '3',
        '--json',
      );
      expect(code, errors).toBe(0);
      expect(output).not.toContain(password);
    }
    const database = JSON.parse(await readFile(join(project.folder, 'database.json'), 'utf8')) as object;
    expect(database).toMatchObject({ deleted: [] });
    const { output } = await project.lamarck('runs', '--json');
    expect(output).toContain('eval');
    for (const file of await filesIn(join(project.folder, 'runs')))
      expect(file.includes(password)).toBe(false);
  });

  it('says what is missing', async () => {
    vi.stubEnv('SHOP_PASSWORD', '');
    const { output } = await project.lamarck('run', 'shop/buy', '--agent', 'oracle');
    vi.stubEnv('SHOP_PASSWORD', password);
    expect(output).toContain('The secret "password" of the environment "shop" is shorter than 4 characters.');
  });
});
