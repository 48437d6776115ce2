import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Random } from '../../src/protocol/index.ts';

/** Ways in which a disk, a careless copy or a person damages a file. */
export const CORRUPTIONS = ['bit', 'truncation', 'duplicate', 'reorder', 'deletion'] as const;
export type Corruption = (typeof CORRUPTIONS)[number];

/** What a run's folder has: by these, damage is spread evenly over parts and not over files. */
const PARTS: Readonly<Record<string, RegExp>> = {
  segments: /^trajectories\/\d{6}\.zst$/,
  blobs: /^blobs\//,
  objects: /^archive\.git\/objects\//,
  refs: /^archive\.git\/(refs\/|HEAD$|config$)/,
  manifest: /^run\.json/,
  summary: /^summary\.json/,
  database: /^run\.db/,
  seals: /^seals\//,
  lock: /^run\.lock/,
};

export const RUN_PARTS = Object.keys(PARTS);

/**
 * Damages one file of a run.
 *
 * @param part of the run, one of `RUN_PARTS`
 * @returns what was done, for messages; undefined where the run has no such file
 */
export async function corrupt(
  run: string,
  part: string,
  kind: Corruption,
  random: Random,
): Promise<string | undefined> {
  const files = await filesOf(run, part);
  if (files.length === 0) return undefined;
  const file = random.pick(files);
  const path = join(run, file);
  const bytes = await readFile(path);
  const place = (): number => random.int(0, Math.max(0, bytes.length - 1));
  switch (kind) {
    case 'bit': {
      const at = place();
      const changed = bytes.length === 0 ? Buffer.alloc(1) : Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << random.int(0, 7));
      await writeFile(path, changed);
      return `a bit of byte ${at} of ${file}`;
    }
    case 'truncation': {
      const length = random.chance(0.2) ? 0 : place();
      await writeFile(path, bytes.subarray(0, length));
      return `${file} cut to ${length} bytes`;
    }
    case 'duplicate': {
      if (random.chance(0.5)) {
        const copy = await nameForCopy(path);
        await cp(path, copy);
        return `${file} copied as ${basename(copy)}`;
      }
      const [from, to] = [place(), place()].sort((left, right) => left - right) as [number, number];
      await writeFile(path, Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]));
      return `bytes ${from} to ${to} of ${file} twice`;
    }
    case 'reorder': {
      const others = files.filter((other) => other !== file);
      if (others.length > 0 && random.chance(0.5)) {
        const other = random.pick(others);
        await writeFile(path, await readFile(join(run, other)));
        await writeFile(join(run, other), bytes);
        return `${file} and ${other} under each other's names`;
      }
      const [from, middle, to] = [place(), place(), place()].sort((left, right) => left - right) as [
        number,
        number,
        number,
      ];
      const parts = [
        bytes.subarray(0, from),
        bytes.subarray(middle, to),
        bytes.subarray(from, middle),
        bytes.subarray(to),
      ];
      await writeFile(path, Buffer.concat(parts));
      return `bytes ${from} to ${middle} of ${file} behind those to ${to}`;
    }
    case 'deletion': {
      if (random.chance(0.5)) {
        await rm(path);
        return `${file} deleted`;
      }
      const [from, to] = [place(), place()].sort((left, right) => left - right) as [number, number];
      await writeFile(path, Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]));
      return `bytes ${from} to ${to} of ${file} deleted`;
    }
  }
}

/** Files of a part of a run, by paths in it, in a fixed order. */
async function filesOf(run: string, part: string): Promise<string[]> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(run.length + 1))
    .filter((path) => PARTS[part]?.test(path))
    .sort();
}

/** A copied segment is one that is read; other copies have a name that a file manager gives. */
async function nameForCopy(path: string): Promise<string> {
  if (!path.endsWith('.zst')) return `${path}.copy`;
  const last =
    (await readdir(dirname(path)))
      .filter((name) => name.endsWith('.zst'))
      .sort()
      .at(-1) ?? '';
  return join(dirname(path), `${String(Number.parseInt(last, 10) + 1).padStart(6, '0')}.zst`);
}
