import { GuestIsolates } from './guest-isolates.ts';
import { MindRequestSchema } from './isolate-messages.ts';
import { serveRequests } from './serve-requests.ts';

const isolates = new GuestIsolates();
serveRequests(
  MindRequestSchema,
  (request) => isolates.serve(request),
  () => isolates.rest(),
);
