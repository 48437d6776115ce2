type Listener = (event: { readonly type: 'abort'; readonly target: AbortSignalLike }) => void;

interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: string, listener: Listener): void;
  removeEventListener(type: string, listener: Listener): void;
  throwIfAborted(): void;
}

/** The part of the web's AbortController that XState's promise actors and ordinary code use; the isolate has none. */
export class GuestAbortController {
  readonly signal: AbortSignalLike;
  readonly #abort: (reason: unknown) => void;

  constructor() {
    const listeners = new Set<Listener>();
    let aborted = false;
    let reason: unknown;
    const signal: AbortSignalLike = {
      get aborted() {
        return aborted;
      },
      get reason() {
        return reason;
      },
      addEventListener: (type, listener) => {
        if (type === 'abort' && !aborted) listeners.add(listener);
      },
      removeEventListener: (_type, listener) => {
        listeners.delete(listener);
      },
      throwIfAborted: () => {
        if (aborted) throw reason;
      },
    };
    this.signal = signal;
    this.#abort = (given) => {
      if (aborted) return;
      aborted = true;
      reason = given ?? new Error('This operation was aborted.');
      for (const listener of listeners) listener({ type: 'abort', target: signal });
      listeners.clear();
    };
  }

  abort(reason?: unknown): void {
    this.#abort(reason);
  }
}
