import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { initProject } from './init.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('initProject', () => {
  it('writes a project and says which files it consists of', async () => {
    const project = join(folder, 'My Project');
    const written = await initProject(project);
    expect(written).toEqual([
      '.gitignore',
      'README.md',
      'lamarck.config.ts',
      'package.json',
      'tasks/counter.test.ts',
      'tasks/counter.ts',
    ]);
    expect((await readdir(project, { recursive: true })).sort()).toEqual([...written, 'tasks'].sort());
    expect(JSON.parse(await readFile(join(project, 'package.json'), 'utf8'))).toMatchObject({
      name: 'my-project',
      type: 'module',
      scripts: { start: 'lamarck evolve', test: 'lamarck tasks test' },
      dependencies: { lamarck: expect.any(String), zod: expect.any(String) },
    });
  });

  it('takes a folder in which npm install has made a package.json, and keeps that file', async () => {
    const manifest = '{ "dependencies": { "lamarck": "*" } }';
    await writeFile(join(folder, 'package.json'), manifest);
    expect(await initProject(folder)).not.toContain('package.json');
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe(manifest);
  });

  it('overwrites nothing and writes nothing where one of its files is there', async () => {
    await mkdir(join(folder, 'tasks'));
    await writeFile(join(folder, 'tasks/counter.ts'), 'mine');
    await expect(initProject(folder)).rejects.toMatchObject({
      code: 'LAMARCK_INIT_EXISTS',
      message: expect.stringContaining('tasks/counter.ts'),
    });
    expect(await readdir(folder, { recursive: true })).toEqual(['tasks', 'tasks/counter.ts']);
    expect(await readFile(join(folder, 'tasks/counter.ts'), 'utf8')).toBe('mine');
  });

  it('refuses a folder whose files would be CommonJS', async () => {
    await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }');
    await expect(initProject(folder)).rejects.toMatchObject({ code: 'LAMARCK_INIT_COMMONJS' });
    expect(await readdir(folder)).toEqual(['package.json']);
  });

  it("writes the task that the package's README shows", async () => {
    await initProject(folder);
    const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
    for (const path of ['tasks/counter.ts', 'lamarck.config.ts']) {
      expect(readme).toContain(await readFile(join(folder, path), 'utf8'));
    }
  });
});
