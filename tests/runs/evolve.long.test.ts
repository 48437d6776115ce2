import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';
import { runFacts } from '../support/run-facts.ts';

const EVOLVE = ['evolve', '--seed', '5', '--budget', '420', '--unchecked'];

/** Plays a run to its end, and gives back what is true of it. */
async function factsOfRun({ folder, lamarck }: Project): Promise<unknown> {
  const { code, output, errors } = await lamarck(...EVOLVE);
  expect(code, errors).toBe(0);
  return runFacts(join(folder, 'runs', /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? 'none'));
}

describe('a second run with the same seed and budget', () => {
  let project: Project;
  let first: unknown;
  beforeAll(async () => {
    project = await createProject('counters');
    first = await factsOfRun(project);
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('admits the same genomes and records the same trajectories', async () => {
    expect(await factsOfRun(project)).toEqual(first);
  });

  it('tries episodes again whose environment process was killed, and ends as if nothing had happened', async () => {
    const marker = join(project.folder, 'killed-once');
    const code = await readFile(join(project.folder, 'counter.ts'), 'utf8');
    await writeFile(
      join(project.folder, 'counter.ts'),
      code
        .replace(
          "import { z } from 'zod';",
          "import { existsSync, writeFileSync } from 'node:fs';\nimport { z } from 'zod';",
        )
        .replace(
          'value += amount;',
          `value += amount;
          if (params.goal === 4 && !existsSync('${marker}')) {
            writeFileSync('${marker}', '');
            process.kill(process.pid, 'SIGKILL');
          }`,
        ),
    );
    const troubled = await factsOfRun(project);
    expect(await readdir(project.folder)).toContain('killed-once');
    expect(troubled).toEqual(first);
  });
});
