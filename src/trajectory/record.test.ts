import { spawnSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../host/index.ts';
import { EVENT_VERSION, type EpisodeRecord, type Json } from '../protocol/index.ts';
import { encodeFrame, type FrameRecords } from './frame.ts';
import { readFrame, readFrames, type DamagedPart, type Frame, type TornTail } from './read-frames.ts';
import { recoverSegments, setDamageAside } from './recover-segments.ts';
import { openSegmentWriter } from './segment-writer.ts';
import { observationRecord, trajectoryHash } from './trajectory.ts';

describe('the record', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lamarck-record-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const segment = (): string => join(folder, '000001.zst');

  it('gives back exactly what was written, in order, whatever was seen', async () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(json, { maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        async (seen) => {
          const episodes = seen.map((observations, index) => episode(index, observations));
          const fresh = await mkdtemp(join(folder, 'case-'));
          await write(fresh, episodes);
          const read = (await readAll(fresh)).frames;
          expect(read.map(({ records }) => hashOf(records))).toEqual(episodes.map(hashOf));
          for (const { location, records } of read) expect(await readFrame(fresh, location)).toEqual(records);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps members that it does not know, and keys that JavaScript takes for a prototype', async () => {
    const observation = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Json;
    const written = episode(0, [observation]).map((record) => ({ ...record, later: 'addition' }));
    await write(folder, [written]);
    expect(hashOf((await readAll(folder)).frames[0]?.records)).toBe(hashOf(written));
  });

  it('begins a new segment with each writer, and reads them in order', async () => {
    await write(folder, [episode(0)]);
    await write(folder, [episode(1), episode(2)]);
    const { frames } = await readAll(folder);
    expect(frames.map(({ location, records }) => [location.segment, records])).toEqual([
      [1, episode(0)],
      [2, episode(1)],
      [2, episode(2)],
    ]);
  });

  it('keeps the order of appends that wait together', async () => {
    await using writer = await openSegmentWriter(folder);
    const locations = await Promise.all([0, 1, 2, 3].map((index) => writer.append(episode(index))));
    const { frames } = await readAll(folder);
    expect(frames).toEqual(locations.map((location, index) => ({ location, records: episode(index) })));
  });

  it.skipIf(spawnSync('zstd', ['--version']).error)('is a stream that zstdcat reads', async () => {
    await write(folder, [episode(0, [{ text: 'ünïcode' }]), episode(1)]);
    const { stdout } = spawnSync('zstd', ['-dc', segment()], { encoding: 'utf8' });
    const lines = [...episode(0, [{ text: 'ünïcode' }]), ...episode(1)].map((record) =>
      JSON.stringify(record),
    );
    expect(stdout.trimEnd().split('\n')).toEqual(lines);
  });

  it('refuses what it could not read back, and is unharmed by it', async () => {
    await using writer = await openSegmentWriter(folder);
    const unfinished = episode(0).slice(0, -1);
    await expect(writer.append(unfinished)).rejects.toThrow('neither a whole episode');
    const nameless = episode(0).map((record) =>
      record.type === 'episode-end' ? { ...record, wallMilliseconds: Number.NaN } : record,
    );
    await expect(writer.append(nameless)).rejects.toThrow('malformed');
    await writer.append(episode(1));
    expect((await readAll(folder)).frames.map(({ records }) => records)).toEqual([episode(1)]);
  });

  it('loses nothing but the last frame, wherever its writing was cut', async () => {
    await write(folder, [episode(0), episode(1)]);
    const whole = await readFile(segment());
    const last = (await readAll(folder)).frames[1]?.location.offset ?? 0;
    for (let cut = last + 1; cut < whole.length; cut += 7) {
      await writeFile(segment(), whole.subarray(0, cut));
      const { frames, corrupt, torn } = await readAll(folder);
      expect(frames.map(({ records }) => records)).toEqual([episode(0)]);
      expect(corrupt).toEqual([]);
      expect(torn).toEqual([{ segment: 1, offset: last, length: cut - last }]);
      expect(await recoverSegments(folder)).toEqual(torn);
      expect(await readFile(segment())).toEqual(whole.subarray(0, last));
    }
    expect(await recoverSegments(folder)).toEqual([]);
  });

  it('names a damaged frame and reads on behind it, whichever byte is wrong', async () => {
    await write(folder, [episode(0), episode(1), episode(2)]);
    const whole = await readFile(segment());
    const { offset, length } = (await readAll(folder)).frames[1]?.location ?? { offset: 0, length: 0 };
    for (let at = offset; at < offset + length; at += 5) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      await writeFile(segment(), bytes);
      const { frames, corrupt, torn } = await readAll(folder);
      expect(frames.map(({ records }) => records)).toEqual([episode(0), episode(2)]);
      expect(corrupt).toMatchObject([{ segment: 1, offset, length }]);
      expect(torn).toEqual([]);
      expect(await recoverSegments(folder)).toEqual([]);
    }
    await expect(Array.fromAsync(readFrames(folder))).rejects.toMatchObject({
      code: 'LAMARCK_FRAME_CORRUPT',
    });
  });

  it.each([
    ['larger than what is read at once', 3_000_000],
    ['just so large that the next header lies across what is read at once', (1 << 20) - 2],
  ])('finds frames behind damage that is %s', async (_, length) => {
    await write(folder, [episode(0)]);
    await appendFile(segment(), Buffer.alloc(length, 7));
    await appendFile(segment(), encodeFrame(episode(1)).bytes);
    const { frames, corrupt } = await readAll(folder);
    expect(frames.map(({ records }) => records)).toEqual([episode(0), episode(1)]);
    expect(corrupt).toMatchObject([{ length }]);
  });

  it('gives a segment its name with its first frame, so that only damage leaves an empty one', async () => {
    {
      await using _ = await openSegmentWriter(folder);
      expect((await readdir(folder)).filter((name) => name.endsWith('.zst'))).toEqual([]);
    }
    expect(await readdir(folder)).toEqual([]);
    await write(folder, [episode(0)]);
    expect(await readdir(folder)).toEqual(['000001.zst']);
    await truncate(segment(), 0);
    expect((await readAll(folder)).corrupt).toEqual([
      { segment: 1, offset: 0, length: 0, reason: 'the file is empty' },
    ]);
    expect(await setDamageAside(folder)).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets two writers begin at once, each with a segment of its own', async () => {
    await using one = await openSegmentWriter(folder);
    await using other = await openSegmentWriter(folder);
    const locations = await Promise.all([one.append(episode(0)), other.append(episode(1))]);
    expect(locations.map(({ segment: number }) => number).sort()).toEqual([1, 2]);
    expect((await readAll(folder)).frames).toHaveLength(2);
  });

  it('moves damaged bytes out of a segment, and keeps them beside it', async () => {
    await write(folder, [episode(0), episode(1), episode(2)]);
    const bytes = await readFile(segment());
    const { offset, length } = (await readAll(folder)).frames[1]?.location ?? { offset: 0, length: 0 };
    bytes[offset + 30] = (bytes[offset + 30] ?? 0) ^ 1;
    await writeFile(segment(), bytes);
    expect(await setDamageAside(folder)).toMatchObject([{ segment: 1, offset, length }]);
    const { frames, corrupt, torn } = await readAll(folder);
    expect([frames.map(({ records }) => records), corrupt, torn]).toEqual([[episode(0), episode(2)], [], []]);
    expect(await readFile(join(folder, 'damaged', `000001.zst-${offset}`))).toEqual(
      bytes.subarray(offset, offset + length),
    );
    expect(await setDamageAside(folder)).toEqual([]);
  });

  it('tells when another frame stands where one was', async () => {
    await write(folder, [episode(0)]);
    const [frame] = (await readAll(folder)).frames;
    await truncate(segment(), 0);
    await writeFile(segment(), encodeFrame(episode(1)).bytes);
    await expect(readFrame(folder, frame?.location as never)).rejects.toMatchObject({
      code: 'LAMARCK_FRAME_CORRUPT',
      message: expect.stringContaining('000001.zst') as string,
    });
  });

  it('refuses a newer record by name', async () => {
    const newer = episode(0).map((record) =>
      'version' in record ? { ...record, version: EVENT_VERSION + 1 } : record,
    );
    await expect(write(folder, [newer as FrameRecords])).rejects.toMatchObject({
      code: 'LAMARCK_RECORD_TOO_NEW',
    });
  });

  it.skipIf(process.platform === 'win32')(
    'keeps every whole frame when there is no room for more, and says what to do',
    async () => {
      // A limit on file size makes the kernel write a part of a frame and then refuse, as a full disk does.
      const script = `
        import { openSegmentWriter } from ${JSON.stringify(join(import.meta.dirname, 'segment-writer.ts'))};
        const records = JSON.parse(process.argv[1]);
        await using writer = await openSegmentWriter(process.argv[2]);
        const kept = await Promise.allSettled(Array.from({ length: 40 }, () => writer.append(records)));
        const refused = kept.filter(({ status }) => status === 'rejected');
        const last = await writer.append(records).catch((error) => error);
        console.log(JSON.stringify({ kept: kept.length - refused.length, code: refused[0].reason.code, remedy: last.remedy }));`;
      const noise = Array.from({ length: 60 }, (_, index) => hashOf(index)).join('');
      const { stdout, stderr } = spawnSync(
        'sh',
        [
          '-c',
          `trap '' XFSZ; ulimit -f 40; exec "$0" "$@"`,
          process.execPath,
          '--conditions=lamarck-source',
        ].concat([...['--input-type=module', '-e', script, JSON.stringify(episode(0, [{ noise }])), folder]]),
        { encoding: 'utf8' },
      );
      expect(stderr.replace(/.*ExperimentalWarning.*\n.*\n/, '')).toBe('');
      const told = JSON.parse(stdout) as { kept: number; code: string; remedy: { text: string } };
      expect(told).toMatchObject({
        code: 'LAMARCK_STORE_FULL',
        remedy: { text: expect.stringContaining('Free some space') as string },
      });
      expect(told.kept).toBeGreaterThan(2);
      expect(told.kept).toBeLessThan(40);
      const { frames, corrupt, torn } = await readAll(folder);
      expect([frames.length, corrupt, torn]).toEqual([told.kept, [], []]);
    },
  );
});

/** A small episode; equal arguments, equal episode. */
function episode(index: number, observations: readonly Json[] = [{ index }]): EpisodeRecord[] {
  const records: EpisodeRecord[] = [
    {
      type: 'episode-start',
      version: 1,
      episode: hashOf(index),
      actor: { reference: 'random' },
      task: { family: 'a/b', seed: index, difficulty: 1, hash: hashOf('task'), instruction: 'Do it.' },
      environment: 'a',
      split: 'train',
      repeat: 0,
    },
    ...observations.map((observation, step) => observationRecord(step, observation)),
    { type: 'reward', reward: 1, evidence: null },
  ];
  const hash = trajectoryHash(records, 'agent-done', 1);
  const end = { steps: observations.length, attempts: 1, wallMilliseconds: 2.5, endedAt: 1000 };
  return [...records, { type: 'episode-end', stop: 'agent-done', reward: 1, hash, ...end }];
}

async function write(folder: string, frames: readonly FrameRecords[]): Promise<void> {
  await using writer = await openSegmentWriter(folder);
  for (const records of frames) await writer.append(records);
}

async function readAll(
  folder: string,
): Promise<{ frames: Frame[]; corrupt: DamagedPart[]; torn: TornTail[] }> {
  const [corrupt, torn]: [DamagedPart[], TornTail[]] = [[], []];
  const frames = await Array.fromAsync(
    readFrames(folder, { onCorrupt: (part) => corrupt.push(part), onTorn: (tail) => torn.push(tail) }),
  );
  return { frames, corrupt, torn };
}
