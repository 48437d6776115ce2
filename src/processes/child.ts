import {
  fork,
  spawn,
  type ChildProcess,
  type ForkOptions,
  type SpawnOptions,
  type StdioOptions,
} from 'node:child_process';
import { FAMILY_VARIABLE, newChildMark } from './family-mark.ts';
import { watchLimits, type ChildLimits } from './limits.ts';
import { recordFamily } from './temporary-folder.ts';
import { endFamily, startWatchdog } from './watchdog.ts';

interface Supervision {
  readonly limits?: ChildLimits;
  /** Told, in a few words, why the child was killed where it exceeded a limit; before it is gone. */
  readonly onExceeded?: (how: string) => void;
}

export type ChildOptions = Supervision & Pick<SpawnOptions, 'cwd' | 'env' | 'shell' | 'detached' | 'stdio'>;
export type NodeChildOptions = Supervision &
  Pick<ForkOptions, 'cwd' | 'env' | 'execArgv' | 'serialization'> & { readonly stdio?: StdioOptions };

/** A process that ends with this one, whatever way this one ends, and with it all that it has started itself. */
export interface Child {
  readonly process: ChildProcess;
  /** Ends it and all that it has started: by SIGTERM, after 2 s by SIGKILL. Resolves when nothing is left. */
  end(): Promise<void>;
  /** The same at once, by SIGKILL, of the process itself. */
  kill(): void;
}

/** Starts a program. */
export function startChild(command: string, words: readonly string[], options: ChildOptions = {}): Child {
  const { limits, onExceeded, env, ...rest } = options;
  const { mark, environment } = markedEnvironment(env);
  return supervise(spawn(command, words, { ...rest, env: environment }), mark, { limits, onExceeded });
}

/** Starts a module of ours in a Node of its own, with a channel for messages. */
export function startNodeChild(
  file: string,
  words: readonly string[],
  options: NodeChildOptions = {},
): Child {
  const { limits, onExceeded, env, ...rest } = options;
  const { mark, environment } = markedEnvironment(env);
  return supervise(fork(file, words, { ...rest, env: environment }), mark, { limits, onExceeded });
}

/**
 * The environment for a child that somebody else starts, such as a library: what has it ends with this process.
 *
 * @param env default: that of this process
 */
export function markedEnvironment(env: NodeJS.ProcessEnv = process.env): {
  readonly mark: string;
  readonly environment: NodeJS.ProcessEnv;
} {
  recordFamily();
  startWatchdog();
  const mark = newChildMark();
  return { mark, environment: { ...env, [FAMILY_VARIABLE]: mark } };
}

function supervise(
  started: ChildProcess,
  mark: string,
  { limits, onExceeded }: { limits?: ChildLimits | undefined; onExceeded?: Supervision['onExceeded'] },
): Child {
  const kill = (): void => void started.kill('SIGKILL');
  const end = async (): Promise<void> => {
    // Windows has no families, and ends without asking.
    if (process.platform === 'win32') kill();
    await endFamily(mark);
  };
  if (limits && started.pid !== undefined) {
    const stop = watchLimits(started.pid, limits, (how) => {
      onExceeded?.(how);
      kill();
      void end();
    });
    started.once('exit', stop);
  }
  return { process: started, end, kill };
}
