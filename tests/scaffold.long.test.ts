import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from './support/project.ts';

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
