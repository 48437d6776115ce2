import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';

describe('lamarck replay', () => {
  let project: Project;
  let run: string;
  const replay = (...words: string[]) => project.lamarck('replay', run, ...words);

  /** Two counters: what is seen of one depends on its seed alone, and of the other on who came before. */
  beforeAll(async () => {
    project = await createProject('counters');
    const code = await readFile(join(project.folder, 'counter.ts'), 'utf8');
    const [shared, again] = [/name: 'counter(?=['/])/g, "repeatability: 'reset',\n  open:"];
    await writeFile(
      join(project.folder, 'shared.ts'),
      code.replace(shared, "name: 'shared").replace('open:', again),
    );
    await writeFile(
      join(project.folder, 'lamarck.config.ts'),
      `import { defineConfig } from 'lamarck';
import { reach } from './counter.ts';
import { reach as shared } from './shared.ts';
export default defineConfig({ suites: { counters: [reach, shared] } });
`,
    );
    expect((await project.lamarck('eval', '--agent', 'oracle', '--tasks', '3')).code).toBe(0);
    [run = ''] = await readdir(join(project.folder, 'runs'));
  });
  afterAll(() => project[Symbol.asyncDispose]());

  it('tells what was seen again from what only has its hash', async () => {
    const { code, output } = await replay('--verify');
    expect(code).toBe(0);
    expect(output).toContain('verified 3 trajectories: every step was seen again as recorded.');
    expect(output).toContain('3 not repeatable by seed: only their hash was checked.');
    const { output: json } = await replay('--verify', '--json');
    expect(JSON.parse(json)).toEqual({ checked: 6, unrepeatable: 3, problems: [], mending: 0, changes: [] });
  });

  it('claims nothing to be seen again where nothing can be', async () => {
    const { output: listed } = await replay('--json');
    const rows = JSON.parse(listed) as { key: string; family: string }[];
    const { key = '' } = rows.find(({ family }) => family === 'shared/reach') ?? {};
    const { output } = await replay(key, '--verify');
    expect(output).toBe('1 not repeatable by seed: only their hash was checked.\n');
  });

  it('says that a page is of an episode', async () => {
    const { code, errors } = await replay('--html');
    expect(code).toBe(1);
    expect(errors).toContain(`Name one of those that are listed: npx lamarck replay ${run}`);
  });
});
