import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from './support/project.ts';

const root = join(import.meta.dirname, '..');
const EVOLVE = ['evolve', '--seed', '7', '--budget', '310', '--unchecked'];

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  errors: string;
}

/** Most time of a run, in ms: seconds, on a machine that does nothing else. */
const RUN_LIMIT = 600_000;

describe('a reader that leaves', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject('counters');
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  const started = (words: readonly string[], stdio: ('pipe' | 'ignore' | number)[]): ChildProcess =>
    spawn(
      process.execPath,
      [...['--disable-warning=ExperimentalWarning', '--conditions=lamarck-source'], main, ...words],
      { cwd: project.folder, stdio },
    );
  const ended = async (child: ChildProcess): Promise<Ended> => {
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { code, signal, errors };
  };
  /** In a shell whose exit code is that of Lamarck and not of who reads it. */
  const piped = async (words: string, reader: string): Promise<Ended & { output: string }> => {
    const command = `"$0" --disable-warning=ExperimentalWarning --conditions=lamarck-source "$1" ${words} | ${reader}; exit "\${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', command, process.execPath, main], { cwd: project.folder });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    return { ...(await ended(child)), output };
  };

  it('ends a command quietly that never had one', async () => {
    expect(await piped('tasks list', 'true')).toEqual({ code: 0, signal: null, errors: '', output: '' });
  });

  it.each(['tasks list --json', 'doctor', 'evolve --preview', 'run counter/reach --agent oracle'])(
    'ends %s quietly',
    async (words) => {
      const { code, errors, output } = await piped(words, 'head -1');
      expect({ code, errors, lines: output.trimEnd().split('\n').length }).toEqual({
        code: 0,
        errors: '',
        lines: 1,
      });
    },
  );

  it('is not mistaken for a disk that is full', async () => {
    const child = started(['tasks', 'list'], ['ignore', openSync('/dev/full', 'w'), 'pipe']);
    const { code, errors } = await ended(child);
    expect(code).toBe(1);
    expect(errors).toMatch(/^Standard output cannot be written: ENOSPC/);
  });

  it(
    'leaves a run to go on, which says on standard error where it stands, and reports there',
    { timeout: RUN_LIMIT },
    async () => {
      const child = started(EVOLVE, ['ignore', 'pipe', 'pipe']);
      child.stdout?.once('data', () => child.stdout?.destroy());
      const { code, errors } = await ended(child);
      expect(errors).toMatch(/^Nobody reads standard output any more \(EPIPE\)\. The work goes on/m);
      expect(errors).toMatch(/reported here: (?:no run has begun yet|run \S+, \w+, \d+ of 310 episodes)\.$/m);
      expect(errors).toMatch(/Sealed slice 0, scored once/);
      expect(errors).not.toMatch(/\n\s+at /);
      expect(code).toBe(0);
    },
  );

  it(
    'leaves a run to go on in silence where standard error has gone with it',
    { timeout: RUN_LIMIT },
    async () => {
      const child = started(EVOLVE, ['ignore', 'pipe', 'pipe']);
      child.stdout?.once('data', () => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      });
      expect(await ended(child)).toMatchObject({ code: 0, signal: null });
      const { output } = await project.lamarck('runs', '--json');
      const runs = JSON.parse(output) as { summary?: object }[];
      expect(runs.filter(({ summary }) => summary !== undefined).length).toBeGreaterThanOrEqual(2);
    },
  );

  it.each([
    [['eval', '--agent', 'oracle', '--tasks', '4'], /episodes, kept in .*\n[^]*counter\/reach +1\.00/],
    [['tasks', 'check', 'counter/*', '--seeds', '3'], /families checked\.\n[^]*\d of 2 sound/],
  ])('leaves %j to go on', async (words, says) => {
    const child = started(words, ['ignore', 'pipe', 'pipe']);
    child.stdout?.destroy();
    const { signal, errors } = await ended(child);
    expect(signal).toBeNull();
    expect(errors).toMatch(says);
  });
});

describe('a terminal that hangs up', () => {
  it('has a run end its episodes and say how to go on, as Ctrl-C does', { timeout: RUN_LIMIT }, async () => {
    await using project = await createProject('counters');
    const child = project.start(...EVOLVE);
    let [output, errors] = ['', ''];
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const exited = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    await new Promise<void>((resolve) =>
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes('seed agent')) resolve();
      }),
    );
    // By the terminal, by the shell, and by who started it.
    for (let time = 0; time < 3; time++) child.kill('SIGHUP');
    expect(await exited).toEqual([130, null]);
    expect(output).toContain('Stopping: episodes in flight end first');
    expect(errors).toMatch(/npx lamarck evolve --resume \S+/);
    const run = /--resume ([^\s`]+)/.exec(errors)?.[1] ?? '';
    expect((await project.lamarck('evolve', '--resume', run)).code).toBe(0);
  });
});

const main = join(root, 'src', 'cli', 'main.ts');
