import { cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LamarckError } from '../../src/protocol/index.ts';
import { readFrames } from '../../src/trajectory/index.ts';
import type { Corruption } from '../support/corruption.ts';
import {
  damagedCopy,
  expectTrue,
  expectUnreadable,
  finishSmallestRun,
  type FinishedRun,
} from '../support/damaged-runs.ts';
import { createProject, type Project } from '../support/project.ts';
import { createResumer, type Resumer } from '../support/resume-run.ts';
import { runFacts } from '../support/run-facts.ts';

/** Nothing here waits for a clock: this only ends a test that hangs. */
const PATIENCE = 600_000;

describe('a finished run', { timeout: PATIENCE }, () => {
  let project: Project;
  let resumer: Resumer;
  let finished: FinishedRun;
  const folder = (name: string): string => join(finished.runs, name);
  const copy = async (name: string): Promise<string> => {
    await cp(folder(finished.run), folder(name), { recursive: true });
    return name;
  };
  /** Key of an episode. */
  const episode = (): string => (finished.facts as { episodes: { key: string }[] }).episodes[0]?.key ?? '';
  const segment = (name: string): string => join(folder(name), 'trajectories', '000001.zst');
  beforeAll(async () => {
    project = await createProject('counters');
    finished = await finishSmallestRun(project);
    resumer = await createResumer(project.folder);
  }, PATIENCE);
  afterAll(async () => {
    await resumer[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  // The campaign of many such cases is damaged-runs.long.test.ts.
  it.each<[Corruption, string, boolean]>([
    ['bit', 'segments', true],
    ['deletion', 'segments', false],
    ['reorder', 'blobs', false],
  ])(
    'ends with the same facts after damage, and says what it lost: %s in %s, run.db: %s',
    async (kind, part, withDatabase) => {
      const damage = { number: 1, kind, withDatabase, withLog: withDatabase };
      const { name, missing } = await damagedCopy(finished, damage, part);
      expectTrue(await resumer.resume(name), missing);
      expect(await runFacts(folder(name))).toEqual(finished.facts);
      expect(await resumer.resume(name)).toEqual([]);
      await rm(folder(name), { recursive: true });
    },
  );

  it('is healed by the command that resumes it, which names the file and the place', async () => {
    const name = await copy('healed');
    const frames = await Array.fromAsync(readFrames(join(folder(name), 'trajectories')));
    const { offset, length } = frames[40]?.location ?? { offset: 0, length: 0 };
    const bytes = await readFile(segment(name));
    bytes[offset + 60] = (bytes[offset + 60] ?? 0) ^ 4;
    await writeFile(segment(name), bytes);
    const verify = ['replay', name, '--verify'];
    const [before, healed, after] = await project.lamarckEach([verify, ['evolve', '--resume', name], verify]);
    expect(before?.code).toBe(1);
    expect(before?.output).toContain(`trajectories/000001.zst, bytes ${offset} to ${offset + length}`);
    expect([healed?.code, healed?.errors]).toEqual([0, '']);
    expect(healed?.output).toContain(
      `damaged   trajectories/000001.zst, bytes ${offset} to ${offset + length}: its checksum does not match`,
    );
    expect(healed?.output).toMatch(/lost {6}1 episode; what the run needs of them is played again/);
    expect(await runFacts(folder(name))).toEqual(finished.facts);
    expect(after?.code).toBe(0);
  });

  it('never says that it was asked to stop where an episode could not be read', async () => {
    const name = await copy('unreadable');
    for (const first of [4, 60]) await expectUnreadable(resumer, name, first);
    await resumer.resume(name);
    expect(await runFacts(folder(name))).toEqual(finished.facts);
  });

  it('plays again what becomes unreadable while it is resumed', async () => {
    const name = await copy('decaying');
    const damaged = new LamarckError({
      code: 'LAMARCK_FRAME_CORRUPT',
      boundary: 'store',
      message: 'Damaged.',
    });
    await expect(resumer.resume(name, () => Promise.reject(damaged))).rejects.toBe(damaged);
    const bytes = await readFile(segment(name));
    let spoiled = false;
    await resumer.resume(name, async (key, own) => {
      if (!spoiled) await writeFile(segment(name), Buffer.from(bytes).fill(0, 40, 20_000));
      spoiled = true;
      return own(key);
    });
    await resumer.resume(name);
    expect(await runFacts(folder(name))).toMatchObject({
      summary: (finished.facts as { summary: unknown }).summary,
    });
  });

  it('is not verified where its record is empty, or has less than its summary counts', async () => {
    const [less, empty] = [await copy('lessened'), await copy('emptied')];
    const frames = await Array.fromAsync(readFrames(join(folder(less), 'trajectories')));
    const episodes = frames.filter(({ records }) => records[0]?.type === 'episode-start');
    await truncate(segment(less), episodes[20]?.location.offset);
    await truncate(segment(empty), 0);
    for (const name of [less, empty])
      for (const suffix of ['', '-wal', '-shm'])
        await rm(join(folder(name), `run.db${suffix}`), { force: true });
    const [some, nothing, json] = await project.lamarckEach([
      ['replay', less, '--verify'],
      ['replay', empty, '--verify'],
      ['replay', empty, '--verify', '--json'],
    ]);
    expect(some?.code).toBe(1);
    expect(some?.output).toContain(
      `summary.json counts ${finished.episodes} episodes, and the record has 20.`,
    );
    expect(nothing?.code).toBe(1);
    expect(nothing?.output).toContain('Nothing was verified');
    expect(nothing?.output).toContain('trajectories/000001.zst: the file is empty');
    expect(JSON.parse(json?.output ?? '')).toMatchObject({
      checked: 0,
      gaps: [expect.stringContaining('Nothing was verified'), expect.anything(), expect.anything()],
    });
  });

  it('is known by the name of its folder to every command', async () => {
    await rename(folder(await copy('best night')), folder('kept'));
    const commands = [
      ['replay', 'kept'],
      ['replay', 'kept', episode()],
      ['rescore', 'kept'],
      ['agents', 'list', 'kept'],
      ['agents', 'show', 'kept'],
      ['agents', 'diff', 'kept'],
      ['run', 'counter/reach', '--agent', 'kept'],
      ['evolve', '--resume', 'kept'],
    ];
    const results = await project.lamarckEach(commands);
    for (const [at, words] of commands.entries()) {
      expect([words, results[at]?.errors]).toEqual([words, '']);
      if (words[0] !== 'run') expect([words, results[at]?.code]).toEqual([words, 0]);
    }
    expect(results[0]?.output).toMatch(new RegExp(`^${episode().slice(0, 12)}`, 'm'));
    expect(results.at(-1)?.output).toContain('npx lamarck replay kept ');
  });

  it('is listed as what it is: a copy, damaged, or with a gain that its summary does not vouch for', async () => {
    const [healable, lost, forged] = [await copy('healable'), await copy('lost'), await copy('forged')];
    await copy('best night');
    for (const name of [healable, lost]) await writeFile(join(folder(name), 'run.json'), '{ "version": 1');
    await rm(join(folder(lost), 'run.json.copy'));
    const path = join(folder(forged), 'summary.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"mean": \d/, '"mean": 9'));
    const [runs, replay, resume] = await project.lamarckEach([
      ['runs'],
      ['replay', lost],
      ['evolve', '--resume', lost],
    ]);
    expect(runs?.output).toMatch(new RegExp(`^best night +evolve.* copy of ${finished.run}$`, 'm'));
    expect(runs?.output).toMatch(/^healable +evolve.*damaged: run\.json is not as it was written/m);
    expect(runs?.output).toMatch(/^lost +damaged.*run\.json is not as it was/m);
    expect(runs?.output).toMatch(/^forged .*damaged: summary\.json does not match summary\.json\.sha256/m);
    expect(runs?.output).not.toMatch(/^forged .*9\.00/m);
    // What it was started with is lost: it can still be looked at.
    expect(replay?.code).toBe(0);
    expect(resume?.code).toBe(1);
    expect(resume?.errors).toContain('LAMARCK_RUN_BROKEN');
  });

  it('is written as a page into a folder that is not there yet', async () => {
    const page = join('out', 'deeper', 'ä # %.html');
    const replay = ['replay', finished.run, episode(), '--html'];
    const [written, refused] = await project.lamarckEach([
      [...replay, page],
      [...replay, 'lamarck.config.ts/x.html'],
    ]);
    expect([written?.code, written?.errors]).toEqual([0, '']);
    expect(await readFile(join(project.folder, page), 'utf8')).toContain('<!doctype html>');
    expect(refused?.code).toBe(1);
    expect(refused?.errors).toMatch(/cannot be written: .*\n.*→.*--html/);
    expect(refused?.errors).not.toMatch(/^\s+at /m);
    expect(await readdir(join(project.folder, 'out'))).toEqual(['deeper']);
  });
});
