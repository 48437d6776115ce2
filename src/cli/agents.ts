import { join } from 'node:path';
import { loadConfiguration } from '../config/index.ts';
import { findRunFolder, openArchive, type Archive } from '../evolution/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { runsFolder } from './start-run.ts';
import { print, printJson, style, table } from './terminal.ts';

interface Options {
  config?: string;
  json?: boolean;
}

/** `lamarck agents list RUN`: who was born, of whom, and by what change. */
export async function agentsListCommand(run: string, options: Options): Promise<void> {
  const archive = await archiveOf(run, options);
  const champion = await archive.champion();
  const listed = (await archive.list()).map((entry) => ({ ...entry, isChampion: entry.id === champion }));
  if (options.json) {
    printJson(listed);
    return;
  }
  print(
    table([
      ['genome', 'parent', 'champion', 'change'],
      ...listed.map(({ id, parents, message, isChampion }) => [
        id.slice(0, 8),
        parents.map((parent) => parent.slice(0, 8)).join(' '),
        isChampion ? 'yes' : '',
        message.split('\n').findLast((line) => line !== '') ?? '',
      ]),
    ]),
  );
}

/** `lamarck agents show RUN [GENOME] [FILE]`: a genome's files, or one of them. */
export async function agentsShowCommand(
  run: string,
  name: string | undefined,
  file: string | undefined,
  options: Options,
): Promise<void> {
  const archive = await archiveOf(run, options);
  const { id, files } = await archive.read(await genomeIdOf(archive, name ?? 'champion'));
  if (file !== undefined) {
    const text = Object.hasOwn(files, file) ? files[file] : undefined;
    if (text === undefined) {
      throw new LamarckError({
        code: 'LAMARCK_FILE_UNKNOWN',
        boundary: 'user',
        message: `The genome ${id.slice(0, 8)} has no file "${file}".`,
        remedy: `It has: ${Object.keys(files).join(', ')}.`,
      });
    }
    process.stdout.write(text);
    return;
  }
  if (options.json) printJson({ id, files });
  else
    print(
      table([
        ['file', 'lines'],
        ...Object.entries(files).map(([path, text]) => [path, String(text.split('\n').length)]),
      ]),
    );
}

/** `lamarck agents diff RUN [FROM] [TO]`: what was written between two genomes. */
export async function agentsDiffCommand(
  run: string,
  from: string | undefined,
  to: string | undefined,
  options: Options,
): Promise<void> {
  const archive = await archiveOf(run, options);
  const diffs = await archive.diff(
    await genomeIdOf(archive, from ?? 'seed'),
    await genomeIdOf(archive, to ?? 'champion'),
  );
  if (options.json) {
    printJson(diffs);
    return;
  }
  for (const { diff } of diffs) {
    for (const line of diff.trimEnd().split('\n')) {
      print(line.startsWith('+') ? style('green', line) : line.startsWith('-') ? style('red', line) : line);
    }
  }
}

export async function archiveOf(run: string, { config }: Options): Promise<Archive> {
  return openArchive(join(findRunFolder(runsFolder(await loadConfiguration(config)), run), 'archive.git'));
}

/** `seed`, `champion`, or the beginning of an id. */
export async function genomeIdOf(archive: Archive, name: string): Promise<string> {
  const entries = await archive.list();
  const found =
    name === 'champion'
      ? [await archive.champion()]
      : name === 'seed'
        ? [entries[0]?.id]
        : entries.map(({ id }) => id).filter((id) => id.startsWith(name));
  const [id] = found;
  if (id !== undefined && found.length === 1) return id;
  throw new LamarckError({
    code: 'LAMARCK_AGENT_UNKNOWN',
    boundary: 'user',
    message:
      found.length > 1
        ? `"${name}" begins more than one genome.`
        : name === 'champion'
          ? 'The run has no champion yet.'
          : `The archive has no genome "${name}".`,
    remedy: 'List them with `npx lamarck agents list RUN`.',
  });
}
