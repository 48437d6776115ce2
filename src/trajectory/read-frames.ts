import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { LamarckError, messageOf } from '../protocol/index.ts';
import { decodeFrame, HEADER_LENGTH, type FrameRecords } from './frame.ts';
import {
  listSegments,
  openSegment,
  readBytes,
  scanSegment,
  segmentName,
  type FrameLocation,
} from './segment.ts';

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

/** An incomplete frame at the end of a segment: a process was killed while it wrote, or the file was cut. */
export type TornTail = Omit<DamagedPart, 'reason'>;

export interface ReadOptions {
  /** Asked of each whole frame, in order: those for which it is true are neither decoded nor given. */
  readonly isKnown?: (location: FrameLocation) => boolean;
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
    for await (const part of scanSegment(file)) {
      const { offset, length } = part;
      if (part.kind === 'torn') options.onTorn?.({ segment, offset, length });
      else if (part.kind === 'corrupt') report({ segment, offset, length, reason: part.reason });
      else {
        const location = { segment, offset, length, checksum: part.checksum };
        if (options.isKnown?.(location)) continue;
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

/** A damaged part in words: its file, its bytes and why it cannot be read. */
export function describeDamage({ segment, offset, length, reason }: DamagedPart): string {
  const place = length === 0 ? '' : `, bytes ${offset} to ${offset + length}`;
  return `trajectories/${segmentName(segment)}${place}: ${reason}`;
}

function corruptFrame(folder: string, { segment, offset, reason }: DamagedPart): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_FRAME_CORRUPT',
    boundary: 'store',
    message: `The frame at byte ${offset} of ${join(folder, segmentName(segment))} cannot be read: ${reason}.`,
    remedy:
      'Restore that file from a copy. An evolution can also be resumed: what the frame held is played again then.',
  });
}
