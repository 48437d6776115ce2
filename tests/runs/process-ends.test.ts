import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  descendants,
  marked,
  processes,
  survivors,
  temporaryFolders,
  until,
  type Running,
} from '../support/processes.ts';

const FLAGS = ['--disable-warning=ExperimentalWarning', '--conditions=lamarck-source'];
const ROOT = join(import.meta.dirname, '../..');

/** What each kind of process has in its command line. */
const KINDS = {
  agents: /agent-process/,
  world: /environment-process/,
  program: /program-process/,
  compiler: /tsc .*lamarck-process-.*types-/,
  browser: /--remote-debugging-pipe/,
  bundler: /esbuild.* --service/,
  'web server': /createServer.*Buy/,
  watchdog: /lamarck-watchdog/,
};
const kindsOf = (running: readonly Running[]): string[] =>
  Object.entries(KINDS).flatMap(([kind, words]) =>
    running.some((one) => words.test(one.words)) ? [kind] : [],
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @throws Error where a process was not found: the number 0 would stand for the group of this process. */
function pidOf(found: { readonly pid: number } | undefined): number {
  if (found === undefined) throw new Error('A process of this kind was expected to run.');
  return found.pid;
}

describe('a process that has started others, of every kind', { timeout: 240_000 }, () => {
  let folder: string;
  let child: ChildProcess;
  let mark: string;
  let family: Running[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kinds-'));
    const env = { ...process.env, TMPDIR: folder, KINDS_PORT: String(await freePort()) };
    child = spawn(process.execPath, [...FLAGS, join(ROOT, 'tests', 'fixtures', 'kinds', 'start.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    mark = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      child.once('exit', (code) => reject(new Error(`It ended with exit code ${code}.`)));
    });
    const compilers = (): Running[] =>
      descendants(child.pid ?? 0).filter(({ words }) => KINDS.compiler.test(words));
    await until(() => compilers().length === 2);
    const found = [...descendants(child.pid ?? 0), ...marked(mark)];
    family = [...new Map(found.map((one) => [one.pid, one])).values()];
  }, 240_000);
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  const watchdogs = (): Running[] =>
    processes().filter(({ words }) => KINDS.watchdog.test(words) && words.includes(`LAMARCK_FAMILY=${mark}`));
  const isLeft = (): boolean => survivors(family).length > 0 || marked(mark).length > 0;

  it('takes all of them with it where it is killed, and its folders go when Lamarck starts again', async () => {
    expect(kindsOf(family)).toEqual(Object.keys(KINDS));
    const [watchdog] = watchdogs().filter(({ parent }) => parent === child.pid);
    process.kill(pidOf(watchdog), 'SIGKILL');
    // It has another one at once.
    await until(() => watchdogs().some(({ pid, parent }) => parent === child.pid && pid !== watchdog?.pid));
    child.kill('SIGKILL');
    await until(() => !isLeft());
    expect(temporaryFolders(folder).length).toBeGreaterThan(0);
    // Only what is ours, and only what nobody holds.
    const other = mkdtempSync(join(folder, 'playwright_chromiumdev_profile-'));
    await startAgain(folder);
    expect(readdirSync(folder)).toEqual([other.slice(folder.length + 1)]);
  });

  it('outlives an environment process, whose own do not; without watchdogs, the next start ends what is left', async () => {
    const [world] = family.filter(({ words }) => KINDS.world.test(words));
    const own = descendants(pidOf(world));
    expect(kindsOf(own)).toEqual(expect.arrayContaining(['program', 'compiler', 'browser', 'web server']));
    process.kill(pidOf(world), 'SIGKILL');
    await until(() => survivors(own).length === 0);
    expect(child.exitCode).toBe(null);
    expect(kindsOf(descendants(child.pid ?? 0))).toEqual(expect.arrayContaining(['agents', 'browser']));
    // Stopped, it starts no other watchdog.
    child.kill('SIGSTOP');
    for (const { pid } of watchdogs()) process.kill(pid, 'SIGKILL');
    child.kill('SIGKILL');
    await startAgain(folder);
    await until(() => !isLeft());
    await startAgain(folder);
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('ends with the process that a person sees, where that one is killed', { timeout: 120_000 }, async () => {
  const seen = spawn(
    process.execPath,
    [join(ROOT, 'bin', 'lamarck.js'), 'env', 'serve', 'web/sign-in', '--port', '0'],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await new Promise((resolve) => seen.stdout.once('data', resolve));
  const family = descendants(seen.pid ?? 0);
  expect(family.length).toBeGreaterThan(0);
  seen.kill('SIGKILL');
  await until(() => survivors(family).length === 0);
});

async function startAgain(folder: string): Promise<void> {
  const again = spawn(process.execPath, [...FLAGS, join(ROOT, 'src', 'cli', 'main.ts'), 'runs'], {
    env: { ...process.env, TMPDIR: folder },
    stdio: 'ignore',
  });
  await new Promise((resolve) => again.once('exit', resolve));
}
