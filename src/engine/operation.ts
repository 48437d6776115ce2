/**
 * Work that is under way. Awaiting it gives its result, or throws its error; iterating over it gives its events as they come, and
 * throws its error after the last of them. Who begins to iterate where the operation is made misses no event. Breaking off the
 * iteration does not stop the work: the `signal` that it was given does.
 *
 * @example
 * const operation = project.evaluate({ agent: 'random' });
 * for await (const event of operation) console.log(event.type);
 * const { all } = await operation;
 */
export interface Operation<Event, Result> extends AsyncIterable<Event>, PromiseLike<Result> {
  catch<Other>(failed: (error: unknown) => Other | PromiseLike<Other>): Promise<Result | Other>;
  finally(ended: () => void): Promise<Result>;
}

/** Starts work that tells of events, on the next turn. */
export function startOperation<Event, Result>(
  work: (tell: (event: Event) => void) => Promise<Result>,
): Operation<Event, Result> {
  const readers = new Set<Reader<Event>>();
  let isAwaited = false;
  const result = Promise.resolve().then(() =>
    work((event) => {
      for (const reader of readers) reader.push(event);
    }),
  );
  const end = (): void => {
    for (const reader of readers) reader.end();
  };
  void result.then(end, (error: unknown) => {
    end();
    // Nobody would hear of it otherwise.
    if (!isAwaited) throw error;
  });
  const awaited = (): Promise<Result> => {
    isAwaited = true;
    return result;
  };
  return {
    then: (done, failed) => awaited().then(done, failed),
    catch: (failed) => awaited().catch(failed),
    finally: (ended) => awaited().finally(ended),
    [Symbol.asyncIterator]() {
      const reader = new Reader<Event>();
      readers.add(reader);
      return read(reader, awaited(), () => readers.delete(reader));
    },
  };
}

async function* read<Event>(
  reader: Reader<Event>,
  result: Promise<unknown>,
  leave: () => void,
): AsyncGenerator<Event, void> {
  // The error comes after the last event.
  result.catch(() => undefined);
  try {
    for (let events = await reader.next(); events !== undefined; events = await reader.next()) yield* events;
    await result;
  } finally {
    leave();
  }
}

/** Events that were told and not read yet. */
class Reader<Event> {
  #events: Event[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;

  push(event: Event): void {
    this.#events.push(event);
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  /** What has come since; undefined after the last. */
  async next(): Promise<readonly Event[] | undefined> {
    if (this.#events.length === 0 && !this.#isEnded)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    this.#wake = undefined;
    return this.#events.length === 0 ? undefined : this.#events.splice(0);
  }
}
