import { link, mkdir, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { LamarckError } from '../protocol/index.ts';
import { syncFolder } from './durable-file.ts';
import { encodeFrame, type FrameRecords } from './frame.ts';
import { listSegments, segmentName, type FrameLocation } from './segment.ts';
import { storeError } from './store-error.ts';

/** The one writer of a segment. */
export interface SegmentWriter {
  /**
   * Appends a frame: a whole episode, an improvement, or a seal. It is durable once the promise is kept; frames that
   * wait together are synced together.
   *
   * @throws LamarckError `LAMARCK_STORE_FULL`, `LAMARCK_STORE_READ_ONLY` or `LAMARCK_STORE_FAILED`. What was durable
   * before stays whole; the writer is of no more use.
   */
  append(records: FrameRecords): Promise<FrameLocation>;
  /** Waits for what is being written, and closes the file. */
  [Symbol.asyncDispose](): Promise<void>;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly checksum: number;
  resolve(location: FrameLocation): void;
  reject(error: LamarckError): void;
}

let writers = 0;

/**
 * Begins the next segment of a `trajectories/` folder, which it makes where there is none. The segment has its name from
 * the moment that frames in it are durable: so none is ever empty, unless something damaged it.
 */
export async function openSegmentWriter(folder: string): Promise<SegmentWriter> {
  try {
    await mkdir(folder, { recursive: true });
    const unnamed = join(folder, `.segment.${process.pid}.${writers++}.tmp`);
    return new OpenSegment(folder, unnamed, await open(unnamed, 'w'));
  } catch (error) {
    throw LamarckError.isInstance(error) ? error : storeError(error, `begin a new segment in ${folder}`);
  }
}

/** Names a file as the next segment. Exclusive: two writers of one segment would tear each other's frames. */
async function nameSegment(folder: string, unnamed: string): Promise<number> {
  for (let segment = ((await listSegments(folder)).at(-1) ?? 0) + 1; ; segment++) {
    const path = join(folder, segmentName(segment));
    try {
      await link(unnamed, path);
      await unlink(unnamed);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      // A file system without hard links: there the run's lock is all that keeps a second writer out.
      if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
      await rename(unnamed, path);
    }
    await syncFolder(folder);
    return segment;
  }
}

class OpenSegment implements SegmentWriter {
  readonly #folder: string;
  readonly #unnamed: string;
  readonly #file: FileHandle;
  /** Undefined until it has its first frames. */
  #segment: number | undefined;
  #queue: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Bytes that are durable, or about to be. */
  #end = 0;
  #failure: LamarckError | undefined;

  constructor(folder: string, unnamed: string, file: FileHandle) {
    this.#folder = folder;
    this.#unnamed = unnamed;
    this.#file = file;
  }

  async append(records: FrameRecords): Promise<FrameLocation> {
    if (this.#failure) throw this.#failure;
    const { bytes, checksum } = encodeFrame(records);
    return new Promise((resolve, reject) => {
      this.#queue.push({ bytes, checksum, resolve, reject });
      this.#writing ??= this.#writeQueue();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing;
    this.#failure ??= storeError(new Error('it was closed'), `write to ${this.#folder}`);
    await this.#file.close();
    if (this.#segment === undefined) await unlink(this.#unnamed).catch(() => {});
  }

  async #writeQueue(): Promise<void> {
    // A turn of the event loop, so that episodes that end together share a sync.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) await this.#writeBatch(this.#queue.splice(0));
    this.#writing = undefined;
  }

  async #writeBatch(batch: Waiting[]): Promise<void> {
    const began = this.#end;
    const whole: ((segment: number) => void)[] = [];
    try {
      for (const { bytes, checksum, resolve } of this.#failure ? [] : batch) {
        await this.#write(bytes);
        const [offset, { length }] = [this.#end, bytes];
        this.#end += length;
        whole.push((segment) => resolve({ segment, offset, length, checksum }));
      }
    } catch (error) {
      this.#fail(error);
    }
    try {
      if (this.#failure) await this.#file.truncate(this.#end);
      await this.#file.datasync();
      if (whole.length > 0) {
        this.#segment ??= await nameSegment(this.#folder, this.#unnamed);
        for (const keep of whole) keep(this.#segment);
      }
    } catch (error) {
      // What the disk did with this batch is unknown: none of it counts.
      this.#fail(error);
      this.#end = began;
      await this.#file.truncate(began).catch(() => {});
    }
    // A promise that is already kept ignores this.
    if (this.#failure) for (const { reject } of batch) reject(this.#failure);
  }

  async #write(bytes: Buffer): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await this.#file.write(
        bytes,
        written,
        bytes.length - written,
        this.#end + written,
      );
      written += bytesWritten;
    }
  }

  #fail(cause: unknown): void {
    const name = this.#segment === undefined ? 'a new segment' : segmentName(this.#segment);
    this.#failure ??= storeError(cause, `write to ${name} of ${this.#folder}`);
  }
}
