import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openProject, type EvolveEvent, type Project as LamarckProject } from '../../src/engine/index.ts';
import { advance, canonicalJson, EMPTY_RUN, type Json, type RunEvent } from '../../src/protocol/index.ts';
import { openRunRecord, readManifest, summaryOf } from '../../src/run/index.ts';
import { createSmallCounters } from '../support/small-counters.ts';
import type { Project } from '../support/project.ts';

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
    const page = await readFile(join(import.meta.dirname, '../../docs/engine.md'), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(page) ?? [];
    expect(example.trim().split('\n')).toHaveLength(14);
    expect(await readFile(join(import.meta.dirname, '../../README.md'), 'utf8')).toContain(example);
    await writeFile(
      join(folder.folder, 'experiment.mts'),
      example.replace('{ seed: 1 }', '{ seed: 1, budget: 204, unchecked: true }'),
    );
    const { code, output, errors } = await folder.node('experiment.mts');
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/^random earns \d\.\d\d on 8 dev tasks\n.*-evolve-1: 204 episodes\ncalibrating\n/);
    expect(output).toMatch(/\na child: .*\n(.*\n)*confirming\nsealing\nreporting\n.*minus seed agent -?\d/);
  });

  it('is stopped by a signal when the episodes in flight have ended, and goes on with the run to the same end', async () => {
    const stop = new AbortController();
    const stopped = project.evolve({ ...SMALL, signal: stop.signal });
    let run = '';
    const reason: unknown = await (async () => {
      for await (const event of stopped) {
        if (event.type === 'started') ({ run } = event);
        if (event.type === 'improvement' && event.child !== null) stop.abort();
      }
    })().catch((error: unknown) => error);
    expect(reason).toMatchObject({ code: 'LAMARCK_DRAINED', remedy: { command: `evolve --resume ${run}` } });
    const resumed = await project.evolve({ resume: run });
    const whole = await project.evolve(SMALL);
    expect({ ...resumed.summary, run: '', wallSeconds: 0 }).toEqual({
      ...whole.summary,
      run: '',
      wallSeconds: 0,
    });
    expect((await project.runs()).map((each) => each.run)).toEqual(expect.arrayContaining([run, whole.run]));
  });

  it('shows a run that another process works on within a second, and comes to the same state', async () => {
    await writeFile(
      join(folder.folder, 'watch.mts'),
      `import { setTimeout } from 'node:timers/promises';
      import { openProject } from 'lamarck/engine';
      const project = await openProject();
      console.log('ready');
      let name;
      while (!(name = (await project.runs()).find(({ manifest }) => manifest?.seed === 6)?.run)) await setTimeout(50);
      for await (const event of project.watch(name)) console.log(JSON.stringify({ at: Date.now(), event }));`,
    );
    const watcher = folder.startNode('watch.mts');
    const lines: string[] = [];
    const watched = (async () => {
      for await (const line of createInterface(watcher.stdout as Readable)) lines.push(line);
    })();
    await vi.waitUntil(() => lines.length > 0, { timeout: 30_000 });

    const told = new Map<string, number>();
    const evolution = project.evolve({ ...SMALL, seed: 6 });
    let state = EMPTY_RUN;
    for await (const event of evolution) {
      if (!isOfRun(event)) continue;
      state = advance(state, event);
      if (event.type !== 'activity') told.set(canonicalJson(plain(event)), Date.now());
    }
    const { run, summary } = await evolution;
    await watched;
    const seen = lines.slice(1).map((line) => JSON.parse(line) as { at: number; event: RunEvent });
    expect(seen.map(({ event }) => canonicalJson(event as Json)).sort()).toEqual([...told.keys()].sort());
    const delays = seen.map(({ at, event }) => at - (told.get(canonicalJson(event as Json)) ?? 0));
    // Of the others a busy machine may have been in the way.
    expect(delays.sort((left, right) => left - right)[Math.floor(delays.length / 2)]).toBeLessThan(1000);
    const afterwards = await project.watch(run);
    expect(afterwards).toMatchObject({ isRunning: false, summary });
    expect(afterwards.state).toEqual(state);
  });

  it('states in the summary what the record says', async () => {
    const { run, summary, folder: runFolder } = await project.evolve({ ...SMALL, seed: 7 });
    const { state } = await project.watch(run);
    await using record = await openRunRecord(runFolder);
    expect(summaryOf(await readManifest(runFolder), state, await record.totals())).toEqual(summary);
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
      remedy: { command: 'init DIR', option: 'config' },
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

/** Those of an evolution's events that are about its run, and not about what was done before it or its time. */
function isOfRun(event: EvolveEvent): event is RunEvent {
  return !['notice', 'planned', 'episodes', 'on-trust', 'recovered', 'started', 'time-left'].includes(
    event.type,
  );
}

/** As it stands in the record. */
function plain(event: RunEvent): Json {
  return JSON.parse(JSON.stringify(event)) as Json;
}
