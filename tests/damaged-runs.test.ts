import { cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LamarckError } from '../src/protocol/index.ts';
import { readFrames } from '../src/trajectory/index.ts';
import type { Corruption } from './support/corruption.ts';
import { damagedCopy, expectTrue, finishRun, type FinishedRun } from './support/damaged-runs.ts';
import { createProject, type Project } from './support/project.ts';
import { createResumer, type Resumer } from './support/resume-run.ts';
import { runFacts } from './support/run-facts.ts';

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
  const segment = (name: string): string => join(folder(name), 'trajectories', '000001.zst');
  beforeAll(async () => {
    project = await createProject('counters');
    finished = await finishRun(project);
    resumer = await createResumer(project.folder);
  }, PATIENCE);
  afterAll(async () => {
    await resumer[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  // The campaign of many such cases is damaged-runs.long.test.ts.
  it.each<[Corruption, string, boolean]>([
    ['bit', 'segments', true],
    ['bit', 'manifest', false],
    ['truncation', 'segments', true],
    ['truncation', 'segments', false],
    ['duplicate', 'segments', true],
    ['duplicate', 'refs', false],
    ['reorder', 'segments', true],
    ['reorder', 'blobs', false],
    ['deletion', 'objects', true],
    ['deletion', 'segments', false],
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
    const before = await project.lamarck('replay', name, '--verify');
    expect(before.code).toBe(1);
    expect(before.output).toContain(`trajectories/000001.zst, bytes ${offset} to ${offset + length}`);
    const { code, output, errors } = await project.lamarck('evolve', '--resume', name);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain(
      `damaged   trajectories/000001.zst, bytes ${offset} to ${offset + length}: its checksum does not match`,
    );
    expect(output).toMatch(/lost {6}1 episode; what the run needs of them is played again/);
    expect(await runFacts(folder(name))).toEqual(finished.facts);
    expect((await project.lamarck('replay', name, '--verify')).code).toBe(0);
  });

  it('never says that it was asked to stop where an episode could not be read', async () => {
    const name = await copy('unreadable');
    const error = new LamarckError({
      code: 'LAMARCK_STORE_FAILED',
      boundary: 'store',
      message: 'It is gone.',
    });
    for (let first = 4; first <= 100; first += 16) {
      let asked = 0;
      const failing = resumer.resume(name, (key, own) =>
        ++asked >= first ? Promise.reject(error) : own(key),
      );
      await expect(failing).rejects.toBe(error);
    }
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
    const name = await copy('emptied');
    const frames = await Array.fromAsync(readFrames(join(folder(name), 'trajectories')));
    await truncate(segment(name), frames[20]?.location.offset);
    for (const suffix of ['', '-wal', '-shm'])
      await rm(join(folder(name), `run.db${suffix}`), { force: true });
    const less = await project.lamarck('replay', name, '--verify');
    expect(less.code).toBe(1);
    expect(less.output).toContain(
      `summary.json counts ${finished.episodes} episodes, and the record has 20.`,
    );
    await truncate(segment(name), 0);
    const nothing = await project.lamarck('replay', name, '--verify');
    expect(nothing.code).toBe(1);
    expect(nothing.output).toContain('Nothing was verified');
    expect(nothing.output).toContain('trajectories/000001.zst: the file is empty');
    const json = JSON.parse((await project.lamarck('replay', name, '--verify', '--json')).output) as object;
    expect(json).toMatchObject({
      checked: 0,
      gaps: [expect.stringContaining('Nothing was verified'), expect.anything(), expect.anything()],
    });
  });

  it('is known by the name of its folder to every command', async () => {
    const name = await copy('best night');
    const listed = await project.lamarck('runs');
    expect(listed.output).toMatch(new RegExp(`^best night +evolve.* copy of ${finished.run}$`, 'm'));
    await rename(folder(name), folder('kept'));
    const [episode = ''] = /^[0-9a-f]{12}/m.exec((await project.lamarck('replay', 'kept')).output) ?? [];
    for (const words of [
      ['replay', 'kept', episode],
      ['rescore', 'kept'],
      ['agents', 'list', 'kept'],
      ['agents', 'show', 'kept'],
      ['agents', 'diff', 'kept'],
      ['run', 'counter/reach', '--agent', 'kept'],
      ['evolve', '--resume', 'kept'],
    ]) {
      const { code, errors, output } = await project.lamarck(...words);
      expect([words, errors]).toEqual([words, '']);
      if (words[0] !== 'run') expect([words, code]).toEqual([words, 0]);
      if (words[0] === 'evolve') expect(output).toContain('npx lamarck replay kept ');
    }
  });

  it('is listed as damaged, and can still be looked at, where what it was started with is lost', async () => {
    const name = await copy('nameless');
    await writeFile(join(folder(name), 'run.json'), '{ "version": 1');
    const healable = await project.lamarck('runs');
    expect(healable.output).toMatch(/^nameless +evolve.*damaged: run\.json is not as it was written/m);
    await rm(join(folder(name), 'run.json.copy'));
    expect((await project.lamarck('runs')).output).toMatch(/^nameless +damaged.*run\.json is not as it was/m);
    expect((await project.lamarck('replay', name)).code).toBe(0);
    const { code, errors } = await project.lamarck('evolve', '--resume', name);
    expect(code).toBe(1);
    expect(errors).toContain('LAMARCK_RUN_BROKEN');
  });

  it('is not listed with a gain that its summary does not vouch for', async () => {
    const name = await copy('forged');
    const path = join(folder(name), 'summary.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/"mean": \d/, '"mean": 9'));
    const { output } = await project.lamarck('runs');
    expect(output).toMatch(/^forged .*damaged: summary\.json does not match summary\.json\.sha256/m);
    expect(output).not.toMatch(/^forged .*9\.00/m);
  });

  it('is written as a page into a folder that is not there yet', async () => {
    const [episode = ''] =
      /^[0-9a-f]{12}/m.exec((await project.lamarck('replay', finished.run)).output) ?? [];
    const page = join('out', 'deeper', 'ä # %.html');
    const { code, errors } = await project.lamarck('replay', finished.run, episode, '--html', page);
    expect([code, errors]).toEqual([0, '']);
    expect(await readFile(join(project.folder, page), 'utf8')).toContain('<!doctype html>');
    const refused = await project.lamarck(
      'replay',
      finished.run,
      episode,
      '--html',
      'lamarck.config.ts/x.html',
    );
    expect(refused.code).toBe(1);
    expect(refused.errors).toMatch(/cannot be written: .*\n.*→.*--html/);
    expect(refused.errors).not.toMatch(/^\s+at /m);
    expect(await readdir(join(project.folder, 'out'))).toEqual(['deeper']);
  });
});
