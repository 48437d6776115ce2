import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeHeader, HEADER_LENGTH, HEADER_START } from './frame.ts';
import { storeError } from './store-error.ts';

/** Where a frame stands, header included, in bytes; the checksum tells whether it is still the same one. */
export interface FrameLocation {
  /** Number of the segment, from 1: its file is {@link segmentName}. */
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  readonly checksum: number;
}

/** A part of a segment, as a scan finds it. */
export type SegmentPart =
  | {
      readonly kind: 'frame';
      readonly offset: number;
      readonly length: number;
      readonly checksum: number;
      readonly compressed: Buffer;
    }
  /** Damaged; frames may follow. */
  | { readonly kind: 'corrupt'; readonly offset: number; readonly length: number; readonly reason: string }
  /** A frame whose writing was cut short: always the last part. */
  | { readonly kind: 'torn'; readonly offset: number; readonly length: number };

/** The file of a segment: `000001.zst`. */
export function segmentName(segment: number): string {
  return `${String(segment).padStart(6, '0')}.zst`;
}

/** Numbers of the segments in a `trajectories/` folder, in order; none where it does not exist. */
export async function listSegments(folder: string): Promise<number[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /^\d{6}\.zst$/.test(name))
      .map((name) => Number.parseInt(name, 10))
      .sort((left, right) => left - right);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw storeError(error, `list ${folder}`);
  }
}

/** @throws LamarckError, as the system refuses it. */
export async function openSegment(
  folder: string,
  segment: number,
  flags: 'r' | 'r+' = 'r',
): Promise<FileHandle> {
  const path = join(folder, segmentName(segment));
  return open(path, flags).catch((error: unknown) => {
    throw storeError(error, `open ${path}`);
  });
}

/** Splits a segment into its parts. @param from the byte that the first of them begins at */
export async function* scanSegment(file: FileHandle, from = 0): AsyncGenerator<SegmentPart> {
  const { size } = await file.stat();
  // A writer gives a segment its name with the first frame in it.
  if (size === 0) yield { kind: 'corrupt', offset: 0, length: 0, reason: 'the file is empty' };
  let offset = from;
  while (offset < size) {
    const found = await partAt(file, offset, size);
    if (found.kind === 'frame') {
      yield found;
      offset += found.length;
      continue;
    }
    const next = await findFrame(file, offset + 1, size);
    if (next === undefined && found.kind === 'torn') {
      yield found;
      return;
    }
    const end = next ?? size;
    const reason = found.kind === 'corrupt' ? found.reason : 'its length is wrong';
    yield { kind: 'corrupt', offset, length: end - offset, reason };
    offset = end;
  }
}

async function partAt(file: FileHandle, offset: number, size: number): Promise<SegmentPart> {
  const left = size - offset;
  if (left < HEADER_LENGTH) return { kind: 'torn', offset, length: left };
  const header = decodeHeader(await readBytes(file, offset, HEADER_LENGTH));
  if (!header) return { kind: 'corrupt', offset, length: left, reason: 'its header is damaged' };
  const length = HEADER_LENGTH + header.length;
  if (length > left) return { kind: 'torn', offset, length: left };
  const compressed = await readBytes(file, offset + HEADER_LENGTH, header.length);
  return crc32(compressed) === header.checksum
    ? { kind: 'frame', offset, length, checksum: header.checksum, compressed }
    : { kind: 'corrupt', offset, length, reason: 'its checksum does not match' };
}

/** The next place, from `from` on, where a whole frame begins. */
async function findFrame(file: FileHandle, from: number, size: number): Promise<number | undefined> {
  const WINDOW = 1 << 20;
  for (let begin = from; begin < size; begin += WINDOW) {
    // Windows overlap by a header's start, so that none is missed on an edge.
    const bytes = await readBytes(file, begin, Math.min(WINDOW + HEADER_START.length - 1, size - begin));
    for (let at = bytes.indexOf(HEADER_START); at >= 0; at = bytes.indexOf(HEADER_START, at + 1)) {
      if ((await partAt(file, begin + at, size)).kind === 'frame') return begin + at;
    }
  }
  return undefined;
}

/** Exactly `length` bytes, or those up to the end of the file. */
export async function readBytes(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file
      .read(bytes, read, length - read, offset + read)
      .catch((error: unknown) => {
        throw storeError(error, `read a segment at byte ${offset}`);
      });
    if (bytesRead === 0) return bytes.subarray(0, read);
    read += bytesRead;
  }
  return bytes;
}
