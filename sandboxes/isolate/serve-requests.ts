import type { z } from 'zod';
import { optimizing } from './predictable-v8.ts';

/**
 * The child's loop: one request, one reply. A request that does not parse, like anything thrown while serving, ends the
 * process: it has nothing worth saving, and the other side replaces it.
 *
 * @param rest called when a request was answered and no other waits.
 */
export function serveRequests<Request extends { readonly id: number }>(
  schema: z.ZodType<Request>,
  serve: (request: Request) => { readonly id: number; readonly type: string },
  rest: () => void,
): void {
  const waiting: unknown[] = [];
  let isServing = false;

  // Each from an immediate of its own: below it lie the same frames every time, and a guest's stack begins on top of them.
  const serveNext = (): void => {
    if (waiting.length === 0) {
      isServing = false;
      return rest();
    }
    const reply = serve(optimizing(() => schema.parse(waiting.shift())));
    process.send?.(reply, undefined, undefined, (error) => {
      if (error) process.exit(0);
    });
    setImmediate(serveNext);
  };

  process.on('message', (message) => {
    waiting.push(message);
    if (isServing) return;
    isServing = true;
    setImmediate(serveNext);
  });
}
