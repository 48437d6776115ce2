import { openProject } from '../engine/index.ts';
import { trajectoryLines } from './describe-step.ts';
import { follow } from './follow.ts';
import { joined, style, styled } from './styled-text.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck run FAMILY`: one episode, recorded in a run of its own. Exits with 1 where something other than the agent ended it. */
export async function runCommand(
  family: string,
  {
    config,
    json,
    ...options
  }: { config?: string; agent?: string; seed: number; difficulty: number; json?: boolean },
): Promise<void> {
  const project = await openProject({ config });
  const { run, trajectory } = await follow(project.play(family, options));
  // Missing is not lost: what calls this must be able to tell them apart.
  if (trajectory.end.reward === null) process.exitCode = 1;
  if (json) {
    printJson(trajectory);
    return;
  }
  print(joined(trajectoryLines(trajectory)));
  print(
    style(
      'dim',
      styled`\nAs a page: npx lamarck replay ${run} ${trajectory.start.episode.slice(0, 12)} --html`,
    ),
  );
}
