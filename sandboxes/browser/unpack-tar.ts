import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';

/**
 * Writes the regular files of a tar archive into a folder.
 *
 * @throws RangeError where a name would lead out of the folder; what `tar-stream` throws of an archive that is damaged
 */
export async function unpackTar(archive: Buffer, folder: string): Promise<void> {
  const entries = extract();
  entries.end(archive);
  for await (const entry of entries) {
    const { name, mode, type } = entry.header;
    if (name.startsWith('/') || name.split('/').includes('..'))
      throw new RangeError(`An archive names a file outside of itself: ${name}`);
    const content = await buffer(entry);
    if (type !== 'file') continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content, { mode });
  }
}
