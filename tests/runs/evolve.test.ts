import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/protocol/index.ts';
import { openStore } from '../../src/store/index.ts';
import { killWhileRunning } from '../support/killing.ts';
import type { Project } from '../support/project.ts';
import { runFacts } from '../support/run-facts.ts';
import { createSmallCounters } from '../support/small-counters.ts';

const BUDGET = ['--seed', '7', '--budget', '204'];

describe('lamarck evolve, on counters with an agent of three files', () => {
  let project: Project;
  let first: string;
  let output: string;
  /** The run that Ctrl-C stopped. */
  let stopped: string;

  beforeAll(async () => {
    project = await createSmallCounters(2);
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
    expect(summary.episodes).toBeLessThanOrEqual(204);
  });

  it('drains on Ctrl-C, and says how to go on', async () => {
    const { code, errors } = await interrupt(project);
    expect(code).toBe(130);
    expect(errors).toContain('Stopped as asked; every finished episode is kept.');
    stopped = /evolve --resume ([\w-]+)/.exec(errors)?.[1] ?? '';
    expect(stopped).not.toBe('');
  });

  // What comes of the same seed and budget where nothing stops a run is seen in evolve.long.test.ts.
  it('ends the same when it was stopped, a process of each kind is killed, and it is resumed', async () => {
    const victims = ['agents', 'run', 'world', 'bundler', 'group', 'watchdog'] as const;
    const random = createRandom('moments of death');
    const { runs, killed } = await killWhileRunning(project, BUDGET, victims, random, 500, stopped);
    expect(runs[0]).toBe(stopped);
    expect(killed).toEqual(victims);
    for (const run of runs)
      expect(await runFacts(join(project.folder, 'runs', run))).toEqual(await runFacts(first));
  }, 300_000);

  it('rebuilds a deleted run.db to the same content', async () => {
    const before = await dump(first);
    for (const suffix of ['', '-wal', '-shm']) await rm(join(first, `run.db${suffix}`), { force: true });
    expect(await dump(first)).toBe(before);
  });

  it('verifies every trajectory by playing it again, and scores a fresh slice when it is given more budget', async () => {
    const [verified, more] = await project.lamarckEach([
      ['replay', first, '--verify'],
      ['evolve', '--resume', first, '--budget', '260', '--json'],
    ]);
    expect(verified?.output).toMatch(/verified \d+ trajectories/);
    expect(verified?.code).toBe(0);
    expect(more?.code, more?.errors).toBe(0);
    expect((JSON.parse(more?.output ?? '') as { slice: number }).slice).toBe(1);
  });

  it('names the step at which a changed world diverges, and refuses to go on there', async () => {
    const file = join(project.folder, 'counter.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace('value += amount', 'value += amount === 5 ? 4 : amount'));
    try {
      const [verified, resumed] = await project.lamarckEach([
        ['replay', first, '--verify'],
        ['evolve', '--resume', first],
      ]);
      expect(verified?.code).toBe(1);
      expect(verified?.output).toMatch(/diverges [0-9a-f]{12} at step \d+: .*value/);
      expect(resumed?.code).toBe(1);
      expect(resumed?.errors).toContain('LAMARCK_RUN_CHANGED');
    } finally {
      await writeFile(file, code);
    }
  });

  it('reads on behind a torn tail', async () => {
    await appendFile(join(first, 'trajectories', '000001.zst'), Buffer.from('half a frame'));
    const { code, output: said } = await project.lamarck('replay', first);
    expect(code).toBe(0);
    expect(said.split('\n').length).toBeGreaterThan(100);
  });
});

async function dump(folder: string): Promise<string> {
  await using store = await openStore(folder);
  return await store.dump();
}

/** Starts a run, and presses Ctrl-C when it has begun to explore. */
async function interrupt(project: Project): Promise<{ code: number | null; errors: string }> {
  const child = project.start('evolve', ...BUDGET);
  let [output, errors] = ['', ''];
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('seed agent')) resolve();
    });
  });
  child.kill('SIGINT');
  return { code: await exited, errors };
}
