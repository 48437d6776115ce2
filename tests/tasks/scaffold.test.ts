import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';

let project: Project;
beforeAll(async () => {
  project = await createProject('counters');
});
afterAll(() => project[Symbol.asyncDispose]());

describe('what is new', () => {
  const MADE = [
    // A name that every object answers to is a name as any other.
    [['tasks', 'new', 'web/constructor'], 'web/constructor'],
    [['tasks', 'new', 'programs/shift'], 'programs/shift'],
    [['tasks', 'new', 'repairs/discount'], 'repairs/discount'],
    [['env', 'new', 'till'], 'till/reach'],
  ] as const;

  it('is made beside what is there', async () => {
    const results = await project.lamarckEach(MADE.map(([words]) => [...words, '--json']));
    for (const [at, [words, family]] of MADE.entries()) {
      const made = results[at];
      expect(made?.code, `${words.join(' ')}: ${made?.errors}`).toBe(0);
      expect(JSON.parse(made?.output ?? '')).toMatchObject({ family, configured: true });
    }
  });

  it('is sound, as its check says', async () => {
    const made = '{web,programs,repairs,till}/*';
    const checked = await project.lamarck('tasks', 'check', made, '--seeds', '1', '--json');
    expect(checked.code, checked.output).toBe(0);
    const { families } = JSON.parse(checked.output) as { families: { family: string; sound: boolean }[] };
    for (const [, family] of MADE)
      expect(families.find((checked) => checked.family === family)).toMatchObject({ sound: true });
  });

  // That of each kind of family is played in scaffold.long.test.ts.
  it('has a test of its own, which passes', async () => {
    const { code, output } = await project.lamarck('tasks', 'test', 'tasks/till.test.ts');
    expect(code, output).toBe(0);
    expect(output).toMatch(/pass [1-9]/);
    expect(output).toContain('till/reach: its reference solution wins at difficulty 1');
  });

  it('is called what it is', async () => {
    const code = await readFile(join(project.folder, 'tasks', 'till.ts'), 'utf8');
    expect(code).toContain("export const environment = defineEnvironment({\n  name: 'till',");
    expect(code).not.toContain('counter');
  });

  it('has a line in the README', async () => {
    const readme = await readFile(join(project.folder, 'README.md'), 'utf8');
    expect(readme).toMatch(
      /^# Tasks\n\n- `tasks\/constructor\.ts` is the task family `web\/constructor`; `tasks\/constructor\.test\.ts` tests it\.\n/,
    );
    expect(readme).toContain('\n- `tasks/till.ts` is the task family `till/reach`');
  });

  it('fails its test where it is no longer right', async () => {
    const file = join(project.folder, 'tasks', 'till.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace('=== params.goal', '> params.goal'));
    expect((await project.lamarck('tasks', 'test', 'tasks/till.test.ts')).code).toBe(1);
    await writeFile(file, code);
  });

  it('is refused where its name is taken, or can be none', async () => {
    const refused: readonly (readonly [words: readonly string[], says: RegExp])[] = [
      [['tasks', 'new', 'web/constructor'], /has a task family "web\/constructor" already/],
      [['tasks', 'new', 'programs/till'], /has a suite "till" already/],
      [['tasks', 'new', 'programs/desk'], /desk\.ts is there already; nothing was written/],
      [['tasks', 'new', 'games/chess'], /"games\/chess" cannot be the name of a new task family/],
      [['tasks', 'new', 'web/../x'], /cannot be the name/],
      [['env', 'new', 'A b'], /"A b" cannot be the name of a new environment/],
    ];
    await writeFile(join(project.folder, 'tasks', 'desk.ts'), '');
    const before = await readFile(join(project.folder, 'lamarck.config.ts'), 'utf8');
    const results = await project.lamarckEach(refused.map(([words]) => words));
    for (const [at, [words, says]] of refused.entries()) {
      expect(results[at]?.code, words.join(' ')).toBe(1);
      expect(results[at]?.errors, words.join(' ')).toMatch(says);
    }
    expect(await readFile(join(project.folder, 'lamarck.config.ts'), 'utf8')).toBe(before);
  });
});
