import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import {
  ActionErrorSchema,
  ActionRecordSchema,
  DecisionRecordSchema,
  EpisodeEndSchema,
  EpisodeStartSchema,
  EVENT_VERSION,
  ImprovementRecordSchema,
  isRunEvent,
  LamarckError,
  ObservationRecordSchema,
  RewardRecordSchema,
  RunEventSchemas,
  TamperingRecordSchema,
  SealRecordSchema,
  StateChangeSchema,
  type EpisodeRecord,
  type Json,
  type RunEventRecord,
} from '../protocol/index.ts';

/** A line of the record. */
export type StoredRecord = EpisodeRecord | RunEventRecord;

/** What is written and read as one: a whole episode, or one event of the run. */
export type FrameRecords = readonly StoredRecord[];

/** Magic number of a zstd skippable frame (RFC 8878, 3.1.2). */
const SKIPPABLE_MAGIC = 0x184d2a50;
/** Payload of the skippable frame: length and CRC-32 of the compressed frame after it, both u32 little-endian. */
const PAYLOAD_LENGTH = 8;
/** Bytes before the compressed frame. */
export const HEADER_LENGTH = 8 + PAYLOAD_LENGTH;

/** The bytes that every header begins with: what to look for behind a damaged place. */
export const HEADER_START: Buffer = Buffer.alloc(8);
HEADER_START.writeUInt32LE(SKIPPABLE_MAGIC, 0);
HEADER_START.writeUInt32LE(PAYLOAD_LENGTH, 4);

// Text can only hold JSON: checking that again by walking it costs eight times the parsing.
const JsonSchema = z.custom<Json>((value) => value !== undefined);
const StoredRecordSchema = z.discriminatedUnion('type', [
  EpisodeStartSchema,
  ObservationRecordSchema.extend({ observation: JsonSchema, affordances: z.array(JsonSchema).optional() }),
  StateChangeSchema,
  DecisionRecordSchema.extend({ note: JsonSchema.optional() }),
  ActionRecordSchema.extend({ action: JsonSchema }),
  ActionErrorSchema,
  TamperingRecordSchema,
  RewardRecordSchema.extend({ evidence: JsonSchema }),
  EpisodeEndSchema,
  ImprovementRecordSchema,
  SealRecordSchema,
  ...RunEventSchemas,
]);

/**
 * A frame as it stands on disk: a skippable zstd frame that holds length and checksum, then a zstd frame of JSON
 * lines. A file of such frames is a valid zstd stream, which `zstdcat` reads.
 *
 * @throws Error where the records could not be read back.
 */
export function encodeFrame(records: FrameRecords): { bytes: Buffer; checksum: number } {
  assertRecords(records);
  const text = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const compressed = zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
  const checksum = crc32(compressed);
  const header = Buffer.alloc(HEADER_LENGTH);
  HEADER_START.copy(header);
  header.writeUInt32LE(compressed.length, 8);
  header.writeUInt32LE(checksum, 12);
  return { bytes: Buffer.concat([header, compressed]), checksum };
}

/** Length and checksum of the compressed frame behind a header; undefined where it is no header. */
export function decodeHeader(header: Buffer): { length: number; checksum: number } | undefined {
  if (header.length < HEADER_LENGTH || HEADER_START.compare(header, 0, 8) !== 0) return undefined;
  return { length: header.readUInt32LE(8), checksum: header.readUInt32LE(12) };
}

/**
 * The records of a compressed frame.
 *
 * @throws LamarckError `LAMARCK_RECORD_TOO_NEW`; any other error means that the frame is damaged.
 */
export function decodeFrame(compressed: Buffer): FrameRecords {
  return parseRecords(zstdDecompressSync(compressed).toString('utf8'));
}

function parseRecords(text: string): FrameRecords {
  const lines = text.split('\n').slice(0, -1);
  const values = lines.map((line): unknown => JSON.parse(line));
  assertRecords(values);
  // The values themselves, not zod's copies: those lack members it does not know, and a hash is over all of them.
  return values;
}

function assertRecords(values: readonly unknown[]): asserts values is FrameRecords {
  for (const [index, value] of values.entries()) {
    refuseNewer(value);
    const parsed = StoredRecordSchema.safeParse(value);
    if (!parsed.success)
      throw new Error(`record ${index + 1} is malformed: ${z.prettifyError(parsed.error)}`);
  }
  const records = values as FrameRecords;
  const [first, last] = [records[0], records.at(-1)];
  const isEvent = records.length === 1 && first !== undefined && isRunEvent(first);
  const isInner = (record: StoredRecord): boolean =>
    !isRunEvent(record) && record.type !== 'episode-start' && record.type !== 'episode-end';
  const isEpisode =
    first?.type === 'episode-start' && last?.type === 'episode-end' && records.slice(1, -1).every(isInner);
  if (!isEvent && !isEpisode) throw new Error('it is neither a whole episode nor a single event of the run');
}

function refuseNewer(value: unknown): void {
  if (value === null || typeof value !== 'object' || !('version' in value)) return;
  const { version } = value;
  if (typeof version !== 'number' || version <= EVENT_VERSION) return;
  throw new LamarckError({
    code: 'LAMARCK_RECORD_TOO_NEW',
    boundary: 'store',
    message: `This record has version ${version}; this Lamarck reads versions up to ${EVENT_VERSION}.`,
    remedy: 'Update Lamarck.',
  });
}
