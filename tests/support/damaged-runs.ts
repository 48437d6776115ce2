import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import { createRandom, LamarckError } from '../../src/protocol/index.ts';
import { readFrames } from '../../src/trajectory/index.ts';
import { corrupt, RUN_PARTS, type Corruption } from './corruption.ts';
import type { Project } from './project.ts';
import type { Resumer } from './resume-run.ts';
import { runFacts } from './run-facts.ts';

/** A finished run, and what is true of it. */
export interface FinishedRun {
  readonly runs: string;
  readonly run: string;
  readonly facts: unknown;
  readonly episodes: number;
}

/** What it takes for one child in a project of counters: 138 episodes. */
const SMALLEST = { budget: 220, improvement: 16, sealed: 2 };

/** Plays the smallest run of counters to its end that has a child. */
export async function finishSmallestRun(project: Project): Promise<FinishedRun> {
  const file = join(project.folder, 'lamarck.config.ts');
  const code = await readFile(file, 'utf8');
  const { budget, improvement, sealed } = SMALLEST;
  const smaller = code.replace(
    /improvement: \d+, sealed: \d+/,
    `improvement: ${improvement}, sealed: ${sealed}`,
  );
  expect(smaller).not.toBe(code);
  await writeFile(file, smaller);
  return await finishRun(project, budget);
}

/** Plays a small run of counters to its end. */
export async function finishRun(project: Project, budget = 420): Promise<FinishedRun> {
  const { code, output, errors } = await project.lamarck(
    'evolve',
    '--seed',
    '5',
    '--budget',
    String(budget),
    '--unchecked',
  );
  expect([code, errors]).toEqual([0, '']);
  const runs = join(project.folder, 'runs');
  const run = /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? '';
  return {
    runs,
    run,
    facts: await runFacts(join(runs, run)),
    episodes: (await keysIn(join(runs, run))).size,
  };
}

export interface Case {
  /** Where it fails, this and the seed are all that is needed to see it again. */
  readonly number: number;
  readonly kind: Corruption;
  /** Whether `run.db` is there: without it, nothing knows what the record had. */
  readonly withDatabase: boolean;
  /** Whether the database was open when the process was killed, and has a write-ahead log. */
  readonly withLog: boolean;
}

/** Copies the run, damages the copy, and says what was done to it and which episodes it lost. */
export async function damagedCopy(
  { runs, run, episodes }: FinishedRun,
  { number, kind, withDatabase, withLog }: Case,
  part = RUN_PARTS[number % RUN_PARTS.length] ?? '',
): Promise<{ name: string; done: string; missing: number }> {
  const random = createRandom(`damage ${number}`);
  const name = `damaged-${number}`;
  const folder = join(runs, name);
  await cp(join(runs, run), folder, { recursive: true });
  if (withDatabase && withLog) await leaveLog(folder);
  if (!withDatabase)
    for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, `run.db${suffix}`), { force: true });
  const done =
    (await corrupt(folder, part, kind, random)) ??
    (await corrupt(folder, 'segments', kind, random)) ??
    'nothing';
  return { name, done, missing: episodes - (await keysIn(folder)).size };
}

/** What a resume said about losses is what was lost. */
export function expectTrue(said: readonly string[], missing: number, done = ''): void {
  const counted = said.flatMap((line) => /lost +(\d+) episode/.exec(line)?.[1] ?? []).map(Number);
  expect(
    counted.reduce((sum, one) => sum + one, 0),
    done,
  ).toBe(missing);
  if (missing > 0) expect(said.join('\n'), done).toContain('played again');
}

/** A run that cannot read an episode when it is resumed ends with that error, and not as if it had been asked to stop. */
export async function expectUnreadable(resumer: Resumer, name: string, first: number): Promise<void> {
  const error = new LamarckError({
    code: 'LAMARCK_STORE_FAILED',
    boundary: 'store',
    message: 'It is gone.',
  });
  let asked = 0;
  const failing = resumer.resume(name, (key, own) => (++asked >= first ? Promise.reject(error) : own(key)));
  await expect(failing).rejects.toBe(error);
}

/** Keys of the episodes that can be read. */
async function keysIn(folder: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { records } of readFrames(join(folder, 'trajectories'), { onCorrupt: () => {} })) {
    const [first] = records;
    if (first?.type === 'episode-start') keys.add(first.episode);
  }
  return keys;
}

/** Leaves the files that a killed process leaves: a write-ahead log beside the database, and the process's id. */
async function leaveLog(folder: string): Promise<void> {
  const path = join(folder, 'run.db');
  const kept = `${folder}-kept`;
  const database = new DatabaseSync(path);
  database.exec(
    'pragma journal_mode = wal; pragma wal_autocheckpoint = 0; update episodes set reward = reward',
  );
  await cp(folder, kept, { recursive: true });
  database.close();
  await rm(folder, { recursive: true });
  await cp(kept, folder, { recursive: true });
  await rm(kept, { recursive: true });
}
