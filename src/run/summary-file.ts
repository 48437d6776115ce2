import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, SummarySchema, type Summary } from '../protocol/index.ts';
import { sha256 } from '../host/index.ts';
import { writeDurably } from '../trajectory/index.ts';

const SUMMARY = 'summary.json';
/**
 * The file with the SHA-256 of summary.json, as `sha256sum --check` reads it: a digit that was changed leaves JSON
 * that can be read.
 */
const CHECKSUM = 'summary.json.sha256';

/** Writes a run's outcome, with its checksum beside it. */
export async function writeSummary(folder: string, summary: Summary): Promise<void> {
  const text = `${JSON.stringify(SummarySchema.parse(summary), null, 2)}\n`;
  await writeDurably(join(folder, SUMMARY), text);
  await writeDurably(join(folder, CHECKSUM), checksumLine(text));
}

/** A run's outcome, where it has ended; `problem` where it cannot be believed, in half a sentence. */
export async function readSummary(folder: string): Promise<{ summary?: Summary; problem?: string }> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(join(folder, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  try {
    const [text, checksum] = await Promise.all([read(SUMMARY), read(CHECKSUM)]);
    if (text === undefined) return checksum === undefined ? {} : { problem: `${SUMMARY} is missing` };
    if (checksum !== undefined && checksum !== checksumLine(text))
      return { problem: `${SUMMARY} does not match ${CHECKSUM}` };
    return { summary: SummarySchema.parse(JSON.parse(text)) };
  } catch (error) {
    return { problem: `${SUMMARY} cannot be read: ${messageOf(error)}` };
  }
}

function checksumLine(text: string): string {
  return `${sha256(text)}  ${SUMMARY}\n`;
}
