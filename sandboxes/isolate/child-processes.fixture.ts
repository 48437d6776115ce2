import { readdirSync, readFileSync } from 'node:fs';

/** Linux only. Ids of the processes that descend from this one and have `name` in their command line. */
export function processesBelow(name: string): number[] {
  const parents = new Map<number, number>();
  const named = new Set<number>();
  for (const entry of readdirSync('/proc').filter((text) => /^\d+$/.test(text))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      // The name in parentheses may hold anything; what follows it is the state and the parent.
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
      if (readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(name)) named.add(Number(entry));
    } catch {
      // It ended meanwhile.
    }
  }
  const descends = (pid: number | undefined): boolean =>
    pid !== undefined && (parents.get(pid) === process.pid || descends(parents.get(pid)));
  return [...named].filter(descends);
}
