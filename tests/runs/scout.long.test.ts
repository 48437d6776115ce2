import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';
import { runFacts } from '../support/run-facts.ts';

describe('a small run of scout, in a real browser and real isolates', () => {
  let project: Project;
  let folder: string;

  beforeAll(async () => {
    project = await createProject('night');
    const { code, output, errors } = await project.lamarck('evolve', '--seed', '2');
    expect([code, errors]).toEqual([0, '']);
    folder = join(project.folder, 'runs', /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? 'none');
  });
  afterAll(() => project[Symbol.asyncDispose]());

  it('replays every trajectory to the same observations', async () => {
    const { code, output } = await project.lamarck('replay', folder, '--verify');
    expect(output).toMatch(/verified \d{3} trajectories/);
    expect(code).toBe(0);
  });

  it('is the same when it is run again', async () => {
    expect((await project.lamarck('evolve', '--seed', '2')).code).toBe(0);
    expect(await runFacts(`${folder}-2`)).toEqual(await runFacts(folder));
  });
});
