import ivm from 'isolated-vm';
import { rehearsedCache, unrunCache, type CodeCache } from './code-cache.ts';
import { isolateFaultOf } from './isolate-faults.ts';
import type { AgentProcessReply, AgentProcessRequest } from './isolate-messages.ts';
import { callGuest, evaluateGuest } from './predictable-v8.ts';
import { rehearseGuest } from './rehearsed-guest.ts';

/** Genomes whose code is kept. */
const MOST_GENOMES = 16;

/** An isolate with one context, in which nothing of a guest has run. */
interface GuestIsolate {
  readonly isolate: ivm.Isolate;
  readonly context: ivm.Context;
  /** Starts a guest. */
  readonly start: ivm.Reference;
  readonly memoryMegabytes: number;
}

interface RunningGuest {
  readonly place: GuestIsolate;
  /** The guest's side of the message pump. */
  readonly turn: ivm.Reference;
}

interface KnownGenome {
  readonly code: string;
  readonly cache: CodeCache;
}

type Boot = Extract<AgentProcessRequest, { type: 'boot' }>;
type Answer =
  | { type: 'answer'; text: string }
  | { type: 'fault'; fault: 'compile' | 'memory' | 'timeout' | 'throw'; message: string };

/**
 * The isolates of an agent process: one for each guest, thrown away with it. Guests that shared one would read what others left
 * behind: registered symbols outlive a context, and so does the memory that they take.
 */
export class GuestIsolates {
  readonly #guests = new Map<number, RunningGuest>();
  /** By hash; least recently used first. */
  readonly #genomes = new Map<string, KnownGenome>();
  #prelude = '';
  #preludeCache: CodeCache | undefined;
  /** Made ready while nothing else was to be done. */
  #spare: GuestIsolate | undefined;
  /** Of the guest that was booted last: the next is likely to get as much. */
  #memoryMegabytes: number | undefined;

  serve(request: AgentProcessRequest): AgentProcessReply {
    const { id } = request;
    switch (request.type) {
      case 'prelude':
        this.#prelude = request.code;
        this.#preludeCache = rehearsedCache(request.code, rehearseGuest);
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

  /** Makes an isolate ready for the next guest. */
  rest(): void {
    if (this.#spare || this.#guests.size > 0 || this.#memoryMegabytes === undefined) return;
    this.#spare = this.#makeIsolate(this.#memoryMegabytes);
  }

  #boot(request: Boot): Answer | { type: 'missing' } {
    const deadline = performance.now() + request.milliseconds;
    let genome: KnownGenome | undefined;
    try {
      genome = this.#genomeOf(request);
    } catch (error) {
      return { type: 'fault', fault: 'compile', message: String(error) };
    }
    if (!genome) return { type: 'missing' };
    const place = this.#takeIsolate(request.memoryMegabytes);
    try {
      const { code, cache: cachedData } = genome;
      const script = place.isolate.compileScriptSync(code, { filename: 'genome', cachedData });
      const timeout = request.milliseconds;
      const evaluated = evaluateGuest(script, place.context, timeout);
      const given = [evaluated.derefInto(), request.options];
      const turn = callGuest(place.start, given, { result: { reference: true }, timeout });
      const guest: RunningGuest = { place, turn: turn as ivm.Reference };
      this.#guests.set(request.guest, guest);
      return takeTurn(guest, request.input, deadline);
    } catch (error) {
      const fault = isolateFaultOf(error, place.isolate);
      if (!place.isolate.isDisposed) place.isolate.dispose();
      return { type: 'fault', ...fault };
    }
  }

  #genomeOf({ hash, code }: Boot): KnownGenome | undefined {
    const known = this.#genomes.get(hash) ?? (code && { code, cache: unrunCache(code, 'genome') });
    if (!known) return undefined;
    this.#genomes.delete(hash);
    this.#genomes.set(hash, known);
    const [oldest] = this.#genomes.keys();
    if (this.#genomes.size > MOST_GENOMES && oldest !== undefined) this.#genomes.delete(oldest);
    return known;
  }

  #takeIsolate(memoryMegabytes: number): GuestIsolate {
    this.#memoryMegabytes = memoryMegabytes;
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare?.memoryMegabytes === memoryMegabytes) return spare;
    spare?.isolate.dispose();
    return this.#makeIsolate(memoryMegabytes);
  }

  #makeIsolate(memoryMegabytes: number): GuestIsolate {
    const isolate = new ivm.Isolate({ memoryLimit: memoryMegabytes });
    const context = isolate.createContextSync();
    const prelude = isolate.compileScriptSync(this.#prelude, {
      ...(this.#preludeCache && { cachedData: this.#preludeCache }),
    });
    const start = prelude.runSync(context, { reference: true });
    return { isolate, context, start, memoryMegabytes };
  }

  #dispose(id: number): void {
    const guest = this.#guests.get(id);
    if (!guest) return;
    this.#guests.delete(id);
    const { isolate } = guest.place;
    if (!isolate.isDisposed) isolate.dispose();
  }
}

/** One delivery: hand the message in, then ask until there is an answer. Promises settle between two calls. */
function takeTurn({ turn, place }: RunningGuest, message: string, deadline: number): Answer {
  try {
    const remaining = (): number => Math.max(1, Math.ceil(deadline - performance.now()));
    let text = callGuest(turn, [message], { timeout: remaining() });
    while (text === '') {
      if (performance.now() > deadline)
        return { type: 'fault', fault: 'timeout', message: 'It did not answer in time.' };
      text = callGuest(turn, [], { timeout: remaining() });
    }
    return { type: 'answer', text: String(text) };
  } catch (error) {
    const found = isolateFaultOf(error, place.isolate);
    // A promise that nobody handled surfaces here; where the guest's fuel is spent, that is what rejected it.
    const told = found.fault === 'throw' ? tellFault(turn) : undefined;
    return told ?? { type: 'fault', ...found };
  }
}

/** What the guest itself knows to be wrong with it. */
function tellFault(turn: ivm.Reference): Answer | undefined {
  try {
    const text = String(callGuest(turn, [], { timeout: 1_000 }));
    return text.startsWith('{"kind":"fault"') ? { type: 'answer', text } : undefined;
  } catch {
    return undefined;
  }
}
