import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';

let project: Project;
beforeEach(async () => {
  project = await createProject('counters');
});
afterEach(() => project[Symbol.asyncDispose]());

async function change(...changes: [what: string | RegExp, by: string][]): Promise<void> {
  const file = join(project.folder, 'counter.ts');
  let code = await readFile(file, 'utf8');
  for (const [what, by] of changes) code = code.replace(what, by);
  await writeFile(file, code);
}

describe('a check that is interrupted', () => {
  /** Stops at the second family, whose episodes take long. */
  async function interrupted(...words: string[]): Promise<{ code: number | null; output: string }> {
    const marker = join(project.folder, 'second');
    await change(
      ["import { z } from 'zod';", "import { writeFileSync } from 'node:fs';\nimport { z } from 'zod';"],
      [
        'open: ({ params }) => {',
        `open: async ({ params }) => {
    if (params.goal < 0) {
      writeFileSync('${marker}', '');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }`,
      ],
    );
    const child = project.start('tasks', 'check', '--seeds', '20', ...words);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.resume();
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    while (!existsSync(marker)) await sleep(50);
    child.kill('SIGINT');
    return { code: await ended, output };
  }

  it('says so under its table', async () => {
    const { code, output } = await interrupted();
    expect(code).toBe(130);
    expect(output).toMatch(/counter\/reach +sound(.*\n)+1 of 2 families checked\.\n$/);
  });

  it('says so in JSON', async () => {
    const { code, output } = await interrupted('--json');
    expect(code).toBe(130);
    expect(JSON.parse(output)).toMatchObject({ checked: 1, of: 2, families: [{ family: 'counter/reach' }] });
  });
});

describe('a family without a reference solution', () => {
  const WHY = 'it has no reference solution, an oracle()';
  const WITHOUT_ORACLE: [RegExp, string] = [
    / {2}oracle: function\* \([^)]*\) \{\n(?: {4}.*\n)*? {2}\},\n/,
    '',
  ];

  it('is named where the oracle is scored', async () => {
    await change(WITHOUT_ORACLE);
    const scored = (agent: string, ...more: string[]) => ['eval', '--agent', agent, '--tasks', '2', ...more];
    const [told, json, random] = await project.lamarckEach([
      scored('oracle'),
      scored('oracle', '--json'),
      scored('random', '--json'),
    ]);
    expect(told?.code, told?.errors).toBe(0);
    expect(told?.output).toMatch(/counter\/descend +1\.00/);
    expect(told?.output).toContain(`counter/reach is left out: ${WHY}.`);
    expect(JSON.parse(json?.output ?? '')).toMatchObject({
      all: { n: 2 },
      missing: 0,
      leftOut: [{ family: 'counter/reach', why: WHY }],
    });
    expect(JSON.parse(random?.output ?? '')).toMatchObject({ all: { n: 4 }, leftOut: [] });
  });

  it('is refused where there is no other', async () => {
    await change(WITHOUT_ORACLE, WITHOUT_ORACLE);
    const { code, errors } = await project.lamarck('eval', '--agent', 'oracle');
    expect(code).toBe(1);
    expect(errors).toMatch(/No task family of .* has a reference solution.*LAMARCK_ORACLE_MISSING/s);
  });
});
