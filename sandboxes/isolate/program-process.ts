import { ProgramRequestSchema } from './isolate-messages.ts';
import { ProgramRunner } from './program-runner.ts';
import { serveRequests } from './serve-requests.ts';

/** What a process of programs does until its parent ends. */
export function serve(): void {
  const runner = new ProgramRunner();
  serveRequests(
    ProgramRequestSchema,
    (request) => runner.serve(request),
    () => runner.rest(),
  );
}
