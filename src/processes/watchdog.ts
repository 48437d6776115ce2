import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { FAMILY_VARIABLE, familyMark } from './family-mark.ts';

/**
 * Ends a family once its standard input has ended: at first by SIGTERM, after a grace of 2 s by SIGKILL, until nothing
 * is left. A shell needs a fraction of the memory of a Node. Members are found by their environment: Linux shows it in
 * /proc, macOS by `ps -E`. After 30 s what is left cannot be killed at all.
 */
const KEEPER = `
trap '' HUP INT TERM
name=$1
members() {
  if [ -r /proc/self/environ ]; then
    for file in $(grep -lsF -- "$name" /proc/[0-9]*/environ); do
      file=\${file#/proc/}; echo "\${file%/environ}"
    done
  else
    ps -axEww -o pid=,command= | while read -r pid command; do
      case "$command" in *"$name"*) [ "$pid" = $$ ] || echo "$pid" ;; esac
    done
  fi
}
while read -r _; do :; done
round=0
while [ $round -lt 30 ]; do
  pids=$(members)
  [ -n "$pids" ] || exit 0
  if [ $round -eq 0 ]; then kill -TERM $pids; elif [ $round -gt 1 ]; then kill -KILL $pids; fi
  round=$((round + 1))
  sleep 1
done 2>/dev/null
`;

let watchdog: ChildProcess | undefined;

/**
 * Starts a process that ends what this one has started once this one is gone, whatever way it went. It is started again
 * where it is killed. Windows needs none: there Node's children end with their parent.
 */
export function startWatchdog(): void {
  if (watchdog || process.platform === 'win32') return;
  const started = startKeeper(familyMark(), 'pipe');
  watchdog = started;
  started.on('error', () => undefined);
  started.on('exit', (_code, signal) => {
    watchdog = undefined;
    if (signal !== null) startWatchdog();
  });
  // The pipe to the watchdog closes when this process ends; neither the pipe nor the watchdog keeps this process
  // alive.
  started.unref();
  (started.stdin as Socket | null)?.unref();
}

/** Ends all processes whose mark begins with `mark`: by SIGTERM, after 2 s by SIGKILL. Does nothing on Windows. */
export async function endFamily(mark: string): Promise<void> {
  if (process.platform === 'win32') return;
  const keeper = startKeeper(mark, 'ignore');
  await new Promise<void>((resolve) => {
    keeper.once('error', () => resolve());
    keeper.once('exit', () => resolve());
  });
}

/** In a session of its own, so that what kills the process group leaves it; and without a mark, so that it is not its own victim. */
function startKeeper(mark: string, stdin: 'pipe' | 'ignore'): ChildProcess {
  return spawn('/bin/sh', ['-c', KEEPER, 'lamarck-watchdog', `${FAMILY_VARIABLE}=${mark}`], {
    cwd: '/',
    detached: true,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    stdio: [stdin, 'ignore', 'ignore'],
  });
}
