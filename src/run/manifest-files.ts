import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../host/index.ts';
import { writeDurably } from '../trajectory/index.ts';

const MANIFEST = 'run.json';
/** The same text: nothing else in a run could restore what it was started with. */
const COPY = 'run.json.copy';
/**
 * The file with the SHA-256 of run.json, as `sha256sum --check` reads it: where run.json and its copy differ, it
 * tells which one is damaged.
 */
const CHECKSUM = 'run.json.sha256';

/** What a run was started with, as text; `problem` where `run.json` itself is damaged, in half a sentence. */
export interface ManifestText {
  readonly text: string;
  readonly problem?: string;
}

/** Writes `run.json`, its checksum and its copy. The order is such that after a kill two of the three agree. */
export async function writeManifestText(folder: string, text: string): Promise<void> {
  await writeDurably(join(folder, CHECKSUM), checksumLine(text));
  await writeDurably(join(folder, MANIFEST), text);
  await writeDurably(join(folder, COPY), text);
}

/**
 * The text that two of the three files vouch for: by being equal, or one by being the other's checksum. It does not matter
 * which of the files they are. A run of an older version has `run.json` alone, which is believed.
 *
 * @throws Error where no two agree
 */
export async function readManifestText(folder: string): Promise<ManifestText> {
  const { own, copy, checksum } = await readAll(folder);
  const found = [own, copy, checksum].find((text, place, all): text is string => {
    if (text === undefined) return false;
    const others = all.filter((_, other) => other !== place);
    return others.includes(text) || others.includes(checksumLine(text));
  });
  if (own !== undefined && (own === found || (copy === undefined && checksum === undefined)))
    return { text: own };
  const problem = own === undefined ? `${MANIFEST} is missing` : `${MANIFEST} is not as it was written`;
  if (found !== undefined) return { text: found, problem };
  throw new Error(`${problem}, and ${copy === undefined ? 'it has no copy' : `so is ${COPY}`}`);
}

/** Makes the three files agree again. Only for the holder of the run's lock. */
export async function restoreManifestText(folder: string): Promise<ManifestText> {
  const { own, copy, checksum } = await readAll(folder);
  const found = await readManifestText(folder);
  const { text } = found;
  if (own !== text || copy !== text || checksum !== checksumLine(text)) await writeManifestText(folder, text);
  return found;
}

async function readAll(folder: string): Promise<Partial<Record<'own' | 'copy' | 'checksum', string>>> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch(() => undefined);
  const [own, copy, checksum] = await Promise.all([MANIFEST, COPY, CHECKSUM].map(read));
  return {
    ...(own === undefined ? {} : { own }),
    ...(copy === undefined ? {} : { copy }),
    ...(checksum === undefined ? {} : { checksum }),
  };
}

function checksumLine(text: string): string {
  return `${sha256(text)}  ${MANIFEST}\n`;
}
