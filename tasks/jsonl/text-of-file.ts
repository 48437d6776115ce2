import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { LamarckError, clauseOf } from 'lamarck';

/** Of text, unpacked: a hundred times what is known, and as values no more than memory takes. */
const MOST_MEGABYTES = 32;
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;
const TOO_LARGE = `it holds more than ${MOST_MEGABYTES} MB`;

/**
 * The text of a file, plain or gzipped.
 *
 * @throws LamarckError `LAMARCK_DATA_UNREADABLE`
 */
export function textOfFile(file: string): string {
  let bytes = bytesOf(file);
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    if (isZipped) bytes = gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    // Node's word for an output that is longer than it may be.
    if (error instanceof RangeError) throw unreadable(file, TOO_LARGE);
    throw unreadable(file, `its compressed data is damaged or cut short: ${clauseOf(error)}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable(file, 'it is no text in UTF-8');
  }
}

function bytesOf(file: string): Buffer {
  try {
    const found = statSync(file);
    // A pipe or a device may never come to its end.
    if (!found.isFile()) throw new Error(found.isDirectory() ? 'it is a folder' : 'it is a pipe or a device');
    if (found.size > MOST_BYTES) throw new Error(TOO_LARGE);
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, clauseOf(error));
  }
}

export function unreadable(file: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_DATA_UNREADABLE',
    boundary: 'user',
    message: `${file} cannot be read: ${why}.`,
    remedy: 'Name a file of JSON lines, plain or gzipped.',
  });
}
