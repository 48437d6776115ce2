import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';

let project: Project;
beforeAll(async () => {
  project = await createProject('counters');
});
afterAll(() => project[Symbol.asyncDispose]());

describe('a new web task', () => {
  // What a name draws differs from name to name; 12 seeds make as many blind tries as the default does.
  it.each(['web/lights', 'web/rooms', 'web/switch'])('is sound as %s', async (family) => {
    expect((await project.lamarck('tasks', 'new', family)).code).toBe(0);
    const { code, output } = await project.lamarck('tasks', 'check', family, '--seeds', '12');
    expect(code, output).toBe(0);
  });
});

describe('a new task of each kind', () => {
  it('has a test of its own, which passes', async () => {
    const made = ['web/lamp', 'programs/shift', 'repairs/discount', 'env/till'].map((name) =>
      name.split('/'),
    );
    const results = await project.lamarckEach(
      made.map(([suite = '', name = '']) =>
        suite === 'env' ? ['env', 'new', name] : ['tasks', 'new', `${suite}/${name}`],
      ),
    );
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const files = made.map(([, name]) => `tasks/${name}.test.ts`);
    const { code, output } = await project.lamarck('tasks', 'test', ...files);
    expect(code, output).toBe(0);
    for (const family of ['web/lamp', 'programs/shift', 'repairs/discount', 'till/reach'])
      expect(output).toContain(`${family}: its reference solution wins at difficulty 1`);
  });
});
