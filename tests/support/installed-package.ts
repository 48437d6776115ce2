import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/** As in a user's shell: without what npm and the test runner hand down, with the certificates that the network may need. */
export const USER_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm|vitest|node)_(?!extra_ca_certs$)/i.test(name)),
);

/** The package as npm would publish it, installed into a folder outside of this repository. */
export interface InstalledPackage extends AsyncDisposable {
  readonly folder: string;
  /** Paths of all files in the tarball. */
  readonly packed: readonly string[];
  /** Runs a command in that folder, as a user does. Throws where it fails; returns its standard output. */
  run(command: string, ...words: string[]): Promise<string>;
  install(...packages: string[]): Promise<void>;
}

/** Builds, packs and installs the package. An empty npm cache and a slow registry take minutes. */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lamarck-pack-')));
  const inFolder = async (command: string, ...words: string[]): Promise<string> =>
    (await run(command, words, { cwd: folder, env: USER_ENVIRONMENT, shell: process.platform === 'win32' }))
      .stdout;
  const install = async (...packages: string[]): Promise<void> => {
    await inFolder('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...packages);
  };
  await run(process.execPath, ['scripts/build.ts'], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    env: USER_ENVIRONMENT,
  });
  const tarball = Object.values(
    JSON.parse(stdout) as Record<string, { filename: string; files: { path: string }[] }>,
  )[0];
  if (!tarball) throw new Error(`npm pack printed nothing: ${stdout}`);
  await install(`./${tarball.filename}`);
  return {
    folder,
    packed: tarball.files.map(({ path }) => path),
    run: inFolder,
    install,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
