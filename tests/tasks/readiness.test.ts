import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProject, type Project } from '../support/project.ts';

let project: Project;
beforeAll(async () => {
  vi.stubEnv('SHOP_PASSWORD', undefined);
  project = await createProject('shop');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await project[Symbol.asyncDispose]();
});

describe('an environment whose secret has no value', () => {
  it.each([
    [['run', 'shop/buy', '--agent', 'oracle']],
    [['eval', '--agent', 'oracle']],
    [['evolve', '--budget', '2000', '--unchecked']],
    [['tasks', 'check']],
    [['tasks', 'play', 'shop/buy']],
    [['env', 'serve', 'shop', '--port', '0']],
  ])('is told with its remedy by %j, and nothing is started', async (words) => {
    const { code, errors } = await project.lamarck(...words);
    expect(code).toBe(1);
    expect(errors).toMatch(
      /error The secret "password" of the environment "shop" has no value\.\n *→ Give it one .*\n *LAMARCK_SECRET_MISSING\n$/,
    );
    expect(await readdir(project.folder)).not.toContain('runs');
  });

  it('is mentioned once where tasks are listed', async () => {
    const { code, output } = await project.lamarck('tasks', 'list');
    expect(code).toBe(0);
    expect(output.match(/The secret "password" of the environment "shop" has no value\./g)).toHaveLength(1);
    const { output: json } = await project.lamarck('tasks', 'list', '--json');
    expect(JSON.parse(json)).toMatchObject([
      { family: 'shop/buy', missing: expect.stringContaining('has no value') },
      { family: 'shop/buy-two', missing: expect.stringContaining('has no value') },
    ]);
  });
});
