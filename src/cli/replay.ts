import { loadConfiguration } from '../config/index.ts';
import { findRunFolder } from '../evolution/index.ts';
import { LamarckError, missingReasons, type Trajectory } from '../protocol/index.ts';
import { replayPage } from '../report/index.ts';
import { endingOf, openStore, type Store } from '../store/index.ts';
import { trajectoryLines } from './describe-step.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { reportChanges } from './run-changes.ts';
import { runReference, runsFolder } from './start-run.ts';
import { joined } from './styled-text.ts';
import { table } from './table.ts';
import { tellDamage } from './tell-damage.ts';
import { notice, print, printJson } from './terminal.ts';
import { verifyRun } from './verify-run.ts';
import { writeOutput } from './write-output.ts';

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
  run: string,
  episode: string | undefined,
  options: Options,
): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  const folder = findRunFolder(runsFolder(configuration), run);
  const name = runReference(folder, configuration);
  await using store = await openStore(folder);
  tellDamage(store);
  if (options.verify) {
    const key = episode === undefined ? undefined : await keyBeginning(store, episode, name);
    const changes = await reportChanges(folder, configuration);
    return await verifyRun(configuration, folder, store, key, { ...options, changes });
  }
  if (episode === undefined && options.html) throw pageless(name);
  if (episode === undefined) return await list(store, options);
  const trajectory = await trajectoryBeginning(store, episode, name);
  if (options.json) printJson(trajectory);
  else if (options.html) {
    const path =
      typeof options.html === 'string'
        ? options.html
        : `replay-${trajectory.start.episode.slice(0, 12)}.html`;
    print(`Wrote ${await writeOutput(path, replayPage(trajectory), '--html FILE')}`);
  } else print(joined(trajectoryLines(trajectory)));
}

async function list(store: Store, { json, tampering }: Options): Promise<void> {
  const all = await store.allEpisodes();
  const rows = tampering ? all.filter((row) => row.tampering !== '') : all;
  const isAny = rows.some((row) => row.tampering !== '');
  const reasons = missingReasons(all.map(endingOf));
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

function pageless(run: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_EPISODE_UNKNOWN',
    boundary: 'user',
    message: 'A page shows one episode, and none is named.',
    remedy: `Choose one that \`npx lamarck replay ${run}\` lists: \`npx lamarck replay ${run} EPISODE --html\`.`,
  });
}

async function trajectoryBeginning(store: Store, prefix: string, run: string): Promise<Trajectory> {
  const trajectory = await store.trajectory(await keyBeginning(store, prefix, run));
  if (trajectory) return trajectory;
  throw unknownEpisode(`The run has no episode "${prefix}".`, run);
}

async function keyBeginning(store: Store, prefix: string, run: string): Promise<string> {
  const found = (await store.allEpisodes()).filter(({ key }) => key.startsWith(prefix));
  const [row] = found;
  if (row && found.length === 1) return row.key;
  throw unknownEpisode(
    found.length > 1 ? `"${prefix}" begins more than one episode.` : `The run has no episode "${prefix}".`,
    run,
  );
}

function unknownEpisode(message: string, run: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_EPISODE_UNKNOWN',
    boundary: 'user',
    message,
    remedy: `List them with \`npx lamarck replay ${run}\`.`,
  });
}
