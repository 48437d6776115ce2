import { ProgramRequestSchema } from './isolate-messages.ts';
import { ProgramRunner } from './program-runner.ts';
import { serveRequests } from './serve-requests.ts';

const runner = new ProgramRunner();
serveRequests(
  ProgramRequestSchema,
  (request) => runner.serve(request),
  () => runner.rest(),
);
