import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A copy of a fixture project, inside this package so that `lamarck` resolves to the sources. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** Runs the command line to its end. */
  lamarck(...words: string[]): Promise<{ code: number | null; output: string; errors: string }>;
  /** The same, with a person's lines at its standard input. */
  typing(lines: readonly string[], ...words: string[]): ReturnType<Project['lamarck']>;
  /** Starts it as the leader of a process group of its own. */
  start(...words: string[]): ChildProcess;
}

export async function createProject(fixture: string): Promise<Project> {
  await mkdir(join(root, '.lamarck'), { recursive: true });
  const folder = await mkdtemp(join(root, '.lamarck', `${fixture}-`));
  await cp(join(root, 'tests', 'fixtures', fixture), folder, { recursive: true });
  const main = join(root, 'src', 'cli', 'main.ts');
  const spawned = (input: 'ignore' | 'pipe', words: readonly string[]): ChildProcess =>
    spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--conditions=lamarck-source', ...words],
      { cwd: folder, detached: true, stdio: [input, 'pipe', 'pipe'] },
    );
  const ended = (child: ChildProcess): ReturnType<Project['lamarck']> =>
    new Promise((resolve, reject) => {
      let output = '';
      let errors = '';
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, output, errors }));
    });
  return {
    folder,
    start: (...words) => spawned('ignore', [main, ...words]),
    lamarck: (...words) => ended(spawned('ignore', [main, ...words])),
    typing: (lines, ...words) => {
      const child = spawned('pipe', [main, ...words]);
      child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
      return ended(child);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
