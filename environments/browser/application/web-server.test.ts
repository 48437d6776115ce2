import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startWebServer } from './web-server.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
const serving = (port: number): string =>
  `node -e "require('node:http').createServer((_, answer) => answer.end('here')).listen(${port}, '127.0.0.1')" && true`;
const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

it('ends with the process that started it, also where that was killed', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const server = JSON.stringify({ command: serving(port), url });
  const program = `const { startWebServer } = await import(${JSON.stringify(new URL('./web-server.ts', import.meta.url).href)});
    await startWebServer(${server}); console.log('up'); setInterval(() => {}, 1000);`;
  const starter = spawn(process.execPath, [
    '--conditions=lamarck-source',
    ...['--input-type=module', '-e', program],
  ]);
  await new Promise((resolve) => starter.stdout.once('data', resolve));
  expect(await answers(url)).toBe(true);
  starter.kill('SIGKILL');
  while (await answers(url)) await sleep(50);
  expect(await answers(url)).toBe(false);
});

it('is told by what it said where it ends, and is not waited for', async () => {
  const url = `http://127.0.0.1:${await freePort()}/`;
  await expect(startWebServer({ command: 'echo no database; exit 3', url })).rejects.toThrow(
    /ended with code 3\. It said: no database/,
  );
});

it('is ended where it does not answer in time', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const start = startWebServer({ command: serving(port), url: `http://127.0.0.1:${other}/`, timeout: 3_000 });
  await expect(start).rejects.toThrow(/did not answer at .+ within 3 s/);
  while (await answers(`http://127.0.0.1:${port}/`)) await sleep(50);
});
