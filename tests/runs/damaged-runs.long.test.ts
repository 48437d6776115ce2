import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CORRUPTIONS, type Corruption } from '../support/corruption.ts';
import {
  damagedCopy,
  expectTrue,
  expectUnreadable,
  finishRun,
  type Case,
  type FinishedRun,
} from '../support/damaged-runs.ts';
import { createProject, type Project } from '../support/project.ts';
import { createResumer, type Resumer } from '../support/resume-run.ts';
import { runFacts } from '../support/run-facts.ts';

/** Damages of one kind; each goes to the next part of a run, and has a seed of its own. */
const CASES = 40;

describe('a finished run that was damaged at random', () => {
  let project: Project;
  let resumer: Resumer;
  let finished: FinishedRun;
  beforeAll(async () => {
    project = await createProject('counters');
    finished = await finishRun(project);
    resumer = await createResumer(project.folder);
  }, 600_000);
  afterAll(async () => {
    await resumer[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });

  it.each(CORRUPTIONS)(
    'ends with the same facts when it is resumed, and says what it lost: %s',
    async (kind) => {
      const first = CORRUPTIONS.indexOf(kind) * CASES;
      for (let number = first; number < first + CASES; number++) {
        // Nine parts of a run: each of them with run.db, without it, and with a write-ahead log beside it.
        const round = Math.floor((number - first) / 9);
        const damage: Case = { number, kind, withDatabase: round % 2 === 0, withLog: round % 4 === 0 };
        const { name, done, missing } = await damagedCopy(finished, damage);
        const said = await resumer.resume(name).catch((error: unknown) => {
          throw new Error(`number ${number}: ${done}`, { cause: error });
        });
        expect(await runFacts(join(finished.runs, name)), `number ${number}: ${done}`).toEqual(
          finished.facts,
        );
        expectTrue(said, missing, done);
        await rm(join(finished.runs, name), { recursive: true });
      }
    },
    1_800_000,
  );

  // Those of one kind that damaged-runs.test.ts has one of, in the parts of a run where they matter most.
  it.each<[Corruption, string, boolean]>([
    ['bit', 'manifest', false],
    ['truncation', 'segments', true],
    ['truncation', 'segments', false],
    ['duplicate', 'segments', true],
    ['duplicate', 'refs', false],
    ['reorder', 'segments', true],
    ['deletion', 'objects', true],
  ])('ends with the same facts after damage: %s in %s, run.db: %s', async (kind, part, withDatabase) => {
    const damage = { number: 1, kind, withDatabase, withLog: withDatabase };
    const { name, missing } = await damagedCopy(finished, damage, part);
    expectTrue(await resumer.resume(name), missing);
    expect(await runFacts(join(finished.runs, name))).toEqual(finished.facts);
    expect(await resumer.resume(name)).toEqual([]);
    await rm(join(finished.runs, name), { recursive: true });
  });

  it('never says that it was asked to stop where an episode could not be read', async () => {
    const name = 'unreadable';
    await cp(join(finished.runs, finished.run), join(finished.runs, name), { recursive: true });
    for (let first = 4; first <= 100; first += 16) await expectUnreadable(resumer, name, first);
    await resumer.resume(name);
    expect(await runFacts(join(finished.runs, name))).toEqual(finished.facts);
  });
});
