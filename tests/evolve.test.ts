import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../src/protocol/index.ts';
import { openStore } from '../src/store/index.ts';
import { killWhileRunning } from './support/killing.ts';
import { createProject, type Project } from './support/project.ts';
import { runFacts } from './support/run-facts.ts';

const BUDGET = ['--seed', '7', '--budget', '420'];

describe('lamarck evolve, on counters with an agent of three files', () => {
  let project: Project;
  let first: string;
  let output: string;

  beforeAll(async () => {
    project = await createProject('counters');
    const run = await project.lamarck('evolve', ...BUDGET);
    expect(run.errors).toBe('');
    expect(run.code).toBe(0);
    output = run.output;
    first = join(project.folder, 'runs', /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? 'none');
  }, 300_000);
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('admits children, scores five arms on the sealed split, and says how to look at it', () => {
    expect(output).toMatch(/\+ [0-9a-f]{8} ← [0-9a-f]{8} {2}blunder/);
    expect(output).toMatch(/random +seed agent +learner only +champion +oracle +gain +over learner/);
    expect(output).toMatch(/npx lamarck replay \S+ [0-9a-f]{12}/);
  });

  it('never spends more episodes than its budget', async () => {
    const { summary } = (await runFacts(first)) as { summary: { episodes: number } };
    expect(summary.episodes).toBeLessThanOrEqual(420);
  });

  it('admits the same genomes and records the same trajectories with the same seed and budget', async () => {
    const again = await project.lamarck('evolve', ...BUDGET);
    expect(again.code).toBe(0);
    expect(await runFacts(`${first}-2`)).toEqual(await runFacts(first));
  });

  it('ends the same when a process of each kind is killed, and it is resumed', async () => {
    const victims = ['mind', 'run', 'world', 'bundler', 'group', 'watchdog', 'run'] as const;
    const random = createRandom('moments of death');
    const { runs, killed } = await killWhileRunning(project, BUDGET, victims, random);
    expect(killed).toEqual(victims);
    for (const run of runs)
      expect(await runFacts(join(project.folder, 'runs', run))).toEqual(await runFacts(first));
  }, 300_000);

  it('rebuilds a deleted run.db to the same content', async () => {
    const before = await dump(first);
    for (const suffix of ['', '-wal', '-shm']) await rm(join(first, `run.db${suffix}`), { force: true });
    expect(await dump(first)).toBe(before);
  });

  it('verifies every trajectory by playing it again', async () => {
    const { code, output: said } = await project.lamarck('replay', first, '--verify');
    expect(said).toMatch(/verified \d+ trajectories/);
    expect(code).toBe(0);
  });

  it('scores a fresh slice when a finished run is given more budget', async () => {
    const more = await project.lamarck('evolve', '--resume', first, '--budget', '560', '--json');
    expect(more.code).toBe(0);
    expect((JSON.parse(more.output) as { slice: number }).slice).toBe(1);
  });

  it('names the step at which a changed world diverges', async () => {
    const file = join(project.folder, 'counter.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace('value += amount', 'value += amount === 5 ? 4 : amount'));
    try {
      const { code: exit, output: said } = await project.lamarck('replay', first, '--verify');
      expect(exit).toBe(1);
      expect(said).toMatch(/diverges [0-9a-f]{12} at step \d+: .*value/);
    } finally {
      await writeFile(file, code);
    }
  });

  it('refuses to go on with a run whose tasks have changed', async () => {
    const file = join(project.folder, 'counter.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replaceAll('Reach $', 'Attain $'));
    try {
      const { code: exit, errors } = await project.lamarck('evolve', '--resume', first);
      expect(exit).toBe(1);
      expect(errors).toContain('LAMARCK_RUN_CHANGED');
    } finally {
      await writeFile(file, code);
    }
  });

  it('reads on behind a torn tail', async () => {
    await appendFile(join(first, 'trajectories', '000001.zst'), Buffer.from('half a frame'));
    const { code, output: said } = await project.lamarck('replay', first);
    expect(code).toBe(0);
    expect(said.split('\n').length).toBeGreaterThan(200);
  });
});

async function dump(folder: string): Promise<string> {
  await using store = await openStore(folder);
  return await store.dump();
}
