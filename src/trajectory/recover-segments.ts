import { open, readdir, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { DamagedPart, TornTail } from './read-frames.ts';
import { listSegments, openSegment, readBytes, scanSegment, segmentName } from './segment.ts';
import { storeError } from './store-error.ts';

/** Where damaged bytes go, within `trajectories/`: nothing reads them, and a person may look at them. */
const DAMAGED = 'damaged';
/** Most bytes that are copied at once. */
const CHUNK = 1 << 22;

/**
 * Cuts the torn tails off and says which. Only for the holder of the run's lock: to anyone else, a frame that is being
 * written looks torn.
 */
export async function recoverSegments(folder: string): Promise<TornTail[]> {
  const tails: TornTail[] = [];
  for (const segment of await listSegments(folder)) {
    await using file = await openSegment(folder, segment, 'r+');
    for await (const part of scanSegment(file)) {
      if (part.kind !== 'torn') continue;
      try {
        await file.truncate(part.offset);
        await file.sync();
        // An empty segment is damage, and this is none.
        if (part.offset === 0) await unlink(join(folder, segmentName(segment)));
      } catch (error) {
        throw storeError(error, `cut the incomplete end of ${segmentName(segment)}`);
      }
      tails.push({ segment, offset: part.offset, length: part.length });
    }
  }
  return tails;
}

/**
 * Moves damaged parts out of the segments, into files beside them, so that every segment is whole again, and says which.
 * A segment with no whole frame is removed. Only for the holder of the run's lock.
 */
export async function setDamageAside(folder: string): Promise<DamagedPart[]> {
  const damage: DamagedPart[] = [];
  for (const segment of await listSegments(folder)) {
    await using file = await openSegment(folder, segment);
    const whole: { offset: number; length: number }[] = [];
    const damaged: DamagedPart[] = [];
    for await (const part of scanSegment(file)) {
      const { offset, length } = part;
      if (part.kind === 'frame') whole.push({ offset, length });
      if (part.kind === 'corrupt') damaged.push({ segment, offset, length, reason: part.reason });
    }
    if (damaged.length === 0) continue;
    for (const { offset, length } of damaged) {
      const name = `${segmentName(segment)}-${offset}`;
      if (length > 0) await writeDurably(join(folder, DAMAGED, name), await readBytes(file, offset, length));
    }
    await keepOnly(folder, segment, file, whole);
    damage.push(...damaged);
  }
  return damage;
}

/** Removes what writers that were killed left before their segment had a name. Only for the holder of the run's lock. */
export async function removeUnnamed(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (/^\..*\.tmp$/.test(name)) await unlink(join(folder, name)).catch(() => {});
}

/** Replaces a segment by one that has only these parts of it: a kill leaves the old one or the new one. */
async function keepOnly(
  folder: string,
  segment: number,
  file: FileHandle,
  parts: readonly { offset: number; length: number }[],
): Promise<void> {
  const path = join(folder, segmentName(segment));
  const temporary = join(folder, `.${segmentName(segment)}.${process.pid}.tmp`);
  try {
    if (parts.length === 0) await unlink(path);
    else {
      await using copy = await open(temporary, 'w');
      for (const { offset, length } of parts) {
        for (let done = 0; done < length; done += CHUNK)
          await copy.writeFile(await readBytes(file, offset + done, Math.min(CHUNK, length - done)));
      }
      await copy.sync();
      await rename(temporary, path);
    }
    await syncFolder(folder);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw storeError(error, `move what is damaged out of ${path}`);
  }
}
