import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { marked, survivors, until } from '../../tests/support/processes.ts';
import { makeTemporaryFolder, runChild, startChild, sweepTemporaryFolders } from './index.ts';

const node = (program: string, limits = {}) => runChild(process.execPath, ['-e', program], { limits });

describe('a program that is run to its end', () => {
  it('gives what it printed, and how it ended', async () => {
    expect(await node('console.log(1); console.error(2); process.exitCode = 3')).toEqual({
      code: 3,
      signal: null,
      output: '1\n',
      errors: '2\n',
    });
    await expect(runChild('/nowhere/program', [])).rejects.toThrow('ENOENT');
  });

  it.each([
    [
      'memory',
      'const kept = []; setInterval(() => kept.push(Buffer.alloc(2e7, 1)), 10)',
      { megabytes: 300 },
      'occupied more than 300 MiB of memory',
    ],
    ['processor time', 'for (;;);', { cpuSeconds: 1 }, 'took more than 1 s of processor time'],
    ['time', 'setInterval(() => {}, 1000)', { seconds: 1 }, 'took more than 1 s'],
  ])(
    'is ended where it takes too much %s, also where it catches SIGTERM',
    async (_what, program, limits, how) => {
      const result = await node(`process.on('SIGTERM', () => {}); ${program}`, limits);
      expect(result).toMatchObject({ code: null, signal: 'SIGKILL', exceeded: how });
    },
  );

  it('is ended when nobody waits for it any more', async () => {
    const abort = new AbortController();
    const running = runChild(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      signal: abort.signal,
    });
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});

describe.skipIf(process.platform === 'win32')('a child', () => {
  it('is ended with all that it started: groups of their own, daemons, and what catches SIGTERM', async () => {
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);`;
    const program = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { detached: true, stdio: 'ignore' }).unref();
      console.log(process.env.LAMARCK_FAMILY);`;
    const { process: child, end } = startChild(process.execPath, ['-e', program]);
    const mark = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
    );
    await new Promise((resolve) => child.once('exit', resolve));
    const left = marked(mark);
    expect(left).toHaveLength(1);
    await end();
    expect(survivors(left)).toEqual([]);
  });
});

describe('temporary folders', () => {
  const before = process.env['TMPDIR'];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sweep-'));
    process.env['TMPDIR'] = folder;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });

  const made = (): string[] => readdirSync(folder).filter((name) => name.startsWith('lamarck-process-'));
  /** Another process that makes one, and prints it. */
  const start = (then: string) => {
    const module = new URL('./index.ts', import.meta.url).href;
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--input-type=module',
        '-e',
        `const { makeTemporaryFolder } = await import(${JSON.stringify(module)});
         console.log(makeTemporaryFolder('profile')); ${then}`,
      ],
      { env: { ...process.env, TMPDIR: folder }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const path = new Promise<string>((resolve) =>
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
    );
    return { child, path, exited: new Promise((resolve) => child.once('exit', resolve)) };
  };

  it('are gone when their process has ended by itself', async () => {
    const { path, exited } = start('');
    await exited;
    expect(existsSync(await path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stay while their process lives, and are removed once it was killed', async () => {
    const { child, path, exited } = start('setInterval(() => {}, 1000)');
    writeFileSync(join(await path, 'Cookies'), 'x');
    await sweepTemporaryFolders();
    expect(readFileSync(join(await path, 'Cookies'), 'utf8')).toBe('x');
    child.kill('SIGKILL');
    await exited;
    expect(existsSync(await path)).toBe(true);
    await Promise.all([sweepTemporaryFolders(), sweepTemporaryFolders()]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of others are left alone, whatever they are called', async () => {
    const theirs = ['playwright_chromiumdev_profile-abc', 'lamarck-types-abc', 'lamarck-0'];
    for (const name of theirs) mkdtempSync(join(folder, name));
    // Whoever has no lock yet is being made, or was killed just then: the first to lock it has it.
    mkdtempSync(join(folder, 'lamarck-process-'));
    await sweepTemporaryFolders();
    expect(made()).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(theirs.length);
  });

  it('name a family that is ended with them only where it is one', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      env: { ...process.env, LAMARCK_FAMILY: '0123456789abcdef' },
    });
    for (const text of ['', '0', '0123456789abcde', '.*']) {
      const forged = mkdtempSync(join(folder, 'lamarck-process-'));
      writeFileSync(join(forged, 'family'), text);
    }
    await sweepTemporaryFolders();
    expect(made()).toEqual([]);
    expect(bystander.exitCode).toBe(null);
    expect(bystander.signalCode).toBe(null);
    bystander.kill('SIGKILL');
  });

  it('are made while others sweep, and none is lost', async () => {
    const starting = Array.from({ length: 4 }, () => start('setInterval(() => {}, 1000)'));
    let isDone = false;
    const sweeping = (async () => {
      while (!isDone) await sweepTemporaryFolders();
    })();
    for (const { path } of starting) expect(existsSync(await path)).toBe(true);
    isDone = true;
    await sweeping;
    for (const { child, path } of starting) {
      expect(existsSync(await path)).toBe(true);
      child.kill('SIGKILL');
    }
    await until(() => starting.every(({ child }) => child.signalCode !== null));
  });

  it('say what to do where none can be made', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const nowhere = `process.env.TMPDIR = ${JSON.stringify(join(file, 'nowhere'))};
      const { makeTemporaryFolder } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      try { makeTemporaryFolder('a') } catch (error) { console.log(error.code, error.message) }`;
    return expect(
      runChild(process.execPath, [
        '--disable-warning=ExperimentalWarning',
        '--input-type=module',
        '-e',
        nowhere,
      ]),
    ).resolves.toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^LAMARCK_TEMPORARY_UNWRITABLE No temporary folder can be made in .*nowhere: /,
      ),
    });
  });

  it('are one for all of a process, each by its name', () => {
    expect(makeTemporaryFolder('a')).toMatch(/lamarck-process-\w+[/\\]a-\w+$/);
  });
});
