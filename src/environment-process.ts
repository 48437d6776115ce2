// An environment process: sessions, pages and one Chromium. It lives as long as the channel to the orchestrator.
import { loadConfiguration } from './config/index.ts';
import { createSandboxes } from './presets.ts';
import { serveWorld } from './world/index.ts';

const { config, pages, firstSeat, chromium, isLater } = JSON.parse(process.argv[2] ?? '{}') as {
  config: string;
  pages: number;
  firstSeat: number;
  chromium?: string;
  isLater?: boolean;
};
if (isLater) (await import('./soundness/index.ts')).shiftClock();
const send = (response: object): void => void process.send?.(response);

const sandboxes = createSandboxes({
  pages,
  firstSeat,
  ...(chromium === undefined ? {} : { chromium }),
  onNotice: (text) => send({ type: 'notice', text }),
});
const end = (): void => void sandboxes[Symbol.asyncDispose]().then(() => process.exit(0));
// Ctrl-C reaches the whole group; the orchestrator drains and then closes the channel.
process.on('SIGINT', () => {});
process.once('SIGTERM', end);
process.once('disconnect', end);

const loading = loadConfiguration(config).then(({ families }) => serveWorld({ families, sandboxes, send }));
process.on('message', (message) => void loading.then((serve) => serve(message)));
await loading;
send({ type: 'ready' });
