import { openProject } from '../engine/index.ts';
import { follow } from './follow.ts';
import { estimate } from '../protocol/index.ts';
import { drainOnInterrupt } from './interruption.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/** `lamarck eval`: an agent's score on dev tasks, by family and by suite. */
export async function evalCommand({
  config,
  json,
  ...options
}: {
  config?: string;
  agent?: string;
  seed?: number;
  tasks: number;
  json?: boolean;
}): Promise<void> {
  const project = await openProject({ config });
  const { broken } = project.configuration;
  const drain = drainOnInterrupt(() => notice('Stopping: episodes in flight end first.'));
  let done = 0;
  const { all, suites, families, measures, missingReasons, ...evaluation } = await follow(
    project.evaluate({ ...options, signal: drain.signal }),
    ({ folder, episodes }) => outliveReaders(() => `${done} of ${episodes} episodes, kept in ${folder}`),
    (count) => (done = count),
  ).finally(() => drain.release());
  const { run, agent, tasks, leftOut, folder, episodes } = evaluation;
  if (json) {
    const { missing } = all;
    printJson({ run, agent, tasks, all, suites, families, missing, missingReasons, measures, leftOut });
  } else {
    print(
      table([
        ['', 'score', 'tasks'],
        ...Object.entries({ ...families, ...suites, all }).map(([name, score]) => [
          name,
          estimate(score),
          String(score.n),
        ]),
      ]),
    );
    if (Object.keys(measures).length > 0)
      print(
        styled`\n${table([
          ['measured beside', '', 'tasks'],
          ...Object.entries(measures).map(([name, share]) => [name, estimate(share), String(share.n)]),
        ])}`,
      );
    // Of those that are broken a notice has told.
    for (const { family, why } of leftOut.slice(broken.length)) print(`${family} is left out: ${why}.`);
    for (const line of missingLines(missingReasons, episodes)) print(line);
    print(style('dim', styled`\nKept in ${folder}; npx lamarck replay ${run} lists its episodes.`));
  }
  // A score that lacks something must not be taken for a whole one.
  if (broken.length > 0) process.exitCode = 1;
  failWhereNothingPlayed(missingReasons, episodes);
}
