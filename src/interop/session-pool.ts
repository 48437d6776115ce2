import { OpenEnvError } from '../environment/index.ts';
import type { Offer } from './offer.ts';
import { TaskSession } from './task-session.ts';

/** Sessions without a task at once: a connection costs little, but not nothing. */
const MOST_WAITING = 1000;

/** When a session takes its place among those that there is capacity for: with its connection, or only while a task is under way. */
type Place = 'connected' | 'playing';

interface Pooled {
  readonly session: TaskSession;
  readonly hangUp: (reason: string) => void;
  readonly place: Place;
  isPlaced: boolean;
  idle?: NodeJS.Timeout | undefined;
}

/** All sessions of a server, of all protocols: counted, ended when nobody asks anything of them, and drained. */
export class SessionPool implements AsyncDisposable {
  readonly offer: Offer;
  readonly #limits: { readonly capacity: number; readonly idle: number };
  readonly #open = new Set<Pooled>();
  readonly #drained = Promise.withResolvers<void>();
  #isDraining = false;

  /**
   * @param limits.capacity sessions at once
   * @param limits.idle ms after which a session that nothing was asked of is closed, so that it does not keep its page
   */
  constructor(offer: Offer, limits: { readonly capacity: number; readonly idle: number }) {
    this.offer = offer;
    this.#limits = limits;
  }

  /** Sessions that have a place. */
  get active(): number {
    return [...this.#open].filter(({ isPlaced }) => isPlaced).length;
  }

  /**
   * A session, which whoever asked for it closes.
   *
   * @param hangUp is asked to end the connection, which closes the session, with the reason in a few words
   * @param place `playing` for clients that connect and may never play
   * @throws OpenEnvError `CAPACITY_REACHED`, or `SESSION_ERROR` while the server drains
   */
  open(hangUp: (reason: string) => void, place: Place = 'connected'): TaskSession {
    if (this.#isDraining) throw new OpenEnvError('SESSION_ERROR', 'The server is stopping.');
    const session = new TaskSession(this.offer, {
      begins: () => this.#take(pooled),
      busy: () => clearTimeout(pooled.idle),
      rest: () => this.#rest(pooled),
      closed: () => {
        clearTimeout(pooled.idle);
        this.#open.delete(pooled);
        this.#finish();
      },
    });
    const pooled: Pooled = { session, hangUp, place, isPlaced: false };
    if (place === 'connected') this.#take(pooled);
    else this.#makeRoom();
    this.#open.add(pooled);
    this.#rest(pooled);
    return session;
  }

  /** Opens no more sessions, and resolves when those that play have come to the end of their tasks. */
  drain(): Promise<void> {
    this.#isDraining = true;
    for (const pooled of this.#open) this.#rest(pooled);
    this.#finish();
    return this.#drained.promise;
  }

  /** Closes all sessions at once. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDraining = true;
    await Promise.all([...this.#open].map(({ session }) => session.close()));
  }

  #take(pooled: Pooled): void {
    const { capacity } = this.#limits;
    if (!pooled.isPlaced && this.active >= capacity) {
      throw new OpenEnvError('CAPACITY_REACHED', `All ${capacity} sessions are taken.`, {
        details: { active_sessions: this.active, max_sessions: capacity },
      });
    }
    pooled.isPlaced = true;
  }

  /** Whoever has waited longest goes. */
  #makeRoom(): void {
    const waiting = [...this.#open].filter(({ isPlaced }) => !isPlaced);
    if (waiting.length >= MOST_WAITING) waiting[0]?.hangUp('others came');
  }

  #rest(pooled: Pooled): void {
    if (pooled.place === 'playing' && !pooled.session.isPlaying) pooled.isPlaced = false;
    if (this.#isDraining && !pooled.session.isPlaying) {
      // In a turn of its own: its last answer goes out first.
      setImmediate(() => pooled.hangUp('the server is stopping'));
      return;
    }
    clearTimeout(pooled.idle);
    pooled.idle = setTimeout(
      () => pooled.hangUp('nothing was asked for too long'),
      this.#limits.idle,
    ).unref();
  }

  #finish(): void {
    if (this.#isDraining && this.#open.size === 0) this.#drained.resolve();
  }
}
