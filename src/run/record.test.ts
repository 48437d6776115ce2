import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVENT_VERSION, RECORD_VERSION, runStateOf, type ImprovementRecord } from '../protocol/index.ts';
import { openRunRecord } from './record.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-record-'));
});
afterEach(() => rm(folder, { recursive: true }));

const improvement = (child: string, arm?: 'learner'): ImprovementRecord => ({
  type: 'improvement',
  version: RECORD_VERSION,
  ...(arm ? { arm } : {}),
  index: 0,
  parent: 'a'.repeat(64),
  child,
  kind: 'policy',
  rationale: 'It learned.',
  episodes: 4,
});

describe('the record of a run that is resumed', () => {
  it('holds an improvement once, also where it is recorded again', async () => {
    for (let time = 0; time < 2; time++) {
      await using record = await openRunRecord(folder);
      await record.log.record(improvement('b'.repeat(64)));
      await record.log.record(improvement('b'.repeat(64)));
    }
    await using record = await openRunRecord(folder);
    expect(await record.store.improvements()).toHaveLength(1);
  });

  it('takes an improvement whose files were listed, as older records have it, for the same one', async () => {
    {
      await using record = await openRunRecord(folder);
      await record.log.record({ ...improvement('b'.repeat(64)), files: { 'agent.ts': 'c'.repeat(64) } });
    }
    await using record = await openRunRecord(folder);
    await record.log.record(improvement('b'.repeat(64)));
    expect(await record.store.improvements()).toHaveLength(1);
  });

  it('holds an event once, and gives events back in their order', async () => {
    const phase = (name: 'calibrating' | 'exploring') =>
      ({ type: 'phase-start', version: EVENT_VERSION, phase: name, budget: 10 }) as const;
    for (let time = 0; time < 2; time++) {
      await using record = await openRunRecord(folder);
      await record.log.record(phase('exploring'));
      await record.log.record(phase('calibrating'));
      // What nothing was played for has no mean, which JSON has null for.
      const nothing = { mean: Number.NaN, low: 0, high: 0, n: 0, missing: 0 };
      const champion = { type: 'champion', version: EVENT_VERSION, budget: 10, genome: 'a' } as const;
      await record.log.record({ ...champion, dev: nothing });
      expect((await record.store.events()).map(({ type }) => type)).toEqual([
        'phase-start',
        'phase-start',
        'champion',
      ]);
      expect(runStateOf(await record.store.events())).toMatchObject({
        phase: 'calibrating',
        budget: 10,
        champion: { id: 'a', dev: nothing },
      });
    }
  });

  it('refuses another improvement at the place of one that it holds, and keeps the first', async () => {
    {
      await using record = await openRunRecord(folder);
      await record.log.record(improvement('b'.repeat(64)));
    }
    await using record = await openRunRecord(folder);
    await expect(record.log.record(improvement('c'.repeat(64)))).rejects.toMatchObject({
      code: 'LAMARCK_RUN_DIVERGED',
      boundary: 'store',
      message: expect.stringContaining(
        `Improvement archive/0 made ${'c'.repeat(64)} where the record has ${'b'.repeat(64)}`,
      ) as string,
    });
    // The arm that only learns counts its improvements by itself.
    await record.log.record(improvement('c'.repeat(64), 'learner'));
    expect((await record.store.improvements()).map(({ child }) => child?.[0])).toEqual(['b', 'c']);
  });
});
