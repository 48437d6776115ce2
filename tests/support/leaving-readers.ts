import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Project } from './project.ts';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  errors: string;
}

const main = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** Starts a command line of a project whose streams are these. */
export function startWith(
  { folder }: Project,
  words: readonly string[],
  stdio: ('pipe' | 'ignore' | number)[],
): ChildProcess {
  return spawn(
    process.execPath,
    [...['--disable-warning=ExperimentalWarning', '--conditions=lamarck-source'], main, ...words],
    { cwd: folder, stdio },
  );
}

export async function endOf(child: ChildProcess): Promise<Ended> {
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, errors };
}

/** Pipes a command line into a reader, in a shell whose exit code is that of Lamarck and not of who reads it. */
export async function pipeInto(
  { folder }: Project,
  words: string,
  reader: string,
): Promise<Ended & { output: string }> {
  const command = `"$0" --disable-warning=ExperimentalWarning --conditions=lamarck-source "$1" ${words} | ${reader}; exit "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['-c', command, process.execPath, main], { cwd: folder });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { ...(await endOf(child)), output };
}

/** Starts a run, and hangs its terminal up when it has begun to explore. */
export async function hangUp(
  project: Project,
  words: readonly string[],
): Promise<Ended & { output: string }> {
  const child = project.start(...words);
  let output = '';
  const ended = endOf(child);
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('seed agent')) resolve();
    });
  });
  // By the terminal, by the shell, and by who started it.
  for (let time = 0; time < 3; time++) child.kill('SIGHUP');
  return { ...(await ended), output };
}
