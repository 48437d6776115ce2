import { cp, mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findRunFolder,
  listRuns,
  readManifest,
  restoreManifest,
  writeManifest,
  type RunManifest,
} from './folder.ts';

const MANIFEST: RunManifest = {
  version: 1,
  run: 'first',
  kind: 'evolve',
  seed: 7,
  config: '/project/lamarck.config.ts',
  budget: { episodes: 500, improvement: 40, sealed: 6, unseen: 6 },
  folds: 0,
  search: { parents: 'clade', improver: 'own', lanes: 2 },
  suites: { all: ['counter/reach'] },
  fingerprint: 'f',
  agent: { genome: 'g', files: {} },
  demonstrations: [],
  versions: { lamarck: '0', node: '24' },
  host: { platform: 'linux', arch: 'x64', cores: 2 },
  continuations: [],
  createdAt: '2026-01-01T00:00:00.000Z',
};

describe('the folder of a run', () => {
  let runs: string;
  const folder = (name = 'first'): string => join(runs, name);
  const file = (name: string): string => join(folder(), name);
  beforeEach(async () => {
    runs = await mkdtemp(join(tmpdir(), 'lamarck-runs-'));
    await mkdir(folder());
    await writeManifest(folder(), MANIFEST);
  });
  afterEach(() => rm(runs, { recursive: true }));

  it('gives the run its name', async () => {
    await rename(folder(), folder('best-night'));
    expect((await readManifest(folder('best-night'))).run).toBe('best-night');
    expect(await listRuns(runs)).toMatchObject([{ run: 'best-night', formerly: 'first' }]);
    expect(findRunFolder(runs, 'best-night')).toBe(folder('best-night'));
    expect(() => findRunFolder(runs, 'first')).toThrow('There is no run "first"');
  });

  it('is listed as a copy where the run that it was copied from is there', async () => {
    await cp(folder(), folder('second'), { recursive: true });
    const listed = (await listRuns(runs)).toSorted((left, right) => (left.run < right.run ? -1 : 1));
    expect(listed).toMatchObject([{ run: 'first' }, { run: 'second', copyOf: 'first' }]);
    expect(listed[0]).not.toHaveProperty('copyOf');
  });

  it('is no copy of another run that took the old name', async () => {
    await rename(folder(), folder('second'));
    await mkdir(folder());
    await writeManifest(folder(), { ...MANIFEST, createdAt: '2026-02-02T00:00:00.000Z' });
    expect((await listRuns(runs)).find(({ run }) => run === 'second')).toMatchObject({ formerly: 'first' });
  });

  it.each([
    [
      'a changed digit',
      async (path: string) => writeFile(path, (await readFile(path, 'utf8')).replace('7', '5')),
    ],
    ['an end that is cut off', (path: string) => truncate(path, 40)],
    ['no content', (path: string) => truncate(path, 0)],
    ['no file', (path: string) => rm(path)],
  ])('survives damage to any one of the three files of its manifest: %s', async (_, spoil) => {
    const names = ['run.json', 'run.json.copy', 'run.json.sha256'];
    const texts = (): Promise<string[]> => Promise.all(names.map((name) => readFile(file(name), 'utf8')));
    const before = await texts();
    for (const name of names) {
      await spoil(file(name));
      expect(await readManifest(folder())).toEqual(MANIFEST);
      const [listed] = await listRuns(runs);
      if (name === 'run.json')
        expect(listed?.problem).toMatch(/^run\.json is (missing|not as it was written)$/);
      else expect(listed).not.toHaveProperty('problem');
      await restoreManifest(folder());
      expect(await texts()).toEqual(before);
    }
  });

  it('is listed with what is damaged, and found by its name, where no copy is left', async () => {
    await mkdir(file('trajectories'));
    await writeFile(file('run.json'), '{ "version": 1');
    await truncate(file('run.json.copy'), 10);
    await expect(readManifest(folder())).rejects.toMatchObject({ code: 'LAMARCK_RUN_BROKEN' });
    expect(await listRuns(runs)).toMatchObject([
      { run: 'first', problem: expect.stringContaining('run.json is not as it was written') as string },
    ]);
    await rm(file('run.json'));
    expect(await listRuns(runs)).toMatchObject([
      { run: 'first', problem: expect.stringContaining('run.json is missing') as string },
    ]);
    expect(findRunFolder(runs, 'first')).toBe(folder());
  });

  it('is read by run.json alone where an older version wrote it', async () => {
    for (const name of ['run.json.copy', 'run.json.sha256']) await rm(file(name));
    expect(await readManifest(folder())).toEqual(MANIFEST);
    await writeFile(file('run.json'), '{}');
    await expect(readManifest(folder())).rejects.toMatchObject({ code: 'LAMARCK_RUN_BROKEN' });
  });
});
