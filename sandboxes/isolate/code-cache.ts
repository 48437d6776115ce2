import ivm from 'isolated-vm';
import { createContext, Script } from 'node:vm';

/** What V8 made of a text, for other isolates to begin with. */
export type CodeCache = ivm.ExternalCopy<ArrayBuffer>;

/**
 * The code of one of our own texts with all of its functions that `rehearse` calls: V8 compiles a function when it is
 * first called, and a guest in a fresh isolate would wait for that. Guests' texts are never run here.
 *
 * @param rehearse given the value of the text, in a context of its own.
 */
export function rehearsedCache(text: string, rehearse: (value: unknown) => void): CodeCache {
  const script = new Script(text);
  rehearse(script.runInContext(createContext({})));
  const { buffer, byteOffset, byteLength } = script.createCachedData();
  return new ivm.ExternalCopy(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}

/**
 * The code of a guest's text, of which nothing is run. It is made in an isolate that is thrown away, so that the first guest
 * of a text finds what later ones find.
 *
 * @throws what V8 throws of a text that it cannot compile.
 */
export function unrunCache(text: string, filename: string): CodeCache {
  const isolate = new ivm.Isolate({ memoryLimit: COMPILER_MEGABYTES });
  try {
    const script = isolate.compileScriptSync(text, { filename, produceCachedData: true });
    return (script as { cachedData?: CodeCache }).cachedData as CodeCache;
  } finally {
    if (!isolate.isDisposed) isolate.dispose();
  }
}

const COMPILER_MEGABYTES = 256;
