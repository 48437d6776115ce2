import type { Json, StateChange } from '../protocol/index.ts';
import type { Chart } from './chart.ts';

/** An agent's code: file texts by path relative to the genome's root, e.g. `agent.ts`, `skills/index.ts`. */
export type GenomeFiles = Readonly<Record<string, string>>;

/** The files of a genome that a guest can be made of. */
export type GenomeEntry = 'agent.ts' | 'improve.ts';

/** Bounds on one guest (one actor of a genome, for one episode or one improvement). */
export interface GuestLimits {
  /** Loop iterations and function calls, over the guest's life. */
  fuel: number;
  memoryMegabytes: number;
  /**
   * Limit on the wall time and on the CPU time that a guest may take over one message, in ms, in case the fuel does
   * not stop it.
   */
  deliveryMilliseconds: number;
  /** Length of the JSON text of one message from the guest, in characters. */
  messageCharacters: number;
}

/** What the guest's chart emitted in answer to a delivery. */
export type GuestAnswer =
  /** The guest emitted nothing that ends its turn, and waits for another message. */
  | { kind: 'idle' }
  | { kind: 'decision'; action: Json; note?: Json }
  | { kind: 'call'; id: number; name: string; arguments: Json }
  | {
      kind: 'patch';
      files: Readonly<Record<string, string | null>>;
      improvement: string;
      rationale: string;
      mate?: string;
    }
  /** The chart has reached its final state. */
  | { kind: 'end' };

export interface GuestReply {
  answer: GuestAnswer;
  changes: readonly StateChange[];
}

/** Why a guest failed. Its own doing, always: while that is not known, `LAMARCK_ISOLATES_DIED` or `LAMARCK_ISOLATES_KILLED` is thrown instead. */
export type GuestFault = 'compile' | 'throw' | 'fuel' | 'memory' | 'timeout' | 'protocol' | 'crash';

/** One booted actor. Deliveries are strictly one after the other. */
export interface Guest {
  /** @throws LamarckError `LAMARCK_GUEST_<FAULT>` (boundary `agent`), or `LAMARCK_ISOLATES_DIED` (boundary `sandbox`). */
  deliver(event: Json): Promise<GuestReply>;
  /** Frees its isolate. Safe to call twice, and on a dead process. */
  dispose(): Promise<void>;
}

/** What a guest is made of. */
export interface GuestSource {
  readonly files: GenomeFiles;
  readonly entry: GenomeEntry;
  /** Becomes the machine's `input`. */
  readonly input: Json;
  /** Of the guest's `Math.random` and of the `random` that it is given. */
  readonly seed: string;
  readonly limits?: Partial<GuestLimits>;
}

/**
 * Where guests run: each in an isolate of its own, in processes that own isolates and nothing else. A guest stays in the process where
 * it was started, which is occupied only while it answers: between two deliveries, other guests are served there.
 */
export interface GuestSandbox {
  /**
   * Compiles (cached by content) and starts `entry` of a genome in a fresh isolate.
   *
   * @throws as {@link Guest.deliver}; code `LAMARCK_GUEST_COMPILE` where it does not parse or imports what it may not.
   */
  boot(source: GuestSource): Promise<Guest & { readonly started: GuestReply }>;
  /**
   * Loads `entry` and reads its statechart, without starting it. What the guest says of its chart is believed: one that
   * lies here misses what a mistake in it would have been told.
   *
   * @throws as {@link boot}.
   */
  chart(files: GenomeFiles, entry: GenomeEntry): Promise<Chart>;
  /**
   * SHA-256 of what a genome does: its compiled entries and all its data. Equal for genomes that differ in comments, in
   * layout, or in code that no entry reaches.
   * @throws LamarckError `LAMARCK_GUEST_COMPILE`.
   */
  fingerprint(files: GenomeFiles): Promise<string>;
  /** Processes started and found dead so far. */
  readonly statistics: { readonly started: number; readonly died: number };
  [Symbol.asyncDispose](): Promise<void>;
}
