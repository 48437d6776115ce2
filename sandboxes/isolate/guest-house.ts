import ivm from 'isolated-vm';
import { isolateFaultOf } from './isolate-faults.ts';
import type { MindReply, MindRequest } from './isolate-messages.ts';

/** Isolates kept warm, one a genome; those with live guests are never dropped. */
const MOST_ISOLATES = 6;
/** Contexts made in one isolate before it is replaced: what earlier guests left behind must not count against later ones. */
const MOST_BOOTS = 200;

interface Home {
  readonly isolate: ivm.Isolate;
  readonly prelude: ivm.Script;
  readonly genome: ivm.Script;
  boots: number;
  guests: number;
}

interface LodgedGuest {
  readonly home: Home;
  readonly context: ivm.Context;
  /** The guest's side of the message pump. */
  readonly turn: ivm.Reference<(message?: string) => string>;
}

type Boot = Extract<MindRequest, { type: 'boot' }>;
type Answer =
  | { type: 'answer'; text: string }
  | { type: 'fault'; fault: 'compile' | 'memory' | 'timeout' | 'throw'; message: string };

/** The isolates of a mind process and the guests in them: one isolate a genome, one fresh context a guest. */
export class GuestHouse {
  readonly #guests = new Map<number, LodgedGuest>();
  /** By genome and memory limit; least recently used first. */
  readonly #homes = new Map<string, Home>();
  #prelude = '';
  #preludeCache: ivm.ExternalCopy<ArrayBuffer> | undefined;

  serve(request: MindRequest): MindReply {
    const { id } = request;
    switch (request.type) {
      case 'prelude':
        this.#prelude = request.code;
        return { id, type: 'done' };
      case 'dispose':
        this.#dispose(request.guest);
        return { id, type: 'done' };
      case 'boot':
        return { id, ...this.#boot(request) };
      case 'deliver': {
        const guest = this.#guests.get(request.guest);
        if (!guest) throw new Error(`There is no guest ${request.guest}.`);
        return { id, ...takeTurn(guest, request.event, performance.now() + request.milliseconds) };
      }
    }
  }

  #boot(request: Boot): Answer | { type: 'missing' } {
    const deadline = performance.now() + request.milliseconds;
    let home: Home | undefined;
    try {
      home = this.#homeOf(request);
    } catch (error) {
      return { type: 'fault', fault: 'compile', message: String(error) };
    }
    if (!home) return { type: 'missing' };
    try {
      home.boots += 1;
      const context = home.isolate.createContextSync();
      const timeout = request.milliseconds;
      const start = home.prelude.runSync(context, { reference: true, timeout });
      const genome = home.genome.runSync(context, { reference: true, timeout });
      const given = [genome.derefInto(), request.options];
      const turn = start.applySync(undefined, given, {
        result: { reference: true },
        timeout,
      }) as LodgedGuest['turn'];
      start.release();
      genome.release();
      const guest: LodgedGuest = { home, context, turn };
      home.guests += 1;
      this.#guests.set(request.guest, guest);
      return takeTurn(guest, request.input, deadline);
    } catch (error) {
      return { type: 'fault', ...isolateFaultOf(error, home.isolate) };
    }
  }

  #homeOf({ hash, code, memoryMegabytes }: Boot): Home | undefined {
    const key = `${hash}/${memoryMegabytes}`;
    const known = this.#homes.get(key);
    this.#homes.delete(key);
    if (known && !known.isolate.isDisposed && known.boots < MOST_BOOTS) {
      this.#homes.set(key, known);
      return known;
    }
    if (known) disposeEmpty(known);
    if (code === undefined) return undefined;
    const isolate = new ivm.Isolate({ memoryLimit: memoryMegabytes });
    const prelude = isolate.compileScriptSync(
      this.#prelude,
      this.#preludeCache ? { cachedData: this.#preludeCache } : { produceCachedData: true },
    );
    this.#preludeCache ??= (prelude as { cachedData?: ivm.ExternalCopy<ArrayBuffer> }).cachedData;
    const genome = isolate.compileScriptSync(code, { filename: 'genome' });
    const home: Home = { isolate, prelude, genome, boots: 0, guests: 0 };
    this.#homes.set(key, home);
    this.#evict();
    return home;
  }

  #evict(): void {
    for (const [key, home] of this.#homes) {
      if (this.#homes.size <= MOST_ISOLATES) return;
      if (home.guests > 0 || home.boots === 0) continue;
      this.#homes.delete(key);
      disposeEmpty(home);
    }
  }

  #dispose(id: number): void {
    const guest = this.#guests.get(id);
    if (!guest) return;
    this.#guests.delete(id);
    const { home } = guest;
    home.guests -= 1;
    if (!home.isolate.isDisposed) {
      guest.turn.release();
      guest.context.release();
    }
    if (![...this.#homes.values()].includes(home)) disposeEmpty(home);
  }
}

function disposeEmpty(home: Home): void {
  if (home.guests === 0 && !home.isolate.isDisposed) home.isolate.dispose();
}

/** One delivery: hand the message in, then ask until there is an answer. Promises settle between two calls. */
function takeTurn({ turn, home }: LodgedGuest, message: string, deadline: number): Answer {
  try {
    const remaining = (): number => Math.max(1, Math.ceil(deadline - performance.now()));
    let text = turn.applySync(undefined, [message], { timeout: remaining() });
    while (text === '') {
      if (performance.now() > deadline)
        return { type: 'fault', fault: 'timeout', message: 'It did not answer in time.' };
      text = turn.applySync(undefined, [], { timeout: remaining() });
    }
    return { type: 'answer', text: String(text) };
  } catch (error) {
    const found = isolateFaultOf(error, home.isolate);
    // A promise that nobody handled surfaces here; where the guest's fuel is spent, that is what rejected it.
    const told = found.fault === 'throw' ? tellFault(turn) : undefined;
    return told ?? { type: 'fault', ...found };
  }
}

/** What the guest itself knows to be wrong with it. */
function tellFault(turn: LodgedGuest['turn']): Answer | undefined {
  try {
    const text = String(turn.applySync(undefined, [], { timeout: 1_000 }));
    return text.startsWith('{"kind":"fault"') ? { type: 'answer', text } : undefined;
  } catch {
    return undefined;
  }
}
