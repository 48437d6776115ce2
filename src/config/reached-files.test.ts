import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachedFiles, type ReachedFiles } from './reached-files.ts';

describe('the files that a configuration reaches', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'lamarck-reached-')), 'project');
  });
  afterEach(() => rm(dirname(folder), { recursive: true }));

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  }
  const reached = (declared: readonly string[] = [], at = folder): ReachedFiles =>
    reachedFiles({ file: join(at, 'lamarck.config.ts'), folder: at }, declared, [join(at, 'runs')]);

  it('are its modules, however they are imported, and the files that they name', async () => {
    await write({
      'lamarck.config.ts': `import a from './tasks/a.ts'; import '#b'; export default { a, from: 'data/rows.jsonl' };`,
      'package.json': `{ "type": "module", "imports": { "#b": "./tasks/b.js" } }`,
      'tasks/a.ts': `export * from './c.mts'; const lazy = () => import('./d.js'); new URL('./page.html', import.meta.url);`,
      'tasks/b.js': `require('./e.cjs'); readFile(join(import.meta.dirname, 'pages', name));`,
      ...{
        'tasks/c.mts': '',
        'tasks/d.js': '',
        'tasks/e.cjs': '',
        'tasks/page.html': '',
        'tasks/unused.ts': '',
      },
      ...{
        'tasks/pages/1.html': '',
        'tasks/pages/more/2.html': '',
        'data/rows.jsonl': '',
        'data/other.jsonl': '',
      },
    });
    expect(Object.keys(reached().files)).toEqual([
      'data/rows.jsonl',
      'lamarck.config.ts',
      'tasks/a.ts',
      'tasks/b.js',
      'tasks/c.mts',
      'tasks/d.js',
      'tasks/e.cjs',
      'tasks/page.html',
      'tasks/pages/1.html',
      'tasks/pages/more/2.html',
    ]);
  });

  it('are found where modules import each other, and where one cannot be read', async () => {
    await write({
      'lamarck.config.ts': `import './a.js'; import './broken.js'; import './missing.js';`,
      ...{ 'a.js': `import './b.js';`, 'b.js': `import './a.js';`, 'broken.js': `import './c.js'; (` },
    });
    expect(Object.keys(reached().files)).toEqual(['a.js', 'b.js', 'broken.js', 'lamarck.config.ts']);
  });

  it('have packages by their version, and those that lie in the project by their files', async () => {
    await write({
      'lamarck.config.ts': `import 'tasks-of-others'; import '@own/tasks'; import { x } from 'node:fs';`,
      'node_modules/tasks-of-others/package.json': `{ "name": "tasks-of-others", "version": "1.2.3", "exports": { "import": "./index.js" } }`,
      'node_modules/tasks-of-others/index.js': '',
      'packages/tasks/package.json': `{ "name": "@own/tasks", "version": "0.0.0", "main": "index.js" }`,
      'packages/tasks/index.js': `import './verify.js';`,
      'packages/tasks/verify.js': '',
    });
    const { symlink } = await import('node:fs/promises');
    await mkdir(join(folder, 'node_modules/@own'));
    await symlink(join(folder, 'packages/tasks'), join(folder, 'node_modules/@own/tasks'));
    const { files, packages } = reached();
    expect(packages).toEqual({ 'tasks-of-others': '1.2.3' });
    expect(Object.keys(files)).toContain('packages/tasks/verify.js');
  });

  it('have those that families declare, outside the project too', async () => {
    await write({ 'lamarck.config.ts': '', 'pages/a.html': '', 'pages/.hidden': '', '../common/b.html': '' });
    expect(Object.keys(reached([join(folder, 'pages'), join(folder, '../common/b.html')]).files)).toEqual([
      '../common/b.html',
      'lamarck.config.ts',
      'pages/a.html',
    ]);
  });

  it('have none of the runs, and of a folder that is the whole project nothing', async () => {
    await write({
      'lamarck.config.ts': `export default { runs: './runs/', root: './', up: '../' };`,
      ...{ 'runs/1/run.json': '', 'notes.md': '' },
    });
    expect(Object.keys(reached().files)).toEqual(['lamarck.config.ts']);
  });

  it('are the same in a copy of the project, and others once one has changed', async () => {
    await write({
      'lamarck.config.ts': `import './a.js'; export default { workers: 2 };`,
      'a.js': 'export {};',
    });
    const copy = join(dirname(folder), 'copy');
    await cp(folder, copy, { recursive: true });
    expect(reached([], copy)).toEqual(reached());
    await writeFile(join(copy, 'lamarck.config.ts'), `import './a.js'; export default { workers: 3 };`);
    expect(reached([], copy)).toEqual(reached());
    await writeFile(join(copy, 'a.js'), 'export const a = 1;');
    expect(reached([], copy).files['a.js']).not.toBe(reached().files['a.js']);
  });
});
