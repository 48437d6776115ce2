import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/protocol/index.ts';
import { descendants, type Running } from './processes.ts';
import type { Project } from './project.ts';

/** Kinds of processes of a run, by what their command lines have in them. */
const VICTIMS = {
  agents: /agent-process/,
  world: /environment-process/,
  program: /program-process/,
  browser: /--remote-debugging-pipe/,
  page: /--type=renderer/,
  bundler: /esbuild.* --service/,
  watchdog: /lamarck-watchdog/,
} as const;
/** `run` is the process that a person started; `group` is that and all that share its process group. */
export type Victim = keyof typeof VICTIMS | 'run' | 'group';

/**
 * Plays a run to its end, over and over, and kills a process of each of these kinds with SIGKILL at random moments, one after
 * the other; where that ends the run it is resumed. What is killed has been at work before.
 *
 * @param words of `evolve`
 * @param most ms from when there is such a process to its end
 * @param begun name of a run to begin with, which was stopped
 * @returns names of runs that have come to their ends, and the victims that were killed
 */
export async function killWhileRunning(
  project: Project,
  words: readonly string[],
  victims: readonly Victim[],
  random: Random,
  most = 1500,
  begun = '',
): Promise<{ runs: string[]; killed: Victim[] }> {
  const runs: string[] = [];
  const killed: Victim[] = [];
  let name = begun;
  const left = [...victims];
  do {
    const run = startRun(project, name === '' ? words : ['--resume', name]);
    // Never before the run has a folder: there would be nothing to resume.
    while (run.isRunning() && name === '') {
      await sleep(20);
      name = run.name();
    }
    while (run.isRunning()) {
      const [victim] = left;
      if (victim === undefined || !(await run.kill(victim, random.int(0, most)))) break;
      killed.push(victim);
      left.shift();
      if (victim === 'run' || victim === 'group') break;
    }
    const { code, errors } = await run.ended;
    if (code === 0) {
      runs.push(name);
      name = '';
    } else if (code !== null) throw new Error(`A run ended with exit code ${code}: ${errors}`);
  } while (left.length > 0 || name !== '');
  return { runs, killed };
}

function startRun(project: Project, words: readonly string[]) {
  const child = project.start('evolve', ...words);
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, errors })),
  );
  return {
    ended,
    name: () => /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? '',
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** False where the run came to its end before. */
    async kill(victim: Victim, wait: number): Promise<boolean> {
      while (child.exitCode === null && pidsOf(child, victim).length === 0) await sleep(50);
      await sleep(wait);
      const [pid] = child.exitCode === null ? pidsOf(child, victim) : [];
      if (pid === undefined) return false;
      try {
        process.kill(pid, 'SIGKILL');
        return true;
      } catch {
        return false;
      }
    },
  };
}

function pidsOf(child: ChildProcess, victim: Victim): number[] {
  const { pid = 0 } = child;
  if (victim === 'run') return [pid];
  if (victim === 'group') return [-pid];
  const isOne = ({ words }: Running): boolean => VICTIMS[victim].test(words);
  return descendants(pid)
    .filter(isOne)
    .map((one) => one.pid);
}
