import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishRun } from './support/damaged-runs.ts';
import { createProject, type Project } from './support/project.ts';

const root = join(import.meta.dirname, '..');
/** Nothing here waits for a clock: this only ends a test that hangs. */
const PATIENCE = 600_000;

/** Words of each command that a text advises: `npx lamarck agents list RUN` is `agents`, `list`, `RUN`. */
function commandsIn(text: string): string[][] {
  const ends = /[`\n;"]|, npx |\. [A-Z]|\.$/;
  return text
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
    evolution = (await finishRun(project)).run;
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
          if (words[0]?.startsWith('--')) continue;
          const isNested = ['agents', 'tasks', 'env'].includes(words[0] ?? '');
          const command = words.slice(0, isNested ? 2 : 1).join(' ');
          const options = words.filter((word) => word.startsWith('--'));
          advised.set(command, (advised.get(command) ?? new Set()).union(new Set(options)));
        }
      }
    }
    expect(advised.size).toBeGreaterThan(10);
    for (const [command, options] of advised) {
      const { code, output } = await project.lamarck(...command.split(' '), '--help');
      expect([command, code]).toEqual([command, 0]);
      expect(output).toContain(`lamarck ${command} [options]`);
      for (const option of options)
        expect([command, output]).toEqual([command, expect.stringContaining(option)]);
    }
  });

  /** Follows the first command of a remedy, with an argument for what it leaves open. */
  async function follow(errors: string, open: Readonly<Record<string, string>> = {}): Promise<string> {
    expect(errors).toMatch(/ →/);
    const [words = []] = commandsIn(errors);
    const { code, output, errors: said } = await project.lamarck(...words.map((word) => open[word] ?? word));
    expect([words, code, said]).toEqual([words, 0, '']);
    return output;
  }

  it.each<[string, () => string[], RegExp]>([
    ['a run that is not there', () => ['replay', 'nothing'], /-evolve-5/],
    ['an evaluation that is to be resumed', () => ['evolve', '--resume', evaluation], /-eval-\S+ +eval/],
    ['an archive that an evaluation has not', () => ['agents', 'list', evaluation], /-eval-\S+ +eval/],
    ['an episode that is not there', () => ['replay', evolution, 'zzz'], /^[0-9a-f]{12}/m],
    ['a genome that is not there', () => ['agents', 'show', evolution, 'zzz'], /^[0-9a-f]{8}/m],
    ['an agent that is not there', () => ['eval', '--agent', `${evolution}/zzz`], /^[0-9a-f]{8}/m],
    ['a family that is not there', () => ['tasks', 'check', 'none'], /counter\/reach/],
    ['a page without an episode', () => ['replay', evolution, '--html'], /^[0-9a-f]{12}/m],
  ])('can be done, and shows what is asked for: %s', async (_, words, shown) => {
    const { code, errors } = await project.lamarck(...words());
    expect(code).toBe(1);
    expect(await follow(errors)).toMatch(shown);
  });

  it('heals an archive that cannot be read', async () => {
    const heads = join(runs(), evolution, 'archive.git', 'refs', 'heads');
    await truncate(join(heads, 'champion'), 10);
    const { code, errors } = await project.lamarck('agents', 'diff', evolution);
    expect([code, errors]).toEqual([1, expect.stringContaining('LAMARCK_ARCHIVE_BROKEN')]);
    await follow(errors);
    expect((await project.lamarck('agents', 'diff', evolution)).code).toBe(0);
  });

  it('shows the episodes of a run whose manifest is lost', async () => {
    const folder = join(runs(), evaluation);
    await writeFile(join(folder, 'run.json'), '{');
    await rm(join(folder, 'run.json.copy'));
    const { errors } = await project.lamarck('evolve', '--resume', evaluation);
    const [, replay = []] = commandsIn(errors);
    expect(replay).toEqual(['replay', evaluation]);
    expect((await project.lamarck(...replay)).code).toBe(0);
  });

  it('makes a project where there is none', async () => {
    const { errors } = await project.lamarck('runs', '--config', 'none.ts');
    await follow(errors, { DIR: 'made' });
    const again = await project.lamarck('init', 'made');
    await follow(again.errors);
    expect(await readdir(join(project.folder, 'my-project'))).toContain('lamarck.config.ts');
  });
});
