import { openProject } from '../engine/index.ts';
import { drainOnInterrupt } from './interruption.ts';
import { outcomeTable } from './outcome.ts';
import { createProgress } from './progress.ts';
import { print, printJsonLine, standardOutput } from './terminal.ts';

/** `lamarck watch RUN`: what a run has recorded so far, and then what another process adds to it. */
export async function watchCommand(
  run: string,
  { config, json }: { config?: string; json?: boolean },
): Promise<void> {
  const project = await openProject({ config, run });
  const progress = createProgress(standardOutput, project, () => run);
  const drain = drainOnInterrupt(() => undefined);
  const operation = project.watch(run, { signal: drain.signal });
  try {
    for await (const event of operation) {
      if (json) printJsonLine(event);
      else await progress.tell(event);
    }
  } finally {
    progress.stop();
    drain.release();
  }
  const { state, isRunning, summary, reference } = await operation;
  if (json || isRunning) return;
  const { phase = 'without phases', sitting, episodes } = state;
  if (summary && (sitting?.end ?? 'finished') === 'finished') return print(outcomeTable(summary));
  const how = sitting?.end === undefined ? 'No process works on this run' : `It was stopped (${sitting.end})`;
  // Evaluations and games have no sittings, and cannot be resumed.
  const next = sitting && ` Go on with \`npx lamarck evolve --resume ${reference}\`.`;
  print(`${how}: ${phase}, ${episodes} episodes.${next ?? ''}`);
}
