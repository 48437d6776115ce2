import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive, type Archive } from './archive.ts';
import { summarizeDiff } from '../protocol/index.ts';
import { applyPatch, genomeOf, type Genome } from './genome.ts';

const hasGit = !spawnSync('git', ['--version']).error;
const seed = genomeOf({
  'agent.ts': 'export default 1;\n',
  'improve.ts': 'x\n',
  'skills/index.ts': 'one\ntwo\n',
});
const child = genomeOf(applyPatch(seed.files, { 'policy.json': '{}\n', 'skills/index.ts': 'one\nthree\n' }));
const other = genomeOf(applyPatch(seed.files, { 'improve.ts': null }));

describe('the archive', () => {
  let gitdir: string;
  beforeEach(async () => {
    gitdir = join(await mkdtemp(join(tmpdir(), 'lamarck-archive-')), 'archive.git');
  });
  afterEach(() => rm(join(gitdir, '..'), { recursive: true }));
  const git = (...words: string[]): string =>
    execFileSync('git', ['-C', gitdir, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  it('gives genomes back, with who came from whom, in the order of their births', async () => {
    const archive = await openArchive(gitdir);
    const seedCommit = await admit(archive, seed, [], 0);
    const childCommit = await admit(archive, child, [seed], 1);
    await archive.setChampion(child.id);
    const reopened = await openArchive(gitdir);
    expect(await reopened.list()).toEqual([
      { id: seed.id, commit: seedCommit, parents: [], message: 'birth 0', index: 0 },
      { id: child.id, commit: childCommit, parents: [seed.id], message: 'birth 1', index: 1 },
    ]);
    expect(await reopened.read(child.id)).toEqual(child);
    expect(await reopened.champion()).toBe(child.id);
    await expect(reopened.read(other.id)).rejects.toMatchObject({ code: 'LAMARCK_GENOME_UNKNOWN' });
    await expect(admit(reopened, other, [genomeOf({ 'a.ts': '' })], 2)).rejects.toMatchObject({
      code: 'LAMARCK_GENOME_UNKNOWN',
    });
  });

  it('makes equal commits of equal births, and keeps the first birth of a genome', async () => {
    const archive = await openArchive(gitdir);
    const commits = [await admit(archive, seed, [], 0), await admit(archive, child, [seed], 1)];
    const twin = await openArchive(join(gitdir, '../twin.git'));
    expect([await admit(twin, seed, [], 0), await admit(twin, child, [seed], 1)]).toEqual(commits);
    expect(await admit(archive, seed, [child], 7)).toBe(commits[0]);
    expect(await archive.list()).toHaveLength(2);
  });

  it('says what changed between two genomes, in a line and in full', async () => {
    const archive = await openArchive(gitdir);
    for (const [index, genome] of [seed, child, other].entries()) await admit(archive, genome, [], index);
    expect(summarizeDiff(await archive.diff(seed.id, child.id))).toBe(
      'policy.json +1, skills/index.ts +1 −1',
    );
    expect(await archive.diff(seed.id, child.id)).toMatchObject([
      {
        path: 'policy.json',
        change: 'added',
        diff: '--- /dev/null\n+++ b/policy.json\n@@ -0,0 +1,1 @@\n+{}\n',
      },
      {
        path: 'skills/index.ts',
        change: 'changed',
        diff: '--- a/skills/index.ts\n+++ b/skills/index.ts\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n',
      },
    ]);
    expect(await archive.diff(seed.id, other.id)).toMatchObject([{ path: 'improve.ts', change: 'removed' }]);
    expect(await archive.diff(seed.id, seed.id)).toEqual([]);
  });

  it.skipIf(!hasGit)('is a repository that git itself reads and finds sound', async () => {
    const archive = await openArchive(gitdir);
    await admit(archive, seed, [], 0);
    await admit(archive, child, [seed], 1);
    await admit(archive, other, [seed], 2);
    const merged = genomeOf({ ...child.files, 'crossed.md': 'both\n' });
    await admit(archive, merged, [child, other], 3);
    await archive.setChampion(merged.id);
    expect(git('fsck', '--full', '--strict')).toBe('');
    expect(git('log', '--graph', '--all', '--format=%s %ai').split('\n')[0]).toBe(
      '*   birth 3 2000-01-01 00:00:03 +0000',
    );
    // HEAD is the champion.
    expect(git('show', 'HEAD:skills/index.ts')).toBe('one\nthree\n');
    expect(git('rev-parse', `genome-${seed.id.slice(0, 12)}^{tree}`).trim()).toBe(seed.id);
  });

  describe('with damaged branches', () => {
    const branch = (name: string): string => join(gitdir, 'refs', 'heads', name);
    const branchOf = ({ id }: Genome): string => branch(`genome-${id.slice(0, 12)}`);
    let archive: Archive;
    let births: unknown;
    beforeEach(async () => {
      archive = await openArchive(gitdir);
      await admit(archive, seed, [], 0);
      await admit(archive, child, [seed], 1);
      await archive.setChampion(child.id);
      births = await archive.list();
    });

    it.each([
      ['of a genome holds no commit', () => writeFile(branchOf(child), `${'1'.repeat(40)}\n`)],
      ['of a genome is empty', () => truncate(branchOf(child), 0)],
      [
        "of two genomes have each other's names",
        async () => {
          const [one, other] = [await readFile(branchOf(seed)), await readFile(branchOf(child))];
          await writeFile(branchOf(seed), other);
          await writeFile(branchOf(child), one);
        },
      ],
      ['of the champion is no commit', () => writeFile(branch('champion'), 'zzz\n')],
    ])(
      'names the one that cannot be read, where that %s, and mends it when genomes are admitted again',
      async (_, spoil) => {
        await spoil();
        const damaged = await openArchive(gitdir);
        const reading = async () => [await damaged.list(), await damaged.champion()];
        await expect(reading()).rejects.toMatchObject({
          code: 'LAMARCK_ARCHIVE_BROKEN',
          message: expect.stringContaining('refs/heads/') as string,
        });
        await admit(damaged, seed, [], 0);
        await admit(damaged, child, [seed], 1);
        await damaged.setChampion(child.id);
        expect(await reading()).toEqual([births, child.id]);
      },
    );

    it('leaves copies of branches out', async () => {
      await cp(branchOf(child), `${branchOf(child)}.copy`);
      await cp(branchOf(child), branch('genome-000000000000'));
      expect(await archive.list()).toEqual(births);
    });

    it('gives HEAD back its branch', async () => {
      await writeFile(join(gitdir, 'HEAD'), 'ref: refs/heads/chbmpion\n');
      await openArchive(gitdir);
      expect(await readFile(join(gitdir, 'HEAD'), 'utf8')).toBe('ref: refs/heads/champion\n');
      expect(await (await openArchive(gitdir)).list()).toEqual(births);
    });
  });

  it.each([
    ['cut short', (path: string) => truncate(path, 10)],
    ['emptied', (path: string) => truncate(path, 0)],
    [
      'of other content',
      (path: string, good: Buffer) => writeFile(path, Buffer.concat([good.subarray(0, 12), good])),
    ],
  ])('mends any object that is %s when its genome is admitted again', async (_, spoil) => {
    const first = await openArchive(gitdir);
    const commit = await admit(first, seed, [], 0);
    const objects = (await readdir(join(gitdir, 'objects'), { recursive: true })).filter(
      (name) => name.length === 41,
    );
    // Three blobs, a folder, the root, the commit.
    expect(objects).toHaveLength(6);
    for (const name of objects) {
      const path = join(gitdir, 'objects', name);
      const good = await readFile(path);
      await spoil(path, good);
      const archive = await openArchive(gitdir);
      await expect(archive.read(seed.id)).rejects.toMatchObject({ code: 'LAMARCK_ARCHIVE_BROKEN' });
      expect(await admit(archive, seed, [], 0)).toBe(commit);
      expect(await readFile(path)).toEqual(good);
      expect(await archive.read(seed.id)).toEqual(seed);
    }
  });

  it.skipIf(!hasGit)('comes to the same commits however often its writer is killed', async () => {
    // The writer admits a chain of genomes and prints its commits.
    const script = `
      import { openArchive } from ${JSON.stringify(join(import.meta.dirname, 'archive.ts'))};
      import { genomeOf } from ${JSON.stringify(join(import.meta.dirname, 'genome.ts'))};
      process.stdout.write('ready\\n');
      const archive = await openArchive(process.argv[1]);
      const commits = [];
      let parents = [];
      for (let index = 0; index < 20; index++) {
        const genome = genomeOf({ 'agent.ts': 'same', ['skills/' + index + '.ts']: String(index) });
        commits.push(await archive.admit({ genome, parents, message: 'birth', index }));
        await archive.setChampion(genome.id);
        parents = [genome.id];
      }
      process.stdout.write(commits.join(' '));`;
    const run = async (folder: string, life: number): Promise<string | undefined> => {
      const process_ = spawn(
        process.execPath,
        ['--conditions=lamarck-source', '--input-type=module', '-e', script, folder],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let printed = '';
      process_.stdout.on('data', (data: Buffer) => (printed += data.toString()));
      const ended = once(process_, 'close');
      while (!printed.startsWith('ready')) await sleep(2);
      const kill = setTimeout(() => process_.kill('SIGKILL'), life);
      const [code] = (await ended) as [number | null];
      clearTimeout(kill);
      return code === 0 ? printed : undefined;
    };
    const calm = await run(join(gitdir, '../calm.git'), 60_000);
    expect(calm?.split(' ')).toHaveLength(20);
    for (const life of [1, 9, 33]) await run(gitdir, life);
    expect(await run(gitdir, 60_000)).toBe(calm);
    expect(git('fsck', '--full', '--strict')).not.toMatch(/error|missing|bad|broken/);
    expect(git('log', '--oneline').trim().split('\n')).toHaveLength(20);
  });
});

async function admit(
  archive: Archive,
  genome: Genome,
  parents: readonly Genome[],
  index: number,
): Promise<string> {
  return archive.admit({ genome, parents: parents.map(({ id }) => id), message: `birth ${index}`, index });
}
