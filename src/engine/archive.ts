import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { openRunArchive, type Archive } from '../genome/index.ts';
import { LamarckError, shellWord, type Remedy } from '../protocol/index.ts';
import { findRunFolder } from '../run/index.ts';

/** The genomes of a run, by their ids or by what people call them. */
export interface NamedArchive extends Archive {
  /**
   * The id of `seed`, `champion`, or the one that begins with what is given.
   *
   * @throws LamarckError `LAMARCK_AGENT_UNKNOWN`
   */
  idOf(name: string): Promise<string>;
  /** The text of one of a genome's files. Fails with `LAMARCK_FILE_UNKNOWN` where it has none of this path. */
  file(id: string, path: string): Promise<string>;
  /** What a genome changed: its first parent. Fails with `LAMARCK_AGENT_UNKNOWN` for the seed. */
  parentOf(id: string): Promise<string>;
}

/** @param run its name or folder */
export async function openNamedArchive(
  configuration: LoadedConfiguration,
  run: string,
): Promise<NamedArchive> {
  const archive = await openRunArchive(findRunFolder(runsFolder(configuration), run));
  return {
    ...archive,
    async idOf(name) {
      const entries = await archive.list();
      const found =
        name === 'champion'
          ? [await archive.champion()]
          : name === 'seed'
            ? [entries[0]?.id]
            : entries.map(({ id }) => id).filter((id) => id.startsWith(name));
      const [id] = found;
      if (id !== undefined && found.length === 1) return id;
      throw unknownAgent(
        found.length > 1
          ? `"${name}" begins more than one genome.`
          : name === 'champion'
            ? 'The run has no champion yet.'
            : `The archive has no genome "${name}".`,
        { text: 'List those of the run.', command: `agents list ${shellWord(run)}` },
      );
    },
    async file(id, path) {
      const { files } = await archive.read(id);
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text !== undefined) return text;
      throw new LamarckError({
        code: 'LAMARCK_FILE_UNKNOWN',
        boundary: 'user',
        message: `The genome ${id.slice(0, 8)} has no file "${path}".`,
        remedy: `It has: ${Object.keys(files).join(', ')}.`,
      });
    },
    async parentOf(id) {
      const parent = (await archive.list()).find((entry) => entry.id === id)?.parents[0];
      if (parent !== undefined) return parent;
      throw unknownAgent('The seed has no parent that it changed.', {
        text: 'Name another genome, or what to compare it with.',
        option: 'against',
      });
    },
  };
}

function unknownAgent(message: string, remedy: Remedy): LamarckError {
  return new LamarckError({ code: 'LAMARCK_AGENT_UNKNOWN', boundary: 'user', message, remedy });
}
