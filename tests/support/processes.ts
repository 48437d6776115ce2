import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Running {
  readonly pid: number;
  readonly parent: number;
  /** When it was started: with the number, the identity of a process. */
  readonly started: string;
  readonly words: string;
}

/** All processes of this machine that are not dead already. */
export function processes(): Running[] {
  const list = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,lstart=,args='], {
    encoding: 'utf8',
    maxBuffer: 64e6,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return list.split('\n').flatMap((line) => {
    const [, pid, parent, state, started, words] =
      /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line) ?? [];
    if (pid === undefined || state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), started: started ?? '', words: words ?? '' }];
  });
}

/** A process's children, theirs, and so on. */
export function descendants(root: number, all = processes()): Running[] {
  const children = all.filter(({ parent }) => parent === root);
  return children.flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** Those whose environment says that they are of a family; where the system does not show environments, none. */
export function marked(mark: string): Running[] {
  return processes().filter(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`LAMARCK_FAMILY=${mark}`);
    } catch {
      return false;
    }
  });
}

/** Those of some processes that still run. */
export function survivors(before: readonly Running[]): Running[] {
  const all = processes();
  return before.filter((one) =>
    all.some(({ pid, started, words }) => pid === one.pid && started === one.started && words === one.words),
  );
}

/** Waits until something holds; whoever waits has a limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(100);
}

/** Folders that Lamarck's processes have made for temporary files. */
export function temporaryFolders(folder = tmpdir()): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('lamarck-process-'))
    .map((name) => join(folder, name));
}
