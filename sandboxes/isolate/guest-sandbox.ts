import {
  hashOf,
  LamarckError,
  type Chart,
  type GenomeFiles,
  type GuestFault,
  type GuestLimits,
  type GuestSandbox,
  type GuestSource,
} from 'lamarck';
import { compileGenome } from './compile-genome.ts';
import { readChartMessage, readGuestMessage, type Fault } from './guest-messages.ts';
import type { GuestOptions } from './guest-runtime.ts';
import { AgentProcessReplySchema, type AgentProcessReply } from './isolate-messages.ts';
import type { IsolateProcess } from './isolate-process.ts';
import { buildGuestPrelude } from './bundles.ts';
import { isProcessEnd, ProcessDeaths } from './process-deaths.ts';
import { ProcessPool } from './process-pool.ts';

/** What a guest gets where nothing else is said. */
const GUEST_LIMITS: GuestLimits = {
  fuel: 50_000_000,
  memoryMegabytes: 64,
  deliveryMilliseconds: 10_000,
  messageCharacters: 4_000_000,
};

/**
 * Guests in isolates of processes of their own, which are started when first needed and kept warm.
 *
 * @param options.processes how many guests compute at once; any number may wait
 * @param options.onNotice told of each process that died, in a sentence
 */
export function createGuestSandbox(options: {
  processes: number;
  onNotice?: (notice: string) => void;
}): GuestSandbox {
  const pool = new ProcessPool({
    program: 'agent-process',
    prelude: buildGuestPrelude,
    replySchema: AgentProcessReplySchema,
    ...options,
  });
  const suspects: Suspects = new Map();
  return {
    statistics: pool.statistics,
    fingerprint,
    boot: async ({ limits, ...source }) => {
      const { guest, text } = await settle(pool, suspects, {
        ...source,
        purpose: 'run',
        limits: { ...GUEST_LIMITS, ...limits },
      });
      return {
        started: await guest.read(readGuestMessage, text),
        deliver: async (event) => {
          const reply = await guest.exchange({
            type: 'deliver',
            guest: guest.id,
            event: JSON.stringify(event),
          });
          if (reply === null) throw new Error('An agent process lost a guest.');
          return guest.read(readGuestMessage, reply);
        },
        dispose: guest.dispose,
      };
    },
    chart: async (files, entry): Promise<Chart> => {
      const options = { files, entry, input: null, seed: '', purpose: 'read', limits: GUEST_LIMITS } as const;
      const { guest, text } = await settle(pool, suspects, options);
      const chart = await guest.read(readChartMessage, text);
      await guest.dispose();
      return chart;
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

/** Data counts whether or not an entry imports it: an improver is given all files to read. */
async function fingerprint(files: GenomeFiles): Promise<string> {
  const [agent, improver] = await Promise.all([
    compileGenome(files, 'agent.ts'),
    compileGenome(files, 'improve.ts'),
  ]);
  const data = Object.entries(files).filter(([path]) => !path.endsWith('.ts'));
  return hashOf({ agent: agent.hash, improver: improver.hash, data });
}

/** Guests whose process ended, by what they were booted with: the next try has a process to itself. */
type Suspects = Map<string, ProcessDeaths>;

interface BootOptions extends GuestSource {
  readonly purpose: GuestOptions['purpose'];
  readonly limits: GuestLimits;
}

/** A guest whose entry is loaded, and the text of its first answer. */
async function settle(
  pool: ProcessPool,
  suspects: Suspects,
  { files, entry, input, seed, purpose, limits }: BootOptions,
): Promise<{ guest: HeldGuest; text: string }> {
  const genome = await compileGenome(files, entry);
  // An improver's input is long, and deaths are rare.
  const workOf = (): string => hashOf({ genome: genome.hash, entry, input, seed, purpose });
  const deaths = suspects.size > 0 ? suspects.get(workOf()) : undefined;
  const slot = pool.share(limits.memoryMegabytes);
  const process = await (deaths ? slot.separateProcess() : slot.process()).catch((error: unknown) => {
    slot.release();
    throw error;
  });
  const onDeath = (error: LamarckError): LamarckError => {
    const work = workOf();
    const known = suspects.get(work) ?? new ProcessDeaths();
    suspects.set(work, known);
    if (!known.note(error, deaths !== undefined)) return error;
    suspects.delete(work);
    return faultError('crash', `it ended a process that it had to itself, again and again. ${error.message}`);
  };
  const onEnd = (survived: boolean): void => {
    slot.release();
    if (deaths) process.close();
    if (survived && deaths) suspects.delete(workOf());
  };
  const id = nextGuest++;
  const kind = entry === 'agent.ts' ? 'agent' : 'improver';
  const { fuel, messageCharacters } = limits;
  const guest = hold(process, id, limits, { onDeath, onEnd });
  const body = {
    type: 'boot',
    guest: id,
    hash: genome.hash,
    options: JSON.stringify({ kind, purpose, seed, fuel, messageCharacters } satisfies GuestOptions),
    input: JSON.stringify(input),
    memoryMegabytes: limits.memoryMegabytes,
  };
  const text = (await guest.exchange(body)) ?? (await guest.exchange({ ...body, code: genome.code }));
  if (text === null) throw new Error('An agent process did not keep the genome it was sent.');
  return { guest, text };
}

/** Names guests in the processes; says nothing of the guest. */
let nextGuest = 0;

/** A guest as its process has it: texts go to and fro. A fault ends it, and is thrown again for ever after. */
interface HeldGuest {
  readonly id: number;
  /** @returns the text of its answer; null where the process misses the genome's code. */
  exchange(body: Readonly<Record<string, unknown>>): Promise<string | null>;
  /** What `reader` makes of an answer; a fault that it finds ends the guest. */
  read<Answer extends object>(reader: (text: string) => Answer | Fault, text: string): Promise<Answer>;
  dispose(): Promise<void>;
}

/**
 * @param told.onDeath what is thrown where its process ended; @param told.onEnd whether its process outlived it.
 */
function hold(
  process: IsolateProcess,
  id: number,
  limits: GuestLimits,
  told: { onDeath: (error: LamarckError) => LamarckError; onEnd: (survived: boolean) => void },
): HeldGuest {
  const milliseconds = limits.deliveryMilliseconds;
  let failure: LamarckError | undefined;
  let isDisposed = false;

  const dispose = async (): Promise<void> => {
    if (isDisposed) return;
    isDisposed = true;
    // A process that has died meanwhile took the guest with it.
    await process
      .request({ type: 'dispose', guest: id }, AgentProcessReplySchema, milliseconds)
      .catch(() => undefined);
    told.onEnd(!process.isDead);
  };

  const ask = async (body: Readonly<Record<string, unknown>>): Promise<AgentProcessReply> => {
    try {
      return await process.request({ ...body, milliseconds }, AgentProcessReplySchema, milliseconds);
    } catch (error) {
      if (!isProcessEnd(error)) throw error;
      failure = told.onDeath(error);
      await dispose();
      throw failure;
    }
  };

  const fail = async ({ fault, message }: Fault): Promise<never> => {
    failure = faultError(fault, message);
    await dispose();
    throw failure;
  };

  return {
    id,
    exchange: async (body) => {
      if (failure) throw failure;
      if (isDisposed) throw new Error('This guest was disposed.');
      const reply = await ask(body);
      if (reply.type === 'missing') return null;
      if (reply.type === 'answer') return reply.text;
      return fail(reply.type === 'fault' ? reply : { fault: 'protocol', message: 'It gave no answer.' });
    },
    read: async (reader, text) => {
      const answer = reader(text);
      return 'fault' in answer ? fail(answer) : answer;
    },
    dispose,
  };
}

const FAULT_CODES = {
  /** A genome cannot be made into a program: it does not parse, or it imports what it may not. */
  compile: 'LAMARCK_GUEST_COMPILE',
  /** The agent's code threw. */
  throw: 'LAMARCK_GUEST_THROW',
  /** The agent's code used up the fuel of one delivery: it loops, or it thinks too long. */
  fuel: 'LAMARCK_GUEST_FUEL',
  /** The agent's code used up the memory of its isolate. */
  memory: 'LAMARCK_GUEST_MEMORY',
  /** The agent's code did not come to an end in the time of one delivery. */
  timeout: 'LAMARCK_GUEST_TIMEOUT',
  /** The agent's code ended the process that held it, twice, the second time by itself. */
  crash: 'LAMARCK_GUEST_CRASH',
  /** The agent's chart answered with what is no answer, or with none. */
  protocol: 'LAMARCK_GUEST_PROTOCOL',
} as const satisfies Record<GuestFault, string>;

function faultError(fault: GuestFault, message: string): LamarckError {
  return new LamarckError({
    code: FAULT_CODES[fault],
    boundary: 'agent',
    message: `The agent's code failed (${fault}): ${message}`,
    remedy: "This is the genome's own doing: the episode scores 0.",
  });
}
