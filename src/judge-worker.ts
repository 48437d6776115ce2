// Runs programs for a thread that waits for their outcomes: see task/judge-at-load.ts.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { workerData, type MessagePort } from 'node:worker_threads';
import { createProgramSandbox } from './presets.ts';
import { messageOf } from './protocol/index.ts';
import type { ProgramOutcome } from './sandbox/index.ts';
import type { LimitedCandidate } from './task/index.ts';

/** Progress is shown from then on, in ms. */
const SHOWN_AFTER = 2_000;

const { port, answered } = workerData as { port: MessagePort; answered: Int32Array };
const programs = createProgramSandbox();

port.on('message', (candidates: readonly LimitedCandidate[]) => {
  void outcomesOf(candidates)
    .then(
      (outcomes) => port.postMessage({ outcomes }),
      (error: unknown) => port.postMessage({ failure: messageOf(error) }),
    )
    .finally(() => {
      Atomics.store(answered, 0, 1);
      Atomics.notify(answered, 0);
    });
});

async function outcomesOf(candidates: readonly LimitedCandidate[]): Promise<ProgramOutcome[][]> {
  const outcomes: ProgramOutcome[][] = [];
  let shown = performance.now();
  for (const { limits = {}, ...candidate } of candidates) {
    outcomes.push(await programs.judge(candidate, { limits }));
    if (performance.now() - shown < SHOWN_AFTER) continue;
    shown = performance.now();
    // The thread that waits owns the streams, and could not pass anything on.
    if (isatty(2))
      writeSync(2, `Running the tests of a data set: ${outcomes.length} of ${candidates.length}\n`);
  }
  return outcomes;
}
