import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LamarckError, messageOf } from '../protocol/index.ts';
import { decodeFrame, decodeHeader, HEADER_LENGTH, type FrameRecords } from './frame.ts';
import { listSegments, readBytes, scanSegment, segmentName, type FrameLocation } from './segment.ts';
import { storeError } from './store-error.ts';

/** A frame and where it stands. */
export interface Frame {
  readonly location: FrameLocation;
  readonly records: FrameRecords;
}

/** A part of the record that cannot be read: bytes of a segment, and why. */
export interface DamagedPart {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  /** Completes "The frame cannot be read: …". */
  readonly reason: string;
}

/** The unfinished end of a segment, left by a process that was killed while it wrote. */
export type TornTail = Omit<DamagedPart, 'reason'>;

export interface ReadOptions {
  /** Where to begin in a segment (the beginning of a frame); segments that are not named are read whole. */
  readonly from?: ReadonlyMap<number, number>;
  /** Told of each damaged part; reading goes on behind it. Without this, damage is thrown. */
  readonly onCorrupt?: (part: DamagedPart) => void;
  /** Told of each torn tail, which is no damage. */
  readonly onTorn?: (tail: TornTail) => void;
}

/**
 * All frames of a `trajectories/` folder, in the order they were written.
 *
 * @throws LamarckError `LAMARCK_RECORD_TOO_NEW`; `LAMARCK_FRAME_CORRUPT` where there is no `onCorrupt`.
 */
export async function* readFrames(folder: string, options: ReadOptions = {}): AsyncGenerator<Frame> {
  const report =
    options.onCorrupt ??
    ((part) => {
      throw corruptFrame(folder, part);
    });
  for (const segment of await listSegments(folder)) {
    await using file = await openSegment(folder, segment);
    for await (const part of scanSegment(file, options.from?.get(segment))) {
      const { offset, length } = part;
      if (part.kind === 'torn') options.onTorn?.({ segment, offset, length });
      else if (part.kind === 'corrupt') report({ segment, offset, length, reason: part.reason });
      else {
        const location = { segment, offset, length, checksum: part.checksum };
        let records: FrameRecords;
        try {
          records = decodeFrame(part.compressed);
        } catch (error) {
          if (LamarckError.isInstance(error)) throw error;
          report({ segment, offset, length, reason: messageOf(error) });
          continue;
        }
        yield { location, records };
      }
    }
  }
}

/**
 * The records of one frame.
 *
 * @throws LamarckError `LAMARCK_FRAME_CORRUPT` where another frame, or none, stands there now.
 */
export async function readFrame(folder: string, location: FrameLocation): Promise<FrameRecords> {
  await using file = await openSegment(folder, location.segment);
  const compressed = await readBytes(file, location.offset + HEADER_LENGTH, location.length - HEADER_LENGTH);
  try {
    if (crc32(compressed) !== location.checksum) throw new Error('its checksum does not match');
    return decodeFrame(compressed);
  } catch (error) {
    if (LamarckError.isInstance(error)) throw error;
    throw corruptFrame(folder, { ...location, reason: messageOf(error) });
  }
}

/** True where a frame still stands at its place, by its header: cheap, for telling whether an index fits its record. */
export async function hasFrame(folder: string, location: FrameLocation): Promise<boolean> {
  if (!(await listSegments(folder)).includes(location.segment)) return false;
  await using file = await openSegment(folder, location.segment);
  const { size } = await file.stat();
  if (size < location.offset + location.length) return false;
  const header = decodeHeader(await readBytes(file, location.offset, HEADER_LENGTH));
  return header?.checksum === location.checksum && header.length + HEADER_LENGTH === location.length;
}

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
      } catch (error) {
        throw storeError(error, `cut the unfinished end of ${segmentName(segment)}`);
      }
      tails.push({ segment, offset: part.offset, length: part.length });
    }
  }
  return tails;
}

async function openSegment(folder: string, segment: number, flags: 'r' | 'r+' = 'r'): Promise<FileHandle> {
  const path = join(folder, segmentName(segment));
  return open(path, flags).catch((error: unknown) => {
    throw storeError(error, `open ${path}`);
  });
}

function corruptFrame(folder: string, { segment, offset, reason }: DamagedPart): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_FRAME_CORRUPT',
    boundary: 'store',
    message: `The frame at byte ${offset} of ${join(folder, segmentName(segment))} cannot be read: ${reason}.`,
    remedy: 'Restore that file from a copy, or resume the run: what the frame held is played again.',
  });
}
