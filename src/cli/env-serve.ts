import { openProject } from '../engine/index.ts';
import { drainOnInterrupt } from './interruption.ts';
import { style, styled } from './styled-text.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** `lamarck env serve NAME`: lets agents elsewhere play the tasks of a configuration. */
export async function envServeCommand(
  name: string,
  options: {
    config?: string;
    host: string;
    port: number;
    capacity: number;
    allowHost?: string[];
    mcp?: 'stdio';
    json?: boolean;
  },
): Promise<void> {
  const { config, host, port, capacity, allowHost = [], mcp, json } = options;
  const project = await openProject({ config });
  const drain = drainOnInterrupt(() =>
    notice(mcp ? 'Stopping.' : 'Stopping: tasks under way may end first. Ctrl-C again stops at once.'),
  );
  try {
    await using served = await project.serve(name, notice);
    const { environment, families } = served;
    if (mcp) {
      notice(`Serving ${environment} over MCP, on standard input and output.`);
      await served.speak(drain.signal);
      return;
    }
    await using server = await served.listen({ host, port, capacity, allowHosts: allowHost });
    const { url } = server;
    const socket = `${url.replace(/^http/, 'ws')}/ws`;
    outliveReaders(() => `serving at ${url}`);
    if (json) printJson({ environment, families, url, socket, mcp: `${url}/mcp`, capacity });
    else {
      print(
        styled`Serving ${style('bold', environment)}, ${capacity} sessions at once, with tasks of ${families.join(', ')}`,
      );
      print(`  OpenEnv    ${url}`);
      print(`  WebSocket  ${socket}`);
      print(`  MCP        ${url}/mcp`);
      print(style('dim', 'Ctrl-C stops it, when the tasks under way have ended.'));
    }
    await new Promise((resolve) => drain.signal.addEventListener('abort', resolve, { once: true }));
    await server.drain();
  } finally {
    drain.release();
  }
}
