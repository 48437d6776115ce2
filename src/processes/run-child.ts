import { startChild, type ChildOptions } from './child.ts';

/** What a program that has come to its end left behind. */
export interface ChildResult {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
  /** In a few words, where it was killed because it exceeded a limit. */
  readonly exceeded?: string;
}

/** Characters of each stream that are kept. */
const MOST_KEPT = 4_000_000;

/**
 * Runs a program to its end, without input.
 *
 * @throws Error where it cannot be started, and the signal's reason where that is aborted, when the program is gone
 */
export async function runChild(
  command: string,
  words: readonly string[],
  options: Omit<ChildOptions, 'stdio' | 'onExceeded'> & { readonly signal?: AbortSignal | undefined } = {},
): Promise<ChildResult> {
  const { signal, ...rest } = options;
  signal?.throwIfAborted();
  let exceeded: string | undefined;
  const child = startChild(command, words, {
    ...rest,
    stdio: ['ignore', 'pipe', 'pipe'],
    onExceeded: (how) => (exceeded = how),
  });
  const output = textOf(child.process.stdout);
  const errors = textOf(child.process.stderr);
  signal?.addEventListener('abort', child.kill, { once: true });
  try {
    const [code, killedBy] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.process.once('error', reject);
      child.process.once('close', (...how) => resolve(how));
    });
    signal?.throwIfAborted();
    return {
      code,
      signal: killedBy,
      output: output(),
      errors: errors(),
      ...(exceeded === undefined ? {} : { exceeded }),
    };
  } finally {
    signal?.removeEventListener('abort', child.kill);
  }
}

function textOf(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    if (text.length < MOST_KEPT) text += chunk;
  });
  return () => text;
}
