import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';
import { createSmallCounters, SMALL_EVOLVE } from '../support/small-counters.ts';

const checkout = join(import.meta.dirname, '../fixtures/miniwob/checkout');
let project: Project;
beforeEach(async () => {
  project = await createProject('counters');
});
afterEach(() => project[Symbol.asyncDispose]());
const configuration = (): Promise<string> => readFile(join(project.folder, 'lamarck.config.ts'), 'utf8');

describe('tasks add', () => {
  it('makes a suite of the pages of a checkout, which every command then has, and says which page cannot be played', async () => {
    const added = await project.lamarck('tasks', 'add', 'miniwob', '--from', checkout, '--json');
    expect(added.code, added.errors).toBe(0);
    expect(JSON.parse(added.output)).toMatchObject({
      suite: 'miniwob',
      configured: true,
      families: ['miniwob/other', 'miniwob/part-of-list', 'miniwob/place-to-leave', 'miniwob/press-name'],
    });
    const [played, unplayable] = await project.lamarckEach([
      ['run', 'miniwob/press-name', '--agent', 'random', '--json'],
      ['run', 'miniwob/other', '--agent', 'random'],
    ]);
    expect(played?.code, played?.errors).toBe(0);
    expect(played?.output).toContain('Press the button');
    expect(unplayable?.code).toBe(1);
    expect(unplayable?.output).toContain(
      'miniwob/other.html cannot be played: it has no core.startEpisodeReal()',
    );
  });

  it('makes a suite of the rows of a file', async () => {
    const from = join(project.folder, 'lists.json');
    const row = (name: string, extra: number) => ({
      name,
      type: { input: 'list-of-int', output: 'int' },
      examples: [1, 2, 3, 4].map((n) => ({ i: [n], o: n + extra })),
    });
    await writeFile(from, JSON.stringify(['a', 'b', 'c'].map(row)));
    const words = ['tasks', 'add', 'jsonl', '--from', from, '--format', 'list-functions'];
    expect((await project.lamarck(...words)).output).toContain('jsonl/list-functions');
    const [listed, again, unnamed] = await project.lamarckEach([['tasks', 'list'], words, words.slice(0, 5)]);
    expect(listed?.output).toContain('jsonl/list-functions');
    expect(again?.errors).toContain('has a suite "list-functions" already');
    expect(unnamed?.errors).toContain('Name its format, e.g. humanevalfix-js (--format).');
  });

  it('makes suites that load, whatever they are called, also of another file of the same format', async () => {
    const from = join(project.folder, 'lists.json');
    for (const [name, extra] of [
      ['class', 1],
      ['reach', 2],
    ] as const) {
      const row = (id: string, by: number) => ({
        name: id,
        type: { input: 'list-of-int', output: 'int' },
        examples: [1, 2, 3, 4].map((n) => ({ i: [n], o: n * by + extra })),
      });
      await writeFile(from, JSON.stringify(['a', 'b', 'c'].map(row)));
      const words = ['--from', from, '--format', 'list-functions', '--name', name];
      const { code, output, errors } = await project.lamarck('tasks', 'add', 'jsonl', ...words);
      expect(code, errors).toBe(0);
      expect(output).toContain(`jsonl/${name}`);
    }
    const { output } = await project.lamarck('tasks', 'list');
    expect(output).toMatch(/jsonl\/class +class .*\n.*jsonl\/reach +reach /);
  });

  it('leaves out rows that do not fit, where that is asked for', async () => {
    const from = join(project.folder, 'lists.jsonl');
    const row = (name: string, extra: number) => ({
      name,
      type: { input: 'list-of-int', output: 'int' },
      examples: [1, 2, 3, 4].map((n) => ({ i: [n], o: n + extra })),
    });
    const rows = [...['a', 'b', 'c'].map(row), {}];
    await writeFile(from, rows.map((one) => JSON.stringify(one)).join('\n'));
    const words = ['tasks', 'add', 'jsonl', '--from', from, '--format', 'list-functions'];
    const refused = await project.lamarck(...words);
    expect([refused.code, refused.output]).toEqual([1, '']);
    expect(refused.errors).toMatch(/lists\.jsonl:4 "name".*by an option of tasks add \(--skip-invalid\)/s);
    const added = await project.lamarck(...words, '--skip-invalid');
    expect(added.code, added.errors).toBe(0);
    expect((await project.lamarck('tasks', 'list')).output).toContain('jsonl/list-functions');
  });

  it('names the formats that there are, and leaves nothing of one that there is not', async () => {
    const words = ['--from', 'counter.ts', '--format', 'humanevalfix'];
    const { code, errors } = await project.lamarck('tasks', 'add', 'jsonl', ...words);
    expect(code).toBe(1);
    expect(errors).toMatch(/There is no format "humanevalfix"; there are: .*humanevalfix-js/);
    expect(await readdir(join(project.folder, 'tasks'))).toEqual([]);
  });

  it('puts a configuration back that would not load with what was added', async () => {
    const text = `import { existsSync } from 'node:fs';
${await configuration()}
if (existsSync(new URL('tasks/pages.ts', import.meta.url))) throw new Error('not with pages');
`;
    await writeFile(join(project.folder, 'lamarck.config.ts'), text);
    const words = ['--from', checkout, '--name', 'pages'];
    const { code, errors } = await project.lamarck('tasks', 'add', 'miniwob', ...words);
    expect(code).toBe(1);
    expect(errors).toMatch(/The suite "pages" was not added: .*not with pages.*All is as it was/s);
    expect(await configuration()).toBe(text);
    await expect(readFile(join(project.folder, 'tasks/pages.ts'))).rejects.toThrow('ENOENT');
  });

  it('changes nothing where what it is given is not right', async () => {
    const given: readonly (readonly [words: readonly string[], says: RegExp])[] = [
      [['--from', 'nowhere'], /There is no .*nowhere/],
      [['--from', '.'], /holds no pages of MiniWoB\+\+: neither html\/miniwob nor miniwob is in it/],
      [['--from', checkout, '--skip-invalid'], /Pages have no rows/],
      [['--from', checkout, '--name', 'a b'], /"a b" cannot be the name of a suite/],
      [['--from', checkout, '--name', 'Pages'], /"Pages" cannot be the name of a suite/],
      [['--from', checkout, '--name', 'a_b'], /"a_b" cannot be the name of a suite/],
      [['--from', checkout, '--name', 'a'.repeat(300)], /cannot be the name of a suite/],
      // Its name makes it another module than that of the folder without pages.
      [['--from', 'file-for-folder', '--name', 'other'], /html\/miniwob cannot be read: ENOTDIR/],
    ];
    const before = await configuration();
    await mkdir(join(project.folder, 'file-for-folder/html'), { recursive: true });
    await writeFile(join(project.folder, 'file-for-folder/html/miniwob'), '');
    const results = await project.lamarckEach(given.map(([words]) => ['tasks', 'add', 'miniwob', ...words]));
    for (const [at, [words, says]] of given.entries()) {
      expect(results[at]?.code, words.join(' ')).toBe(1);
      expect(results[at]?.errors, words.join(' ')).toMatch(says);
    }
    expect(await configuration()).toBe(before);
    expect(await readdir(join(project.folder, 'tasks')).catch(() => [])).toEqual([]);
  });
});

describe('data that is not there any more', () => {
  it('is named where tasks are listed and checked, and stops only the commands that need it', async () => {
    await writeFile(
      join(project.folder, 'lamarck.config.ts'),
      `import { defineConfig } from 'lamarck';
import { jsonl, miniwob } from 'lamarck/tasks';
import { reach } from './counter.ts';
export default defineConfig({
  suites: {
    counters: [reach],
    fixes: jsonl({ from: 'gone.jsonl', format: 'humanevalfix-js' }),
    pages: miniwob({ from: 'counter.ts' }),
  },
  agent: 'agent',
});
`,
    );
    const [listed, json, checked, refused, evolved, played, scored] = await project.lamarckEach([
      ['tasks', 'list'],
      ['tasks', 'list', '--json'],
      ['tasks', 'check', '--seeds', '2'],
      ['run', 'miniwob/click-test', '--agent', 'random'],
      ['evolve', '--preview'],
      ['run', 'counter/reach', '--agent', 'oracle'],
      ['eval', '--agent', 'oracle', '--tasks', '2'],
    ]);
    expect(listed?.code, listed?.errors).toBe(0);
    expect(listed?.output).toMatch(/jsonl\/humanevalfix-js +fixes +broken/);
    expect(listed?.output).toMatch(/✗ jsonl\/humanevalfix-js .*gone\.jsonl cannot be read: ENOENT/);
    expect(listed?.output).toMatch(/✗ miniwob\/\* .*counter\.ts holds no pages of MiniWoB\+\+/);
    expect(JSON.parse(json?.output ?? '')).toMatchObject([
      { family: 'counter/reach' },
      { family: 'jsonl/humanevalfix-js', broken: expect.stringContaining('gone.jsonl') as string },
      { family: 'miniwob/*', suite: 'pages' },
    ]);
    expect(checked?.code).toBe(1);
    expect(checked?.output).toMatch(/✗ jsonl\/humanevalfix-js generation: .*gone\.jsonl cannot be read/);
    expect(checked?.output).toMatch(/counter\/reach +sound/);
    expect(checked?.output).toContain('1 of 3 sound');
    expect(refused?.code).toBe(1);
    expect(refused?.errors).toMatch(/"miniwob\/\*" is broken: .*counter\.ts holds no pages/);
    expect(evolved?.code).toBe(1);
    expect(evolved?.errors).toMatch(/"jsonl\/humanevalfix-js" is broken: .*gone\.jsonl cannot be read/);
    expect(evolved?.errors).toMatch(/take it out of the suites of .*lamarck\.config\.ts/);
    expect(played?.code, played?.errors).toBe(0);
    expect(played?.output).toContain('reward 1');
    expect(scored?.code).toBe(1);
    expect(scored?.output).toMatch(/counter\/reach +1\.00/);
    expect(scored?.errors).toMatch(/jsonl\/humanevalfix-js is left out: .*gone\.jsonl cannot be read/);
  });
});

// The same of pages, in a browser, is in adapters.long.test.ts.
it('families without a reference solution are evolved, where that is asked for, and no oracle is reported', async () => {
  await using counters = await createSmallCounters();
  const file = join(counters.folder, 'counter.ts');
  const code = await readFile(file, 'utf8');
  const without = code.replaceAll(/ {2}oracle: function\* \([^)]*\) \{\n(?: {4}.*\n)*? {2}\},\n/g, '');
  expect(without).not.toContain('oracle');
  await writeFile(file, without);
  const { code: exit, output, errors } = await counters.lamarck(...SMALL_EVOLVE);
  expect(exit, errors).toBe(0);
  expect(output).toMatch(/^up .*no data/m);
  expect((await counters.lamarck('runs')).output).toMatch(/evolve-5 .*\[/);
});
