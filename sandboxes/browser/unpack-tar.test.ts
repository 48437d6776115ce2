import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unpackTar } from './unpack-tar.ts';

describe('an archive that is unpacked', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lamarck-tar-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives its files, with their modes, in folders that are made', async () => {
    const archive = pack();
    archive.entry({ name: 'lib', type: 'directory' });
    archive.entry({ name: 'lib/deep/tool', mode: 0o755 }, 'run');
    archive.entry({ name: 'link', type: 'symlink', linkname: '/etc/passwd' });
    archive.entry({ name: 'empty' }, '');
    archive.finalize();
    await unpackTar(await buffer(archive), folder);
    expect(await readFile(join(folder, 'lib/deep/tool'), 'utf8')).toBe('run');
    expect((await stat(join(folder, 'lib/deep/tool'))).mode & 0o777).toBe(0o755);
    expect(await readFile(join(folder, 'empty'), 'utf8')).toBe('');
    await expect(stat(join(folder, 'link'))).rejects.toThrow('ENOENT');
  });

  it.each(['../out', '/tmp/out', 'lib/../../out'])(
    'is refused where it names a file outside: %s',
    async (name) => {
      const archive = pack();
      archive.entry({ name }, 'x');
      archive.finalize();
      await expect(unpackTar(await buffer(archive), folder)).rejects.toThrow('outside of itself');
    },
  );
});
