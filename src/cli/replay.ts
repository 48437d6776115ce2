import { openProject, writeOutput, type RecordedRun } from '../engine/index.ts';
import { trajectoryLines } from './describe-step.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { joined } from './styled-text.ts';
import { table } from './table.ts';
import { tellDamage } from './tell-damage.ts';
import { notice, print, printJson } from './terminal.ts';
import { verifyRun } from './verify-run.ts';

interface Options {
  config?: string;
  verify?: boolean;
  html?: boolean | string;
  /** Only what is quarantined. */
  tampering?: boolean;
  json?: boolean;
}

/** `lamarck replay RUN [EPISODE]`: list, show, re-execute, or write as a page. */
export async function replayCommand(
  name: string,
  episode: string | undefined,
  options: Options,
): Promise<void> {
  const project = await openProject({ config: options.config });
  if (options.verify) return await verifyRun(project, name, episode, options);
  await using run = await project.openRun(name);
  tellDamage(run);
  if (episode === undefined && !options.html) return await list(run, options);
  const trajectory = await run.trajectory(episode);
  if (options.json) printJson(trajectory);
  else if (options.html) {
    const key = trajectory.start.episode;
    const path = typeof options.html === 'string' ? options.html : `replay-${key.slice(0, 12)}.html`;
    print(`Wrote ${await writeOutput(path, await run.page(key), '--html FILE')}`);
  } else print(joined(trajectoryLines(trajectory)));
}

async function list(run: RecordedRun, { json, tampering }: Options): Promise<void> {
  const all = await run.episodes();
  const rows = tampering ? all.filter((row) => row.tampering !== '') : all;
  const isAny = rows.some((row) => row.tampering !== '');
  const reasons = await run.missingReasons();
  const lines = missingLines(reasons, all.length);
  if (json) {
    // Standard output is the rows, each with its error's code and message.
    printJson(rows);
    for (const line of lines) notice(line);
    failWhereNothingPlayed(reasons, all.length);
    return;
  }
  print(
    table([
      [
        'episode',
        'family',
        'difficulty',
        'split',
        'actor',
        'steps',
        'reward',
        'stop',
        ...(isAny ? ['tampering'] : []),
      ],
      ...rows.map(({ key, family, difficulty, split, actor, steps, reward, stop, tampering: attempts }) => [
        key.slice(0, 12),
        family,
        String(difficulty),
        split,
        actor.slice(0, 8),
        String(steps),
        reward === null ? '' : String(reward),
        stop,
        ...(isAny ? [attempts] : []),
      ]),
    ]),
  );
  for (const line of lines) print(line);
  failWhereNothingPlayed(reasons, all.length);
}
