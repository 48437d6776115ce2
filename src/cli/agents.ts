import { openProject, type NamedArchive } from '../engine/index.ts';
import { joined, linesOf, style } from './styled-text.ts';
import { table } from './table.ts';
import { print, printJson } from './terminal.ts';

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
        reasonIn(message),
      ]),
    ]),
  );
}

/** Why a genome was written: what stands below the kind of its change, with all of its lines. */
function reasonIn(message: string): string {
  const below = message.indexOf('\n\n');
  return (below < 0 ? message : message.slice(below)).trim();
}

/** `lamarck agents show RUN [GENOME] [FILE]`: a genome's files, or one of them. */
export async function agentsShowCommand(
  run: string,
  name: string | undefined,
  file: string | undefined,
  options: Options,
): Promise<void> {
  const archive = await archiveOf(run, options);
  const { id, files } = await archive.read(await archive.idOf(name ?? 'champion'));
  if (file !== undefined) {
    const text = await archive.file(id, file);
    if (options.json) printJson({ id, files: { [file]: text } });
    else print(joined(linesOf(text.trimEnd())));
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
  const diffs = await archive.diff(await archive.idOf(from ?? 'seed'), await archive.idOf(to ?? 'champion'));
  if (options.json) {
    printJson(diffs);
    return;
  }
  for (const { diff } of diffs) {
    for (const line of linesOf(diff.trimEnd())) {
      print(line.startsWith('+') ? style('green', line) : line.startsWith('-') ? style('red', line) : line);
    }
  }
}

async function archiveOf(run: string, { config }: Options): Promise<NamedArchive> {
  return (await openProject({ config })).archive(run);
}
