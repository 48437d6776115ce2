import {
  LamarckError,
  type Guest,
  type GuestFault,
  type GuestLimits,
  type GuestReply,
  type Mind,
  type MindSandbox,
} from 'lamarck';
import { compileGenome } from './compile-genome.ts';
import { readGuestMessage } from './guest-messages.ts';
import type { GuestOptions } from './guest-runtime.ts';
import { MindReplySchema, type MindReply } from './isolate-messages.ts';
import type { IsolateProcess } from './isolate-process.ts';
import { buildGuestPrelude } from './prelude.ts';
import { ProcessPool, type ProcessSlot } from './process-pool.ts';

/** What a guest gets where nothing else is said. */
const GUEST_LIMITS: GuestLimits = {
  fuel: 50_000_000,
  memoryMegabytes: 64,
  deliveryMilliseconds: 10_000,
  messageCharacters: 4_000_000,
};

/**
 * Minds for agents: isolates in processes of their own, started when first leased and kept warm.
 *
 * @param options.onNotice told of each process that died, in a sentence.
 */
export function createMindSandbox(options: {
  processes: number;
  onNotice?: (notice: string) => void;
}): MindSandbox {
  const pool = new ProcessPool({
    entry: 'mind-process',
    prelude: buildGuestPrelude,
    replySchema: MindReplySchema,
    ...options,
  });
  return {
    statistics: pool.statistics,
    lease: async (signal) => createMind(await pool.lease(signal)),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

function createMind(slot: ProcessSlot): Mind {
  const guests = new Set<Guest>();
  let isReleased = false;
  return {
    boot: async ({ files, entry, input, seed, limits: given }) => {
      const limits = { ...GUEST_LIMITS, ...given };
      const genome = await compileGenome(files, entry);
      const process = await slot.process();
      if (isReleased) throw new Error('This mind was released.');
      const id = nextGuest++;
      const options: GuestOptions = {
        kind: entry === 'agent.ts' ? 'agent' : 'improver',
        seed,
        fuel: limits.fuel,
        messageCharacters: limits.messageCharacters,
      };
      const guest = lodge(process, id, limits, () => guests.delete(guest));
      guests.add(guest);
      const body = {
        type: 'boot',
        guest: id,
        hash: genome.hash,
        options: JSON.stringify(options),
        input: JSON.stringify(input),
        memoryMegabytes: limits.memoryMegabytes,
      };
      const started = await guest
        .exchange(body)
        .then((reply) => reply ?? guest.exchange({ ...body, code: genome.code }));
      if (!started) throw new Error('A mind process did not keep the genome it was sent.');
      return Object.assign(guest, { started });
    },
    release: () => {
      if (isReleased) return;
      isReleased = true;
      for (const guest of guests) void guest.dispose();
      slot.release();
    },
  };
}

/** Names guests in the processes; says nothing of the guest. */
let nextGuest = 0;

interface LodgedGuest extends Guest {
  /** Null where the process answered that it misses the genome's code. */
  exchange(body: Readonly<Record<string, unknown>>): Promise<GuestReply | null>;
}

function lodge(process: IsolateProcess, id: number, limits: GuestLimits, onDispose: () => void): LodgedGuest {
  let failure: LamarckError | undefined;
  let isDisposed = false;

  const exchange = async (body: Readonly<Record<string, unknown>>): Promise<GuestReply | null> => {
    if (failure) throw failure;
    if (isDisposed) throw new Error('This guest was disposed.');
    const milliseconds = limits.deliveryMilliseconds;
    const reply: MindReply = await process.request({ ...body, milliseconds }, MindReplySchema, milliseconds);
    if (reply.type === 'missing') return null;
    const result = reply.type === 'answer' ? readGuestMessage(reply.text) : reply;
    if ('answer' in result) return result;
    failure =
      'fault' in result
        ? faultError(result.fault, result.message)
        : faultError('protocol', 'It gave no answer.');
    await dispose();
    throw failure;
  };

  const dispose = async (): Promise<void> => {
    if (isDisposed) return;
    isDisposed = true;
    onDispose();
    // A process that has died meanwhile took the guest with it.
    await process
      .request({ type: 'dispose', guest: id }, MindReplySchema, limits.deliveryMilliseconds)
      .catch(() => undefined);
  };

  return {
    exchange,
    deliver: async (event) => {
      const reply = await exchange({ type: 'deliver', guest: id, event: JSON.stringify(event) });
      if (!reply) throw new Error('A mind process lost a guest.');
      return reply;
    },
    dispose,
  };
}

const FAULT_CODES = {
  compile: 'LAMARCK_GUEST_COMPILE',
  throw: 'LAMARCK_GUEST_THROW',
  fuel: 'LAMARCK_GUEST_FUEL',
  memory: 'LAMARCK_GUEST_MEMORY',
  timeout: 'LAMARCK_GUEST_TIMEOUT',
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
