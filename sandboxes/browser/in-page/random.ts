import type { InPage } from './in-page.ts';

/** Replaces the page's randomness by a seeded generator (sfc32, http://pracrand.sourceforge.net). */
export function installRandom(page: InPage): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };

  let told = '';
  page.seed = (hex) => {
    told = hex;
    [a, b, c] = [0, 8, 16].map((start) => Number.parseInt(hex.slice(start, start + 8), 16) | 0) as [
      number,
      number,
      number,
    ];
    counter = Number.parseInt(hex.slice(24, 32), 16) | 0;
    for (let round = 0; round < 12; round++) next();
  };
  page.seed('0'.repeat(31) + '1');
  const documents = new WeakMap<Element, number>();
  page.seedOf = (frame) => {
    const index = [...document.querySelectorAll('iframe')].indexOf(frame as HTMLIFrameElement);
    const count = documents.get(frame) ?? 0;
    documents.set(frame, count + 1);
    // FNV-1a, once for each 32 bits.
    return [0, 1, 2, 3]
      .map((part) => {
        let code = 0x811c9dc5;
        for (const letter of `${told}/${index}/${count}/${part}`)
          code = Math.imul(code ^ letter.charCodeAt(0), 0x01000193);
        return (code >>> 0).toString(16).padStart(8, '0');
      })
      .join('');
  };

  // 53 bits, as the language's own.
  Math.random = () => ((next() >>> 5) * 67_108_864 + (next() >>> 6)) / 9_007_199_254_740_992;

  const define = (name: string, value: unknown): void => {
    Object.defineProperty(Crypto.prototype, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  };
  define('getRandomValues', <T extends ArrayBufferView>(into: T): T => {
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 255;
    return into;
  });
  define('randomUUID', () =>
    '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
      (Number(digit) ^ ((next() & 15) >> (Number(digit) / 4))).toString(16),
    ),
  );
}
