import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProject, type Project as LamarckProject } from '../src/engine/index.ts';
import { createSmallCounters } from './support/small-counters.ts';
import type { Project } from './support/project.ts';

const SMALL = { seed: 5, budget: 204, unchecked: true };

describe('the engine', () => {
  let folder: Project;
  let project: LamarckProject;
  beforeAll(async () => {
    folder = await createSmallCounters();
    project = await openProject({ config: join(folder.folder, 'lamarck.config.ts') });
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  it('runs the program of its page, which evaluates and evolves', async () => {
    const page = await readFile(join(import.meta.dirname, '../docs/engine.md'), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
    expect(example.trim().split('\n')).toHaveLength(14);
    await writeFile(
      join(folder.folder, 'experiment.mts'),
      example.replace('{ seed: 1 }', '{ seed: 1, budget: 204, unchecked: true }'),
    );
    const { code, output, errors } = await folder.node('experiment.mts');
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/^random earns \d\.\d\d on 8 dev tasks\n.*-evolve-1: 204 episodes\ncalibrating\n/);
    expect(output).toMatch(/\na child by .*\n(.*\n)*confirming\nsealing\nreporting\n.*minus seed agent -?\d/);
  });

  it('is stopped by a signal when the episodes in flight have ended, and goes on with the run to the same end', async () => {
    const stop = new AbortController();
    const stopped = project.evolve({ ...SMALL, signal: stop.signal });
    let run = '';
    await expect(
      (async () => {
        for await (const event of stopped) {
          if (event.type === 'started') ({ run } = event);
          if (event.type === 'child-admitted') stop.abort();
        }
      })(),
    ).rejects.toMatchObject({ code: 'LAMARCK_DRAINED', remedy: expect.stringContaining(`--resume ${run}`) });
    const resumed = await project.evolve({ resume: run });
    const whole = await project.evolve(SMALL);
    expect({ ...resumed.summary, run: '', wallSeconds: 0 }).toEqual({
      ...whole.summary,
      run: '',
      wallSeconds: 0,
    });
    expect((await project.runs()).map((each) => each.run)).toEqual(expect.arrayContaining([run, whole.run]));
  });

  it('tells of every episode in its turn, and of the run that holds them before', async () => {
    const seen: string[] = [];
    const evaluation = project.evaluate({ agent: 'oracle', tasks: 2 });
    for await (const event of evaluation)
      seen.push(event.type === 'episodes' ? `${event.done} of ${event.of}` : event.type);
    expect(seen).toEqual(['started', '1 of 4', '2 of 4', '3 of 4', '4 of 4']);
    const { all, run, missingReasons } = await evaluation;
    expect([all.mean, all.n, missingReasons]).toEqual([1, 4, []]);
    await using recorded = await project.openRun(run);
    expect(await recorded.episodes()).toHaveLength(4);
    expect(await project.replay(run)).toMatchObject({ checked: 4, problems: [], gaps: [] });
    expect((await project.rescore(run)).episodes.map(({ before, after }) => [before, after])).toEqual(
      Array.from({ length: 4 }, () => [1, 1]),
    );
  });

  it('goes on with an operation whose events nobody reads any more', async () => {
    const operation = project.evaluate({ agent: 'random', tasks: 1 });
    for await (const { type } of operation) if (type === 'started') break;
    expect((await operation).episodes).toBe(2);
  });

  it('throws what a command prints, as data', async () => {
    await expect(openProject({ config: 'none.ts' })).rejects.toMatchObject({
      code: 'LAMARCK_CONFIG_MISSING',
      boundary: 'user',
      remedy: expect.stringContaining('npx lamarck init'),
    });
    await expect(project.evaluate({ agent: 'nobody' })).rejects.toMatchObject({
      code: 'LAMARCK_RUN_NOT_FOUND',
    });
    await expect(project.evolve({ acceptChanges: true })).rejects.toMatchObject({
      code: 'LAMARCK_NOTHING_RESUMED',
    });
    await expect(project.play('counter/none')).rejects.toMatchObject({ code: 'LAMARCK_FAMILY_UNKNOWN' });
  });
});
