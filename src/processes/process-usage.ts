import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** What a process has taken. */
export interface ProcessUsage {
  /** Memory that it occupies now, in MiB: not what it has reserved, of which V8 and Go take much. */
  readonly megabytes: number;
  /** Processor time of all its threads so far, in seconds: unlike wall time the same on a busy machine. */
  readonly cpuSeconds: number;
}

/** Linux counts processor time in hundredths of a second wherever it shows it to programs. */
const TICKS_A_SECOND = 100;

/** Undefined where the process is gone, or the system does not say. */
export async function usageOf(pid: number): Promise<ProcessUsage | undefined> {
  if (process.platform === 'linux') return usageInProc(pid);
  return process.platform === 'win32' ? undefined : usageByPs(pid);
}

function usageInProc(pid: number): ProcessUsage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Behind the name, which may hold spaces and brackets: see proc(5), fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return { megabytes: kilobytes / 1024, cpuSeconds: ticks / TICKS_A_SECOND };
  } catch {
    return undefined;
  }
}

function usageByPs(pid: number): Promise<ProcessUsage | undefined> {
  return new Promise((resolve) => {
    execFile('ps', ['-o', 'rss=,time=', '-p', String(pid)], (error, stdout) => {
      const [kilobytes, time] = stdout.trim().split(/\s+/);
      if (error || time === undefined) return resolve(undefined);
      // [[days-]hours:]minutes:seconds
      const cpuSeconds = time.split(/[-:]/).reduce((sum, part, at, parts) => {
        const isDays = parts.length === 4 && at === 1;
        return sum * (isDays ? 24 : 60) + Number(part);
      }, 0);
      resolve({ megabytes: Number(kilobytes) / 1024, cpuSeconds });
    });
  });
}

/** A process's children, their children, and so on; empty where the system does not say. Any thread may have started a child. */
export function descendantsOf(pid: number): number[] {
  const children = readable(() => readdirSync(`/proc/${pid}/task`)).flatMap((thread) =>
    readable(() =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    ),
  );
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function readable<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}
