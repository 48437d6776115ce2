/** A regular file in an archive. */
export interface TarFile {
  path: string;
  mode: number;
  content: Uint8Array;
}

/**
 * Reads the regular files of a ustar archive (POSIX.1-1988, names up to 255 bytes), in order.
 *
 * @throws RangeError where a name would lead out of the folder it is unpacked into.
 */
export function* readTar(archive: Buffer): Generator<TarFile> {
  const blockBytes = 512;
  const text = (start: number, length: number): string =>
    archive.toString('utf8', start, start + length).split('\0')[0] ?? '';
  for (let at = 0; at + blockBytes <= archive.length && archive[at] !== 0;) {
    const prefix = text(at + 345, 155);
    const path = prefix ? `${prefix}/${text(at, 100)}` : text(at, 100);
    const mode = Number.parseInt(text(at + 100, 8), 8);
    const size = Number.parseInt(text(at + 124, 12), 8);
    const type = text(at + 156, 1);
    const start = at + blockBytes;
    if (path.startsWith('/') || path.split('/').includes('..'))
      throw new RangeError(`An archive names a file outside of itself: ${path}`);
    if (type === '0' || type === '') yield { path, mode, content: archive.subarray(start, start + size) };
    at = start + Math.ceil(size / blockBytes) * blockBytes;
  }
}
