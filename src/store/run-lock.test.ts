import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockRun } from './run-lock.ts';

describe('the lock of a run', () => {
  let run: string;
  const children: ChildProcess[] = [];
  beforeEach(async () => {
    run = await mkdtemp(join(tmpdir(), 'lamarck-lock-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(run, { recursive: true });
  });

  it('keeps out another process by name, until that one is killed', async () => {
    const holder = await lockElsewhere(run);
    await expect(lockRun(run)).rejects.toMatchObject({
      code: 'LAMARCK_RUN_LOCKED',
      message: expect.stringContaining(`process ${holder.pid}`) as string,
      remedy: { text: expect.stringContaining(`kill ${holder.pid}`) as string },
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await using _ = await lockRun(run);
  });

  it('is given back by who holds it', async () => {
    {
      await using _ = await lockRun(run);
      await expect(lockRun(run)).rejects.toMatchObject({ code: 'LAMARCK_RUN_LOCKED' });
    }
    const holder = await lockElsewhere(run);
    expect(holder.exitCode).toBeNull();
  });

  it('is taken though its file was damaged, for nothing is kept in it', async () => {
    await writeFile(join(run, 'run.lock'), 'no database'.repeat(100));
    await using _ = await lockRun(run);
    await expect(lockRun(run)).rejects.toMatchObject({ code: 'LAMARCK_RUN_LOCKED' });
  });

  it('names no process where the note of its id is damaged', async () => {
    await using _ = await lockRun(run);
    await writeFile(join(run, 'run.lock.pid'), '12a4\n');
    await expect(lockRun(run)).rejects.toMatchObject({
      message: expect.stringContaining('another process') as string,
      remedy: { text: expect.not.stringContaining('kill') as string },
    });
  });

  /** Holds the lock in a process of its own until that is killed. */
  async function lockElsewhere(folder: string): Promise<ChildProcess> {
    const script = `
      import { lockRun } from ${JSON.stringify(join(import.meta.dirname, 'run-lock.ts'))};
      globalThis.lock = await lockRun(process.argv[1]);
      console.log('locked');
      setInterval(() => {}, 1000);`;
    const child = spawn(
      process.execPath,
      ['--conditions=lamarck-source', '--input-type=module', '-e', script, folder],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    await Promise.race([
      once(child.stdout, 'data'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`It ended with ${String(code)}.`))),
    ]);
    return child;
  }
});
