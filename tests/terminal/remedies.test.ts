import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishSmallestRun } from '../support/damaged-runs.ts';
import { createProject, type Project } from '../support/project.ts';

const root = join(import.meta.dirname, '../..');
/** Nothing here waits for a clock: this only ends a test that hangs. */
const PATIENCE = 600_000;

/** Words of each command that a text advises: `npx lamarck agents list RUN` is `agents`, `list`, `RUN`. */
function commandsIn(text: string): string[][] {
  const ends = /[`\n;"]|',|, npx |\. [A-Z]|\.$/;
  return text
    .replaceAll(/\bcommand: (?=['`])./g, 'npx lamarck ')
    .split('npx lamarck ')
    .slice(1)
    .map((rest) => (rest.split(ends)[0] ?? '').trim().split(/\s+/))
    .map((words) => words.map((word) => word.replace(/^'(.*)'$/, '$1').replace(/[.,'\\]+$/, '')));
}

describe('what errors and reports advise to do', { timeout: PATIENCE }, () => {
  let project: Project;
  let evolution: string;
  let evaluation: string;
  const runs = (): string => join(project.folder, 'runs');
  beforeAll(async () => {
    project = await createProject('counters');
    evolution = (await finishSmallestRun(project)).run;
    expect((await project.lamarck('eval', '--agent', 'oracle', '--tasks', '1')).code).toBe(0);
    evaluation = (await readdir(runs())).find((name) => name.includes('-eval-')) ?? '';
  }, PATIENCE);
  afterAll(() => project[Symbol.asyncDispose]());

  it('are commands and options that there are', async () => {
    const advised = new Map<string, Set<string>>();
    for (const room of ['src', 'environments', 'sandboxes', 'tasks']) {
      const entries = await readdir(join(root, room), { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        if (!entry.isFile() || !/(?<!\.test)\.ts$/.test(entry.name)) continue;
        const text = (await readFile(join(entry.parentPath, entry.name), 'utf8')).replaceAll('\\`', '`');
        for (const words of commandsIn(text)) {
          if (/^(?:--|\$\{)/.test(words[0] ?? '')) continue;
          const isNested = ['agents', 'tasks', 'env'].includes(words[0] ?? '');
          const command = words.slice(0, isNested ? 2 : 1).join(' ');
          const options = words.filter((word) => word.startsWith('--'));
          advised.set(command, (advised.get(command) ?? new Set()).union(new Set(options)));
        }
      }
    }
    expect(advised.size).toBeGreaterThan(10);
    const commands = [...advised.keys()];
    const helps = await project.lamarckEach(commands.map((command) => [...command.split(' '), '--help']));
    for (const [at, command] of commands.entries()) {
      const { code, output } = helps[at] ?? { code: null, output: '' };
      expect([command, code]).toEqual([command, 0]);
      expect(output).toContain(`lamarck ${command} [options]`);
      for (const option of advised.get(command) ?? [])
        expect([command, output]).toEqual([command, expect.stringContaining(option)]);
    }
  });

  /** The first command of a remedy, with an argument for what it leaves open. */
  function remedyIn(errors: string, open: Readonly<Record<string, string>> = {}): string[] {
    expect(errors).toMatch(/ →/);
    const [words = []] = commandsIn(errors);
    return words.map((word) => open[word] ?? word);
  }
  /** Runs commands that fail, and then what each of them advises. */
  async function followEach(failing: readonly string[][]): Promise<string[]> {
    const failed = await project.lamarckEach(failing);
    expect(failed.map(({ code }) => code)).toEqual(failing.map(() => 1));
    const advised = failed.map(({ errors }) => remedyIn(errors, { DIR: 'made' }));
    const followed = await project.lamarckEach(advised);
    for (const [at, { code, errors }] of followed.entries())
      expect([advised[at], code, errors]).toEqual([advised[at], 0, '']);
    return followed.map(({ output }) => output);
  }

  it('can be done, and shows what is asked for', async () => {
    const cases: [what: string, words: string[], shown: RegExp][] = [
      ['a run that is not there', ['replay', 'nothing'], /-evolve-5/],
      ['an evaluation that is to be resumed', ['evolve', '--resume', evaluation], /-eval-\S+ +eval/],
      ['an archive that an evaluation has not', ['agents', 'list', evaluation], /-eval-\S+ +eval/],
      ['an episode that is not there', ['replay', evolution, 'zzz'], /^[0-9a-f]{12}/m],
      ['a genome that is not there', ['agents', 'show', evolution, 'zzz'], /^[0-9a-f]{8}/m],
      ['an agent that is not there', ['eval', '--agent', `${evolution}/zzz`], /^[0-9a-f]{8}/m],
      ['a family that is not there', ['tasks', 'check', 'none'], /counter\/reach/],
      ['a page without an episode', ['replay', evolution, '--html'], /^[0-9a-f]{12}/m],
    ];
    const shown = await followEach(cases.map(([, words]) => words));
    for (const [at, [what, , expected]] of cases.entries()) expect(shown[at], what).toMatch(expected);
  });

  it('makes a project where there is none', async () => {
    await followEach([['runs', '--config', 'none.ts']]);
    await followEach([['init', 'made']]);
    expect(await readdir(join(project.folder, 'my-project'))).toContain('lamarck.config.ts');
  });

  it('heals what can be healed, and shows the episodes of a run whose manifest is lost', async () => {
    await truncate(join(runs(), evolution, 'archive.git', 'refs', 'heads', 'champion'), 10);
    const folder = join(runs(), evaluation);
    await writeFile(join(folder, 'run.json'), '{');
    await rm(join(folder, 'run.json.copy'));
    const [unreadable, lost] = await project.lamarckEach([
      ['agents', 'diff', evolution],
      ['evolve', '--resume', evaluation],
    ]);
    expect([unreadable?.code, unreadable?.errors]).toEqual([
      1,
      expect.stringContaining('LAMARCK_ARCHIVE_BROKEN'),
    ]);
    const [replay = []] = commandsIn(lost?.errors ?? '');
    expect(replay).toEqual(['replay', evaluation]);
    const heal = remedyIn(unreadable?.errors ?? '');
    const [healed, diff, shown] = await project.lamarckEach([heal, ['agents', 'diff', evolution], replay]);
    expect([heal, healed?.code, healed?.errors]).toEqual([heal, 0, '']);
    expect([diff?.code, shown?.code]).toEqual([0, 0]);
  });
});
