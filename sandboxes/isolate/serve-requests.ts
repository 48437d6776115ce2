import type { z } from 'zod';

/**
 * The child's loop: one request, one reply. A request that does not parse, like anything thrown while serving, ends the
 * process: it has nothing worth saving, and the other side replaces it. So does the end of the parent, however it ends.
 */
export function serveRequests<Request extends { readonly id: number }>(
  schema: z.ZodType<Request>,
  serve: (request: Request) => { readonly id: number; readonly type: string },
): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message) => {
    const reply = serve(schema.parse(message));
    process.send?.(reply, undefined, undefined, (error) => {
      if (error) process.exit(0);
    });
  });
}
