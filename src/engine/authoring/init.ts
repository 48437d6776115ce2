import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import { LamarckError } from '../../protocol/index.ts';
import { testOf } from './scaffold.ts';

/** What a new project consists of, by the file in `template/` that each is a copy of. */
const COPIES: Readonly<Record<string, string>> = {
  'lamarck.config.ts': 'lamarck.config.ts',
  'tasks/counter.ts': 'tasks/counter.ts',
  'README.md': 'README.md',
  // npm leaves files of this name out of every package.
  '.gitignore': 'gitignore',
};

/**
 * Writes a new project: a configuration and one task family with its test, ready to check and to evolve. A package.json that is there
 * is kept, since `npm install lamarck` makes one; every other file must be new.
 *
 * @returns paths of the files written, relative to `directory`.
 * @throws LamarckError `LAMARCK_INIT_EXISTS`, before anything is written, where a file is there already;
 *   `LAMARCK_INIT_COMMONJS` where a package.json says that its files are CommonJS.
 */
export async function initProject(directory: string): Promise<string[]> {
  const texts = new Map<string, string>();
  for (const [path, template] of Object.entries(COPIES)) {
    texts.set(path, await readFile(new URL(`./template/${template}`, import.meta.url), 'utf8'));
  }
  texts.set('tasks/counter.test.ts', await testOf('counter'));
  await refuseExisting(directory, [...texts.keys()]);
  if (!(await hasManifest(directory))) texts.set('package.json', await manifestFor(directory));

  for (const [path, text] of texts) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    // `wx`: a file that came into being meanwhile is not overwritten either.
    await writeFile(join(directory, path), text, { flag: 'wx' });
  }
  return [...texts.keys()].sort();
}

async function refuseExisting(directory: string, paths: readonly string[]): Promise<void> {
  const exist = await Promise.all(
    paths.map((path) => stat(join(directory, path)).then(Boolean, () => false)),
  );
  const existing = paths.filter((_, index) => exist[index]);
  if (existing.length === 0) return;
  throw new LamarckError({
    code: 'LAMARCK_INIT_EXISTS',
    boundary: 'user',
    message: `${resolve(directory)} already holds ${existing.join(', ')}; nothing was written.`,
    remedy: { text: 'Name a new folder.', command: 'init my-project' },
  });
}

async function hasManifest(directory: string): Promise<boolean> {
  const text = await readFile(join(directory, 'package.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  if (/"type"\s*:\s*"commonjs"/.test(text)) {
    throw new LamarckError({
      code: 'LAMARCK_INIT_COMMONJS',
      boundary: 'user',
      message: `${resolve(directory, 'package.json')} says "type": "commonjs", and the project's files are ES modules; nothing was written.`,
      remedy: 'Set "type": "module" in it (`npm pkg set type=module`), or name a new folder.',
    });
  }
  return true;
}

/**
 * The package.json of a new project: it asks for the very version of zod that Lamarck has, so that npm installs one
 * for both; from a checkout it names the checkout as its lamarck.
 */
async function manifestFor(directory: string): Promise<string> {
  const own = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
    dependencies: Record<string, string>;
  };
  const isCheckout = basename(dirname(packageRoot)) !== 'node_modules';
  const name = basename(resolve(directory))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const manifest = {
    name: name || 'lamarck-project',
    private: true,
    type: 'module',
    scripts: { start: 'lamarck evolve', test: 'lamarck tasks test' },
    dependencies: {
      lamarck: isCheckout ? `file:${packageRoot}` : `^${own.version}`,
      zod: own.dependencies.zod,
    },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
