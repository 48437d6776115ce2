import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../host/index.ts';
import { openBlobs } from './blobs.ts';

describe('blobs', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'lamarck-blobs-')), 'blobs');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are named by their content, and written once', async () => {
    const blobs = openBlobs(folder);
    const hash = await blobs.put('a page');
    expect(hash).toBe(sha256('a page'));
    expect(await blobs.put(new TextEncoder().encode('a page'))).toBe(hash);
    expect(await readdir(folder)).toEqual([hash]);
    expect((await openBlobs(folder).get(hash)).toString()).toBe('a page');
  });

  it('are refused where their content is not what they are named for', async () => {
    const blobs = openBlobs(folder);
    const hash = await blobs.put('a page');
    await writeFile(join(folder, hash), 'another');
    await expect(blobs.get(hash)).rejects.toMatchObject({ code: 'LAMARCK_BLOB_CORRUPT' });
  });

  it('are mended when their content comes again', async () => {
    const hash = await openBlobs(folder).put('a page');
    await truncate(join(folder, hash), 2);
    const blobs = openBlobs(folder);
    await blobs.put('a page');
    expect((await blobs.get(hash)).toString()).toBe('a page');
  });

  it('that are not there are named', async () => {
    for (const hash of [sha256('never'), '../run.json']) {
      await expect(openBlobs(folder).get(hash)).rejects.toMatchObject({ code: 'LAMARCK_BLOB_MISSING' });
    }
  });
});
