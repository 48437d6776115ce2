import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
/** As in a user's shell: without what npm hands down to the scripts it runs. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm|vitest|node)_/i.test(name)),
);

let folder: string;
let packed: string[];
const inFolder = async (command: string, ...words: string[]): Promise<string> =>
  (await run(command, words, { cwd: folder, env: environment, shell: process.platform === 'win32' })).stdout;
const lamarck = (...words: string[]): Promise<string> => inFolder('npx', '--no-install', 'lamarck', ...words);

/** Gives up at once: it submits what is there. */
const GENOME = `
  import { defineAgent } from 'lamarck/agent';
  import { emit, setup } from 'xstate';
  const decision = { type: 'decision', action: { submit: {} } };
  export default defineAgent({ machine: setup({}).createMachine({ on: { observe: { actions: emit(decision) } } }) });
`;

/** The package as npm would publish it, installed into an empty folder. An empty npm cache and a slow registry take minutes. */
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lamarck-pack-')));
  await run(process.execPath, ['scripts/build.ts'], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    env: environment,
  });
  const tarball = Object.values(
    JSON.parse(stdout) as Record<string, { filename: string; files: { path: string }[] }>,
  )[0];
  if (!tarball) throw new Error(`npm pack printed nothing: ${stdout}`);
  packed = tarball.files.map(({ path }) => path);
  await inFolder('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball.filename}`);
}, 420_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('holds what is built, the genomes as source, and neither sources nor tests', () => {
    expect(packed).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'bin/lamarck.js',
        'dist/src/index.js',
        'agents/scout/agent.ts',
      ]),
    );
    expect(packed.filter((path) => /^(src|tests|scripts)\/|\.(test|fixture)\./.test(path))).toEqual([]);
  });

  it('runs by its command', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect((await lamarck('--version')).trim()).toBe(version);
  });

  it("makes a project whose own TypeScript it loads, and plays that project's task in a world process", async () => {
    await lamarck('init', '.');
    expect(await lamarck('tasks', 'list')).toContain('counter/reach');
    expect(await lamarck('run', 'counter/reach', '--agent', 'oracle', '--json')).toMatch(/"reward":\s*1\b/);
  });

  it('boots a genome of that project in a mind process', async () => {
    await mkdir(join(folder, 'genome'));
    await writeFile(join(folder, 'genome/agent.ts'), GENOME);
    await writeFile(join(folder, 'genome/improve.ts'), GENOME.replaceAll('Agent', 'Improver'));
    const shown = await lamarck('run', 'counter/reach', '--agent', './genome', '--json');
    expect(shown).toMatch(/"reward":\s*0\b/);
    expect(shown).toContain('"environment-done"');
  });

  it('declares its types: the project passes the compiler', async () => {
    const compiler = join(root, 'node_modules/typescript7/bin/tsc');
    const flags =
      '--noEmit --strict --module nodenext --target es2024 --allowImportingTsExtensions --skipLibCheck';
    await expect(
      inFolder(
        process.execPath,
        compiler,
        '--ignoreConfig',
        ...flags.split(' '),
        'lamarck.config.ts',
        'tasks/counter.ts',
      ),
    ).resolves.toBe('');
  });
});
