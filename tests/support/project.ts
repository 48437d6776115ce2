import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What a command line came to. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A copy of a fixture project, inside this package so that `lamarck` resolves to the sources. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
  /** Runs the command line to its end. */
  lamarck(...words: string[]): Promise<CommandResult>;
  /** Runs a file of the project under Node to its end. */
  node(file: string): Promise<CommandResult>;
  startNode(file: string): ChildProcess;
  /**
   * Runs command lines one after the other in one process, which starts only once. Node loads a module once: none may change what
   * another one has loaded.
   */
  lamarckEach(commands: readonly (readonly string[])[]): Promise<CommandResult[]>;
  /** The same, with a person's lines at its standard input. */
  typing(lines: readonly string[], ...words: string[]): Promise<CommandResult>;
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
  const ended = (child: ChildProcess): Promise<CommandResult> =>
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
    node: (file) => ended(spawned('ignore', [file])),
    startNode: (file) => spawned('ignore', [file]),
    async lamarckEach(commands) {
      const driver = join(import.meta.dirname, 'command-lines.ts');
      const all = await ended(spawned('ignore', [driver, main, JSON.stringify(commands)]));
      if (all.code !== 0) throw new Error(`The process of all commands failed: ${all.errors}`);
      return JSON.parse(all.output) as CommandResult[];
    },
    typing: (lines, ...words) => {
      const child = spawned('pipe', [main, ...words]);
      child.stdin?.end(lines.map((line) => `${line}\n`).join(''));
      return ended(child);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
