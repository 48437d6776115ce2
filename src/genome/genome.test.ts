import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenomeFiles } from '../sandbox/index.ts';
import { applyPatch, genomeOf, loadGenome } from './genome.ts';

const hasGit = !spawnSync('git', ['--version']).error;

describe('a genome', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lamarck-genome-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.skipIf(!hasGit)('is named as git names its tree', async () => {
    // Names that sort one way as files and another way as folders.
    const name = fc.constantFrom('a', 'a-b', 'a.b', 'ab', 'B', 'skills', 'skills-old', 'z_9');
    const path = fc
      .tuple(fc.array(name, { maxLength: 3 }), name)
      .map(([folders, last]) => [...folders, `${last}.ts`].join('/'));
    const files = fc.dictionary(path, fc.string({ unit: 'binary' }), { minKeys: 1, maxKeys: 8 });
    await fc.assert(
      fc.asyncProperty(files, async (drawn) => {
        const fresh = await mkdtemp(join(folder, 'case-'));
        const git = (...words: string[]): string =>
          execFileSync('git', ['-c', 'core.autocrlf=false', ...words], {
            cwd: fresh,
            encoding: 'utf8',
          }).trim();
        git('init', '--quiet');
        await put(fresh, drawn);
        git('add', '--all');
        expect(genomeOf(drawn).id).toBe(git('write-tree'));
      }),
      { numRuns: 12 },
    );
  });

  it('has the same name whatever the order of its files', () => {
    const one = genomeOf({ 'agent.ts': 'a', 'skills/b.ts': 'b', 'policy.json': '{}' });
    const other = genomeOf({ 'policy.json': '{}', 'skills/b.ts': 'b', 'agent.ts': 'a' });
    expect(other).toEqual(one);
    expect(Object.keys(other.files)).toEqual(['agent.ts', 'policy.json', 'skills/b.ts']);
  });

  it('is loaded from a folder, without tests, hidden files and packages', async () => {
    const files = { 'agent.ts': 'a', 'improve.ts': 'i', 'skills/index.ts': 's', 'prompts/think.md': '# T' };
    await put(folder, {
      ...files,
      'agent.test.ts': 't',
      'skills/index.test.ts': 't',
      '.DS_Store': 'x',
      'node_modules/x/index.ts': 'x',
    });
    expect(await loadGenome(folder)).toEqual(genomeOf(files));
  });

  it('is refused with the file that does not belong', async () => {
    await put(folder, { 'agent.ts': 'a', 'weights.bin': 'w' });
    await expect(loadGenome(folder)).rejects.toMatchObject({
      code: 'LAMARCK_GENOME_INVALID',
      message: expect.stringContaining('"weights.bin" does not end in') as string,
    });
    await expect(loadGenome(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'LAMARCK_GENOME_INVALID',
    });
  });
});

describe('a patch', () => {
  const files = { 'agent.ts': 'a', 'skills/one.ts': '1' };

  it('puts and deletes files, and leaves what it was given alone', () => {
    const patched = applyPatch(files, {
      'skills/one.ts': null,
      'skills/two.ts': '2',
      'agent.ts': 'b',
      'none.ts': null,
    });
    expect(patched).toEqual({ 'agent.ts': 'b', 'skills/two.ts': '2' });
    expect(files).toEqual({ 'agent.ts': 'a', 'skills/one.ts': '1' });
  });

  it.each([
    ['../agent.ts', 'leads out of the genome'],
    ['skills/../../agent.ts', 'leads out of the genome'],
    ['/etc/agent.ts', 'is absolute'],
    ['C:/agent.ts', 'is absolute'],
    ['skills//one.ts', 'has an empty segment'],
    ['', 'is empty'],
    ['skills\\one.ts', 'letters, digits'],
    ['.git/config.json', 'letters, digits'],
    ['./agent.ts', 'letters, digits'],
    ['a\u0000.ts', 'letters, digits'],
    ['run.sh', 'does not end in .ts, .json, .md'],
    ['agent.ts/inner.ts', '"agent.ts" is a file'],
    [`${'a'.repeat(300)}.ts`, 'longer than 200'],
  ])('is refused for the path %j', (path, reason) => {
    expect(refusal(() => applyPatch(files, { [path]: 'x' }))).toContain(reason);
  });

  it('is refused where it would delete outside of the genome', () => {
    expect(refusal(() => applyPatch(files, { '../agent.ts': null }))).toContain('leads out of the genome');
  });

  it('is refused where the genome would have too many files, lines or bytes, or half a character', () => {
    const many = Object.fromEntries(Array.from({ length: 199 }, (_, index) => [`f${index}.ts`, '']));
    expect(refusal(() => applyPatch(files, many))).toContain('201 files');
    expect(refusal(() => applyPatch(files, { 'big.md': 'é'.repeat(500_000) }))).toContain('1000002 bytes');
    expect(refusal(() => applyPatch(files, { 'long.md': '\n'.repeat(90_000) }))).toContain(
      '"long.md" has 90001 lines; a file of a genome has at most 20000',
    );
    expect(refusal(() => applyPatch(files, { 'half.md': '\ud83d' }))).toContain('not well-formed');
  });
});

it('says what is wrong with a path of any length in a sentence of bounded length', () => {
  expect(refusal(() => applyPatch({}, { ['a'.repeat(1_000_000)]: '' })).length).toBeLessThan(500);
});

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toMatchObject({ code: 'LAMARCK_PATCH_REFUSED', boundary: 'agent' });
    return (error as Error).message;
  }
  return 'nothing was refused';
}

async function put(folder: string, files: GenomeFiles): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
