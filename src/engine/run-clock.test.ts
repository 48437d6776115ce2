import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plannedEpisodes, type RunPhase } from '../evolution/index.ts';
import { EVENT_VERSION, type RunEvent } from '../protocol/index.ts';
import { createRunClock, type RunClock } from './run-clock.ts';
import type { TimeForecast } from './time-forecast.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'tests', 'fixtures', 'timings');

type Row = readonly [at: number, phase: string] | readonly [at: number, ...episode: number[]];

/** Moments of a recorded run at each tenth of its time: what was left of it, and what was forecast. */
function replayed(name: string, load: number): { left: number; forecast: TimeForecast | undefined }[] {
  const [head = '', ...lines] = readFileSync(join(FOLDER, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  const { families, budget, workers } = JSON.parse(head) as {
    families: string[];
    budget: { episodes: number; improvement: number; sealed: number; unseen: number };
    workers: number;
  };
  const rows = lines.map((line) => JSON.parse(line) as Row);
  const known = families.map((family) => ({ family: { name: family } }));
  const planned = plannedEpisodes({ families: known as never, unseen: [], budget });
  let at = 0;
  const clock: RunClock = createRunClock({ planned, workers, now: () => at });
  const end = rows.at(-1)?.[0] ?? 0;
  const moments: { left: number; forecast: TimeForecast | undefined }[] = [];
  for (const row of rows) {
    at = row[0];
    if (typeof row[1] === 'string')
      clock.hear({ type: 'phase-start', version: EVENT_VERSION, phase: row[1] as RunPhase, budget: 1 });
    else {
      const [, place = 0, seconds = 0, spent = 0, played = 0] = row as readonly number[];
      const family = families[place] ?? '';
      clock.hear({ type: 'episode', reward: 1, environment: '', family, seconds, spent, played } as RunEvent);
      if (at >= (moments.length * end) / 10)
        moments.push({ left: (end - at) / 1000, forecast: clock.left(load) });
    }
  }
  return moments;
}

const covers = ({ left, forecast }: ReturnType<typeof replayed>[number]): boolean =>
  forecast !== undefined && forecast.low <= left && left <= forecast.high;

/** The intervals were made to fit the first two, on machines with other work; nobody looked at the others before. */
const RUNS = ['counters-5', 'night-5', 'night-9', 'counters-11'];

describe('the forecast of a run, replayed from recorded runs', () => {
  it('covers what was left at nearly all moments, from the first episodes on', () => {
    const moments = RUNS.flatMap((name) => replayed(name, 0));
    expect(moments).toHaveLength(40);
    expect(moments.filter(covers).length).toBeGreaterThanOrEqual(36);
  });

  it('is never tenfold off', () => {
    for (const { left, forecast } of RUNS.flatMap((name) => replayed(name, 0))) {
      expect(forecast?.low).toBeLessThan(10 * left);
      expect(forecast?.high).toBeGreaterThan(left / 10);
    }
  });

  it('becomes narrower once a phase was measured, and smaller as it goes', () => {
    const [first, ...later] = replayed('counters-5', 0).map(({ forecast }) => forecast as TimeForecast);
    expect((first?.high ?? 0) / (first?.low ?? 1)).toBeGreaterThan(
      (later[3]?.high ?? 0) / (later[3]?.low ?? 1),
    );
    expect(later.at(-1)?.high).toBeLessThan((later[0]?.high ?? 0) / 2);
  });

  it('is wider and marked as rough while the machine is busy', () => {
    const [quiet] = replayed('night-9', 1);
    const [busy] = replayed('night-9', 8);
    expect([quiet?.forecast?.rough, busy?.forecast?.rough]).toEqual([false, true]);
    expect(busy?.forecast?.low).toBeLessThan(quiet?.forecast?.low ?? 0);
    expect(busy?.forecast?.high).toBeGreaterThan(quiet?.forecast?.high ?? Infinity);
  });
});

describe('the forecast of a run that is resumed', () => {
  it('leaves out episodes that the record answers, and how fast it does', () => {
    let at = 0;
    const planned = [{ phase: 'calibrating', family: 'a', episodes: 200 } as const];
    const clock = createRunClock({ planned, workers: 1, now: () => at });
    const episode = (spent: number, played: number, seconds: number): void =>
      clock.hear({ type: 'episode', reward: 1, environment: '', family: 'a', seconds, spent, played });
    clock.hear({ type: 'phase-start', version: EVENT_VERSION, budget: 1, phase: 'calibrating' });
    for (let spent = 1; spent <= 100; spent++) episode(spent, 0, 50);
    expect(clock.left(0)).toBeUndefined();
    for (let played = 1; played <= 40; played++) {
      at += 1000;
      episode(100 + played, played, 1);
    }
    const { low = 0, high = 0 } = clock.left(0) ?? {};
    expect(low).toBeLessThan(60);
    expect(high).toBeGreaterThan(60);
    expect(high).toBeLessThan(120);
  });
});
