import { GuestIsolates } from './guest-isolates.ts';
import { AgentProcessRequestSchema } from './isolate-messages.ts';
import { serveRequests } from './serve-requests.ts';

/** What an agent process does until its parent ends. */
export function serve(): void {
  const isolates = new GuestIsolates();
  serveRequests(
    AgentProcessRequestSchema,
    (request) => isolates.serve(request),
    () => isolates.rest(),
  );
}
