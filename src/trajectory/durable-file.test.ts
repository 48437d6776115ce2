import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDurably } from './durable-file.ts';

describe('a durable write', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lamarck-durable-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes its folders, and leaves nothing but the file', async () => {
    await writeDurably(join(folder, 'a/b/file.json'), '1');
    await writeDurably(join(folder, 'a/b/file.json'), '2');
    expect(await readdir(join(folder, 'a/b'))).toEqual(['file.json']);
    expect(await readFile(join(folder, 'a/b/file.json'), 'utf8')).toBe('2');
  });

  it('says in what it failed', async () => {
    await writeDurably(join(folder, 'file'), '1');
    await expect(writeDurably(join(folder, 'file/inner'), '2')).rejects.toMatchObject({
      code: 'LAMARCK_STORE_FAILED',
      boundary: 'store',
      message: expect.stringContaining('file/inner') as string,
    });
  });

  it('is whole or did not happen, whenever its process is killed', async () => {
    const file = join(folder, 'file');
    const script = `
      import { writeDurably } from ${JSON.stringify(join(import.meta.dirname, 'durable-file.ts'))};
      for (let letter = 0; ; letter++) {
        await writeDurably(process.argv[1], String.fromCharCode(97 + (letter % 26)).repeat(4_000_000));
        if (letter === 0) process.stdout.write('began');
      }`;
    for (let time = 0; time < 5; time++) {
      const writer = spawn(
        process.execPath,
        ['--conditions=lamarck-source', '--input-type=module', '-e', script, file],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await once(writer.stdout, 'data');
      await sleep(3 + 4 * time);
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const text = await readFile(file, 'utf8');
      expect(text.length).toBe(4_000_000);
      expect(new Set(text).size).toBe(1);
    }
  });
});
