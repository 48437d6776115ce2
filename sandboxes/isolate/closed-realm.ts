/** 2026-01-01T00:00:00Z: the guest's clock starts here, always. */
const EPOCH = 1_767_225_600_000;

/**
 * The globals that guests keep: the language, and nothing that reads a real clock (`Intl`), shares memory, observes the
 * collector, or makes code from text. A list of what stays, so that what a future V8 adds is gone too.
 */
const KEPT = [
  ...[
    'globalThis',
    'Infinity',
    'NaN',
    'undefined',
    'Object',
    'Function',
    'Array',
    'Number',
    'Boolean',
    'String',
    'Symbol',
  ],
  ...[
    'Date',
    'Promise',
    'RegExp',
    'JSON',
    'Math',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'Proxy',
    'Reflect',
    'BigInt',
    'Iterator',
  ],
  ...[
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
  ],
  ...[
    'ArrayBuffer',
    'DataView',
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
  ],
  ...['Uint32Array', 'BigInt64Array', 'BigUint64Array', 'Float16Array', 'Float32Array', 'Float64Array'],
  ...[
    'parseFloat',
    'parseInt',
    'isFinite',
    'isNaN',
    'decodeURI',
    'decodeURIComponent',
    'encodeURI',
    'encodeURIComponent',
  ],
  ...['escape', 'unescape', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack'],
];

/** The globals of a fresh context that guests do not get; they are the same in each context of a process. */
export function surplusAmong(globals: readonly string[]): string[] {
  const kept = new Set(KEPT);
  return globals.filter((name) => !kept.has(name));
}

/**
 * Turns a fresh context into the one that guests see: code from text is off, chance is seeded, the clock is virtual, and
 * only `extras` is added to the language.
 *
 * @param options.now milliseconds since the guest began.
 * @param options.surplus {@link surplusAmong} this context's globals, where it is known already: listing them takes a
 * third of the time.
 */
export function closeRealm(options: {
  random: () => number;
  now: () => number;
  extras: Readonly<Record<string, unknown>>;
  surplus?: readonly string[];
}): void {
  const surplus = options.surplus ?? surplusAmong(Object.getOwnPropertyNames(globalThis));
  for (let index = 0; index < surplus.length; index++)
    delete (globalThis as Record<string, unknown>)[surplus[index] as string];
  closeFunctionConstructors();
  Math.random = options.random;
  virtualiseDate(options.now);
  const silent = (): void => undefined;
  const console = { log: silent, info: silent, debug: silent, warn: silent, error: silent, trace: silent };
  const performance = { now: options.now, timeOrigin: EPOCH };
  const added: Readonly<Record<string, unknown>> = { console, performance, ...options.extras };
  for (const name of Object.keys(added)) {
    const value = added[name];
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** Text compiled inside the isolate would carry no fuel ticks. isolated-vm's own switch for this has no effect on Node 24. */
function closeFunctionConstructors(): void {
  const refuse = function Function(): never {
    throw new EvalError('Code cannot be made from text here.');
  };
  const prototypes = [function () {}, function* () {}, async function () {}, async function* () {}].map(
    (example) => Object.getPrototypeOf(example) as object,
  );
  for (const prototype of prototypes) {
    Object.defineProperty(prototype, 'constructor', { value: refuse, writable: true, configurable: true });
  }
  Object.defineProperty(refuse, 'prototype', { value: Function.prototype });
  globalThis.Function = refuse as unknown as FunctionConstructor;
}

function virtualiseDate(now: () => number): void {
  const RealDate = Date;
  const { construct } = Reflect;
  const VirtualDate = function Date(this: unknown, ...given: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(EPOCH + now()).toString();
    return construct(RealDate, given.length === 0 ? [EPOCH + now()] : given, new.target);
  };
  VirtualDate.now = () => EPOCH + now();
  VirtualDate.parse = RealDate.parse;
  VirtualDate.UTC = RealDate.UTC;
  VirtualDate.prototype = RealDate.prototype;
  RealDate.prototype.constructor = VirtualDate as unknown as DateConstructor;
  globalThis.Date = VirtualDate as unknown as DateConstructor;
}
