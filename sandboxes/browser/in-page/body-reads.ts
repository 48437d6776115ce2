import type { InPage } from './in-page.ts';

/** Counts each part that a script reads of the body of what it fetched, and of streams that are made of it. */
export function installBodyReads(page: InPage): void {
  // What a site serves is all there; a stream of an application may have no end.
  if (page.settleRule.mostMilliseconds !== Infinity) return;
  /** Responses of the network, their bodies, and readers of these: they end by themselves, as no stream of a script need. */
  const fetched = new WeakSet<object>();
  type Method = (this: object, ...values: unknown[]) => unknown;
  const wrap = (owner: object, name: PropertyKey, call: (native: Method) => Method): void => {
    const found = Object.getOwnPropertyDescriptor(owner, name) as
      { value?: Method; get?: Method } | undefined;
    if (found?.get) Object.defineProperty(owner, name, { get: call(found.get), configurable: true });
    else if (found?.value)
      Object.defineProperty(owner, name, { value: call(found.value), writable: true, configurable: true });
  };
  /** What comes of something fetched is fetched too. */
  const inherit = (native: Method): Method =>
    function (...values) {
      const made = Reflect.apply(native, this, values);
      if (fetched.has(this))
        for (const each of Array.isArray(made) ? (made as object[]) : [made as object | null])
          if (each) fetched.add(each);
      return made;
    };
  const count = (native: Method): Method =>
    function (...values) {
      const part = Reflect.apply(native, this, values) as Promise<unknown>;
      if (!fetched.has(this)) return part;
      page.requests++;
      const end = (): void => void page.requests--;
      part.then(end, end);
      return part;
    };
  const { fetch } = window;
  window.fetch = async function (...values) {
    const response = await Reflect.apply(fetch, this, values);
    fetched.add(response);
    return response;
  };
  wrap(Response.prototype, 'body', inherit);
  wrap(Response.prototype, 'clone', inherit);
  for (const name of ['getReader', 'tee', 'pipeThrough', 'values', Symbol.asyncIterator])
    wrap(ReadableStream.prototype, name, inherit);
  for (const Reader of [window.ReadableStreamDefaultReader, window.ReadableStreamBYOBReader])
    wrap(Reader.prototype, 'read', count);
  const iterator = Object.getPrototypeOf(new ReadableStream().values()) as object;
  wrap(iterator, 'next', count);
}
