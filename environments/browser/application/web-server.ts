import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LamarckError, startChild } from 'lamarck';

/** How an application is started, as in a Playwright configuration. */
export interface WebServer {
  /** For the shell. */
  readonly command: string;
  /** Answers once the server is ready. */
  readonly url: string;
  readonly cwd?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** In ms; default 60,000. */
  readonly timeout?: number | undefined;
  /** Whether one that answers already is taken for it; default true. */
  readonly reuseExistingServer?: boolean | undefined;
}

const pollMilliseconds = 100;
/** Of its output, in characters. */
const mostTold = 2_000;

/**
 * Starts a server and waits until it answers. It ends with this process, however that ends, and so does all that it starts.
 *
 * @throws LamarckError `LAMARCK_WEB_SERVER_FAILED` where it ends or does not answer in time, with the end of its output.
 */
export async function startWebServer(server: WebServer): Promise<void> {
  const { command, url, cwd, env, timeout = 60_000, reuseExistingServer = true } = server;
  if (await answers(url)) {
    if (reuseExistingServer) return;
    throw failed(server, `something else answers at ${url} already`, '');
  }
  const { process: child, end } = startChild(command, [], {
    cwd,
    env: { ...process.env, ...env },
    shell: true,
    // Ctrl-C reaches the whole group, and tasks under way may still need it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listen = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-mostTold));
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  let ended: string | undefined;
  child.on('error', ({ message }) => (ended = `could not be started: ${message}`));
  child.on('exit', (code, signal) => (ended = `ended with ${signal ?? `code ${code}`}`));
  for (const held of [child, child.stdout as Socket, child.stderr as Socket]) held.unref();
  const patience = AbortSignal.timeout(timeout);
  while (!(await answers(url))) {
    if (ended === undefined && !patience.aborted) {
      await sleep(pollMilliseconds);
      continue;
    }
    const why = ended ?? `did not answer at ${url} within ${timeout / 1000} s`;
    await end();
    throw failed(server, why, output);
  }
}

/** As Playwright does, by any answer but that there is nothing, or that it is broken. */
async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    return status < 404;
  } catch {
    return false;
  }
}

function failed({ command }: WebServer, why: string, output: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_WEB_SERVER_FAILED',
    boundary: 'user',
    message: `The web server \`${command}\` ${why}.${output.trim() === '' ? '' : ` It said: ${output.trim()}`}`,
    remedy:
      'Try the command by hand in the same folder, and see that it answers at this address; `timeout` of `webServer` gives it more time.',
  });
}
