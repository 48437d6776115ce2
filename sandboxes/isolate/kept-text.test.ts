import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keptText } from './kept-text.ts';

describe('a text that is kept between runs', () => {
  let folder: string;
  let source: string;
  let made: number;
  const outside = process.env['XDG_CACHE_HOME'];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kept-text-'));
    source = join(folder, 'source.ts');
    await writeFile(source, 'one');
    await utimes(source, 0, 0);
    process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
    made = 0;
  });
  afterEach(async () => {
    if (outside === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = outside;
    await rm(folder, { recursive: true });
  });

  const asked = (name = 'text'): Promise<string> =>
    keptText(name, async () => {
      made++;
      return { text: `made of ${await readFile(source, 'utf8')}`, files: [source] };
    });
  const kept = (): string => join(folder, 'cache', 'lamarck', 'made');

  it('is made once', async () => {
    expect([await asked(), await asked()]).toEqual(['made of one', 'made of one']);
    expect(made).toBe(1);
  });

  it('is made again where a file that it was made of has another content, or is gone', async () => {
    await asked();
    await writeFile(source, 'two');
    expect(await asked()).toBe('made of two');
    await rm(source);
    await expect(asked()).rejects.toThrow(/ENOENT/);
  });

  it('is not kept where a file that it is made of changes meanwhile', async () => {
    const make = async () => {
      made++;
      const text = await readFile(source, 'utf8');
      await writeFile(source, 'two');
      await utimes(source, new Date(), new Date(Date.now() + 60_000));
      return { text, files: [source] };
    };
    expect(await keptText('text', make)).toBe('one');
    expect(await keptText('text', make)).toBe('two');
  });

  it.each(['', '{"files":{},"hash":"","text":"another"}', 'null'])(
    'is made again where what was kept is %j',
    async (damaged) => {
      await asked();
      await writeFile(join(kept(), 'text.json'), damaged);
      expect(await asked()).toBe('made of one');
      expect(await asked()).toBe('made of one');
      expect(made).toBe(2);
    },
  );

  it('is made each time where nothing can be kept', async () => {
    process.env['XDG_CACHE_HOME'] = source;
    expect([await asked(), await asked()]).toEqual(['made of one', 'made of one']);
    expect(made).toBe(2);
  });

  it('is one of thirty-two at most', async () => {
    for (let index = 0; index < 34; index++) await asked(`text-${index}`);
    expect(await readdir(kept())).toHaveLength(32);
  });
});
