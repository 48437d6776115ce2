import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Benchmark } from './benchmark.ts';
import { LineProcess, startPython, whyNot } from './peer.ts';
import { ratioOf, takeTurns, type Arm, type Timed } from './take-turns.ts';

const FOLDER = join(import.meta.dirname, '..', 'serving');
const STEPS = 500;
const CLIENTS = 64;
const RESET = JSON.stringify({ type: 'reset', data: {} });

/** A server of the counter, and what its actions look like. */
interface Server {
  readonly name: string;
  readonly port: number;
  readonly action: object;
}

/** One client of a server's WebSocket: a message out, a message in. */
class Client implements Disposable {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(port: number): Promise<Client> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { perMessageDeflate: false });
    await once(socket, 'open');
    return new Client(socket);
  }

  async ask(message: string): Promise<void> {
    this.#socket.send(message);
    const [answer] = (await once(this.#socket, 'message')) as [Buffer];
    if (!answer.includes('"observation"')) throw new Error(`A server answered ${String(answer)}.`);
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

/** What a client of ours over HTTP does: a connection for each request, since a server that keeps it may wait 40 ms for a delayed ACK. */
async function post(port: number, body: string): Promise<void> {
  const asked = request({
    ...{ host: '127.0.0.1', port, path: '/step', method: 'POST', agent: new Agent({ keepAlive: false }) },
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  for await (const chunk of response) void chunk;
  if (response.statusCode !== 200) throw new Error(`A server answered with status ${response.statusCode}.`);
}

async function repeat(times: number, work: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time++) await work();
}

function armsOf({ name, port, action }: Server, client: Client, clients: readonly Client[]): Arm[] {
  const step = JSON.stringify({ type: 'step', data: action });
  const body = JSON.stringify({ action });
  const share = Math.ceil((4 * STEPS) / CLIENTS);
  return [
    {
      name: `${name}: a WebSocket step`,
      pieces: STEPS,
      run: () => repeat(STEPS, () => client.ask(step)),
    },
    {
      name: `${name}: a WebSocket reset`,
      pieces: STEPS / 2,
      run: () => repeat(STEPS / 2, () => client.ask(RESET)),
    },
    {
      name: `${name}: an HTTP step`,
      pieces: STEPS / 2,
      run: () => repeat(STEPS / 2, () => post(port, body)),
    },
    {
      name: `${name}: a step, ${CLIENTS} clients at once`,
      pieces: share * CLIENTS,
      run: () => Promise.all(clients.map((each) => repeat(share, () => each.ask(step)))),
    },
  ];
}

/** The counter over OpenEnv's protocol: by `lamarck env serve`, and by the server of openenv-core. */
export const serving: Benchmark = {
  name: 'serving',
  title: "the counter served over OpenEnv's protocol, beside the server of openenv-core",
  piece: 'step',
  whyNot: () => whyNot('openenv.core.env_server.http_server'),
  async run() {
    using ours = new LineProcess(process.execPath, [...process.execArgv, join(FOLDER, 'serve-counter.ts')]);
    using theirs = startPython(join(FOLDER, 'openenv_counter.py'));
    const servers: Server[] = [
      { name: 'lamarck', port: Number(await ours.line()), action: { add: { amount: 1 } } },
      { name: 'openenv-core', port: Number(await theirs.line()), action: { amount: 1 } },
    ];
    using open = new DisposableStack();
    const arms: Arm[][] = [];
    for (const server of servers) {
      const clients: Client[] = [];
      for (let place = 0; place <= CLIENTS; place++)
        clients.push(open.use(await Client.connect(server.port)));
      for (const client of clients) await client.ask(RESET);
      const [first, ...others] = clients;
      arms.push(armsOf(server, first as Client, others));
    }
    const [mine = [], peers = []] = arms;
    const times = await takeTurns(
      mine.flatMap((arm, at) => [arm, peers[at] as Arm]),
      7,
    );
    const pairs = Array.from({ length: times.length / 2 }, (_, at) => times.slice(2 * at, 2 * at + 2));
    return {
      times,
      bars: pairs.map(([one, other]) => ({
        what: `${nameOf(one)} as a multiple of openenv-core's`,
        value: ratioOf(one, other),
        unit: '×' as const,
        atMost: nameOf(one).includes('clients') ? 1 : 0.9,
      })),
    };
  },
};

function nameOf(timed: Timed | undefined): string {
  return timed?.name.replace(/^lamarck: /, '') ?? '';
}
