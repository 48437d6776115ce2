import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlaywrightConfig } from './playwright-config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lamarck-playwright-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(name: string, configuration: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `export default ${JSON.stringify(configuration)};`);
  return path;
}

describe('a Playwright configuration', () => {
  it('says where the application is, how it starts and how its pages are opened', async () => {
    await writeFile(join(folder, 'state.json'), '{}');
    const path = await written('whole.mjs', {
      testDir: 'e2e',
      use: { baseURL: 'http://localhost:3000', trace: 'on', locale: 'de-DE', storageState: 'state.json' },
      webServer: { command: 'npm start', cwd: 'app', stdout: 'pipe' },
      projects: [{ name: 'phone', use: { viewport: { width: 400, height: 800 }, locale: 'fr-FR' } }],
    });
    expect(await readPlaywrightConfig(path)).toEqual({
      baseURL: 'http://localhost:3000',
      webServers: [{ command: 'npm start', url: 'http://localhost:3000', cwd: join(folder, 'app') }],
      context: { locale: 'de-DE', storageState: join(folder, 'state.json') },
    });
    expect((await readPlaywrightConfig(path, 'phone')).context).toEqual({
      locale: 'fr-FR',
      storageState: join(folder, 'state.json'),
      viewport: { width: 400, height: 800 },
    });
    await expect(readPlaywrightConfig(path, 'tablet')).rejects.toThrow(
      'it has no project "tablet"; it has "phone".',
    );
  });

  it('is refused with its path where it is none', async () => {
    await expect(readPlaywrightConfig(join(folder, 'missing.mjs'))).rejects.toThrow(/missing\.mjs/);
    const wrong = await written('wrong.mjs', { webServer: { url: 3000 } });
    await expect(readPlaywrightConfig(wrong)).rejects.toThrow(/wrong\.mjs: .*webServer/s);
    const stateless = await written('stateless.mjs', { use: { storageState: 'nowhere.json' } });
    await expect(readPlaywrightConfig(stateless)).rejects.toThrow(
      /there is no storage state at .*nowhere\.json/,
    );
  });
});
