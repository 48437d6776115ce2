import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import { isRepeatable, verifyTrajectory } from '../episode/index.ts';
import { findRunFolder, readManifest } from '../evolution/index.ts';
import { LamarckError, missingReasons, type RunChange, type Trajectory } from '../protocol/index.ts';
import { SELF_MENDING } from '../presets.ts';
import { replayPage } from '../report/index.ts';
import { endingOf, openStore, type Store } from '../store/index.ts';
import { trajectoryLines } from './describe-step.ts';
import { openMachinery } from './machinery.ts';
import { failWhereNothingPlayed, missingLines } from './missing-lines.ts';
import { reportChanges } from './run-changes.ts';
import { runsFolder } from './start-run.ts';
import { joined, style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

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
  const { run: name } = await readManifest(folder);
  await using store = await openStore(folder);
  for (const { segment, offset, reason } of store.damage) {
    notice(
      styled`${style('yellow', 'damaged')} segment ${segment} at byte ${offset}: ${reason}; the rest is read.`,
    );
  }
  if (options.verify) {
    const changes = await reportChanges(folder, configuration);
    return await verify(configuration, store, episode, { ...options, changes });
  }
  if (episode === undefined && options.html) throw pageless(name);
  if (episode === undefined) return await list(store, options);
  const trajectory = await trajectoryBeginning(store, episode, name);
  if (options.json) printJson(trajectory);
  else if (options.html) {
    const file = resolve(
      typeof options.html === 'string'
        ? options.html
        : `replay-${trajectory.start.episode.slice(0, 12)}.html`,
    );
    await writeFile(file, replayPage(trajectory));
    print(`Wrote ${file}`);
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

async function verify(
  configuration: LoadedConfiguration,
  store: Store,
  episode: string | undefined,
  { json, changes }: Options & { changes: readonly RunChange[] },
): Promise<void> {
  const named = episode === undefined ? undefined : await keyBeginning(store, episode);
  const rows = (await store.allEpisodes()).filter(({ key }) => named === undefined || key === named);
  // Their tests are episodes of the run, which are verified themselves.
  const keys = rows.filter(({ family }) => family !== SELF_MENDING).map(({ key }) => key);
  const mending = rows.length - keys.length;
  await using machinery = openMachinery(configuration, notice);
  const problems: { episode: string; problem: string }[] = [];
  let checked = 0;
  let unrepeatable = 0;
  outliveReaders(() => `${checked} of ${keys.length} trajectories`);
  let told = performance.now();
  const queue = [...keys];
  const work = async (): Promise<void> => {
    for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
      const trajectory = await store.trajectory(key);
      const problem =
        trajectory && (await verifyTrajectory(trajectory, configuration.families, machinery.world));
      if (problem) problems.push({ episode: key, problem });
      else if (trajectory && !isRepeatable(trajectory, configuration.families)) unrepeatable++;
      checked++;
      if (performance.now() - told > 2000) {
        told = performance.now();
        notice(style('dim', `${checked} of ${keys.length} trajectories`));
      }
    }
  };
  await Promise.all(Array.from({ length: machinery.workers }, work));
  if (json) printJson({ checked, unrepeatable, problems, mending, changes });
  else {
    if (mending > 0)
      print(
        style(
          'dim',
          `${mending} in which an agent mended itself are not played again here: resuming the run does so.`,
        ),
      );
    for (const { episode: key, problem } of problems)
      print(styled`${style('red', 'diverges')} ${key.slice(0, 12)} ${problem}`);
    const seen = checked - unrepeatable;
    if (problems.length > 0) print(`${problems.length} of ${checked} trajectories differ.`);
    else if (seen > 0)
      print(
        styled`${style('green', 'verified')} ${seen} trajectories: every step was seen again as recorded.`,
      );
    if (unrepeatable > 0) print(`${unrepeatable} not repeatable by seed: only their hash was checked.`);
  }
  if (problems.length > 0) process.exitCode = 1;
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
  const trajectory = await store.trajectory(await keyBeginning(store, prefix));
  if (trajectory) return trajectory;
  throw unknownEpisode(prefix, run);
}

async function keyBeginning(store: Store, prefix: string): Promise<string> {
  const found = (await store.allEpisodes()).filter(({ key }) => key.startsWith(prefix));
  const [row] = found;
  if (row && found.length === 1) return row.key;
  throw unknownEpisode(prefix, found.length > 1 ? 'several' : undefined);
}

function unknownEpisode(prefix: string, run?: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_EPISODE_UNKNOWN',
    boundary: 'user',
    message:
      run === 'several' ? `"${prefix}" begins more than one episode.` : `The run has no episode "${prefix}".`,
    remedy: 'List them with `npx lamarck replay RUN`.',
  });
}
