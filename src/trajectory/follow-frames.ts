import { setTimeout as pause } from 'node:timers/promises';
import { LamarckError } from '../protocol/index.ts';
import { decodeFrame, type FrameRecords } from './frame.ts';
import type { Frame } from './read-frames.ts';
import { listSegments, openSegment, scanSegment } from './segment.ts';

/** Time between two looks for new frames, in ms. */
const LOOK_EVERY = 200;

/**
 * All frames of a `trajectories/` folder, and then those that another process appends to it, as they come. What is damaged is
 * passed over. Only reads, and takes no lock.
 *
 * @param options.isOver whether no more will be appended: asked before each look; what was appended by then is given still
 * @param options.signal ends the following
 * @throws LamarckError `LAMARCK_RECORD_TOO_NEW`, and what the system refuses
 */
export async function* followFrames(
  folder: string,
  { isOver, signal }: { isOver: () => Promise<boolean>; signal: AbortSignal },
): AsyncGenerator<Frame> {
  /** Bytes of each segment that were read. */
  const read = new Map<number, number>();
  while (!signal.aborted) {
    const isLast = await isOver();
    for (const segment of await listSegments(folder)) {
      await using file = await openSegment(folder, segment);
      for await (const part of scanSegment(file, read.get(segment))) {
        // It is being written.
        if (part.kind === 'torn') break;
        const { offset, length } = part;
        read.set(segment, offset + length);
        const records = part.kind === 'frame' ? decoded(part.compressed) : undefined;
        if (part.kind !== 'frame' || records === undefined) continue;
        yield { location: { segment, offset, length, checksum: part.checksum }, records };
      }
    }
    if (isLast) return;
    await pause(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

function decoded(compressed: Buffer): FrameRecords | undefined {
  try {
    return decodeFrame(compressed);
  } catch (error) {
    if (LamarckError.isInstance(error)) throw error;
    return undefined;
  }
}
