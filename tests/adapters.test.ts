import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProject, type Project } from './support/project.ts';

vi.setConfig({ testTimeout: 120_000 });

const checkout = join(import.meta.dirname, 'fixtures/miniwob/checkout');
let project: Project;
beforeEach(async () => {
  project = await createProject('counters');
});
afterEach(() => project[Symbol.asyncDispose]());
const configuration = (): Promise<string> => readFile(join(project.folder, 'lamarck.config.ts'), 'utf8');

describe('tasks add', () => {
  it('makes a suite of the pages of a checkout, which every command then has', async () => {
    const added = await project.lamarck('tasks', 'add', 'miniwob', '--from', checkout, '--json');
    expect(added.code, added.errors).toBe(0);
    expect(JSON.parse(added.output)).toMatchObject({
      suite: 'miniwob',
      configured: true,
      families: ['miniwob/other', 'miniwob/part-of-list', 'miniwob/place-to-leave', 'miniwob/press-name'],
    });
    const played = await project.lamarck('run', 'miniwob/press-name', '--agent', 'random', '--json');
    expect(played.code, played.errors).toBe(0);
    expect(played.output).toContain('Press the button');
  });

  it('says which page cannot be played, and goes on with the others', async () => {
    await project.lamarck('tasks', 'add', 'miniwob', '--from', checkout);
    const { code, output } = await project.lamarck('run', 'miniwob/other', '--agent', 'random');
    expect(code).toBe(1);
    expect(output).toContain('miniwob/other.html cannot be played: it has no core.startEpisodeReal()');
  });

  it('makes a suite of the rows of a file', async () => {
    const from = join(project.folder, 'lists.json');
    const row = (name: string) => ({
      name,
      type: { input: 'list-of-int', output: 'int' },
      examples: [1, 2, 3, 4].map((n) => ({ i: [n], o: n })),
    });
    await writeFile(from, JSON.stringify(['a', 'b', 'c'].map(row)));
    const words = ['tasks', 'add', 'jsonl', '--from', from, '--format', 'list-functions'];
    expect((await project.lamarck(...words)).output).toContain('jsonl/list-functions');
    expect((await project.lamarck('tasks', 'list')).output).toContain('jsonl/list-functions');
    expect((await project.lamarck(...words)).errors).toContain('has a suite "list-functions" already');
    expect((await project.lamarck(...words.slice(0, 5))).errors).toContain('Name its format by --format');
  });

  it.each([
    [['--from', 'nowhere'], /There is no .*nowhere/],
    [['--from', '.'], /holds no pages of MiniWoB\+\+: neither html\/miniwob nor miniwob is in it/],
    [['--from', checkout, '--name', 'a b'], /"a b" cannot be the name of a suite/],
  ])('changes nothing where it is given %j', async (words, says) => {
    const before = await configuration();
    const { code, errors } = await project.lamarck('tasks', 'add', 'miniwob', ...words);
    expect(code).toBe(1);
    expect(errors).toMatch(says);
    expect(await configuration()).toBe(before);
    await expect(readFile(join(project.folder, 'tasks/miniwob.ts'))).rejects.toThrow('ENOENT');
  });
});

it('families without a reference solution are evolved, where that is asked for, and nothing is told of an oracle', async () => {
  await using pages = await createProject('miniwob');
  const file = join(pages.folder, 'lamarck.config.ts');
  const config = await readFile(file, 'utf8');
  const small = 'folds: 0, budget: { episodes: 420, improvement: 40, sealed: 2 },';
  await writeFile(file, config.replace('suites:', `${small}\n  suites:`));
  const { code, output, errors } = await pages.lamarck('evolve', '--unchecked');
  expect(code, errors).toBe(0);
  expect(output).toMatch(/miniwob .*no data/);
  expect((await pages.lamarck('runs')).output).toMatch(/evolve-1 .*\[/);
});
