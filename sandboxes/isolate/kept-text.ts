import { sha256 } from 'lamarck';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** Texts that are kept: of so many versions and checkouts of Lamarck, four each. */
const MOST_KEPT = 32;

/** A text, and the files whose contents decide what it is. */
export interface MadeText {
  readonly text: string;
  /** Absolute paths. */
  readonly files: readonly string[];
}

const KeptSchema = z.object({
  files: z.record(z.string(), z.string()),
  hash: z.string(),
  text: z.string(),
});

/**
 * A text that takes long to make, from the user's cache (`$XDG_CACHE_HOME/lamarck/made` or `~/.cache/lamarck/made`) where every
 * file that it was made of still has the same content. Where nothing can be kept it is made each time.
 *
 * @param name of a text of this installation: letters, digits and hyphens
 */
export async function keptText(name: string, make: () => Promise<MadeText>): Promise<string> {
  const root = process.env['XDG_CACHE_HOME'] || join(process.env['HOME'] ?? homedir(), '.cache');
  const folder = join(root, 'lamarck', 'made');
  const file = join(folder, `${name}.json`);
  const kept = await readKept(file);
  if (kept !== undefined) return kept;
  const began = performance.timeOrigin + performance.now();
  const { text, files } = await make();
  // A full disk costs time at the next start, and nothing else.
  await keep(folder, file, text, files, began).catch(() => undefined);
  return text;
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    const { files, hash, text } = KeptSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const isCurrent = await Promise.all(
      Object.entries(files).map(async ([path, content]) => sha256(await readFile(path)) === content),
    );
    return isCurrent.every(Boolean) && sha256(text) === hash ? text : undefined;
  } catch {
    return undefined;
  }
}

async function keep(
  folder: string,
  file: string,
  text: string,
  paths: readonly string[],
  began: number,
): Promise<void> {
  const times = await Promise.all(paths.map(async (path) => (await stat(path)).mtimeMs));
  // Of which content a file was read that changed meanwhile is not known.
  if (Math.max(...times) >= began) return;
  const files = Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, sha256(await readFile(path))] as const)),
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${process.pid}.unfinished`;
  await writeFile(unfinished, JSON.stringify({ files, hash: sha256(text), text }));
  await rename(unfinished, file);
  await removeOldest(folder);
}

async function removeOldest(folder: string): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      return { path, at: (await stat(path)).mtimeMs };
    }),
  );
  const old = files.toSorted((left, right) => right.at - left.at).slice(MOST_KEPT);
  await Promise.all(old.map(({ path }) => rm(path, { force: true })));
}
