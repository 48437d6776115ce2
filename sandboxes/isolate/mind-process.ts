import { GuestHouse } from './guest-house.ts';
import { MindRequestSchema } from './isolate-messages.ts';
import { serveRequests } from './serve-requests.ts';

const house = new GuestHouse();
serveRequests(
  MindRequestSchema,
  (request) => house.serve(request),
  () => house.rest(),
);
