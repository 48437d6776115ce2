import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRunRecord } from '../../src/run/index.ts';
import type { Project } from '../support/project.ts';
import { runFacts } from '../support/run-facts.ts';
import { createSmallCounters, SMALL_EVOLVE } from '../support/small-counters.ts';

/** As `SMALL_EVOLVE`, and the families are checked. */
const CHECKED_EVOLVE = SMALL_EVOLVE.filter((word) => word !== '--unchecked');

describe('lamarck evolve, when something is wrong', () => {
  let project: Project;
  beforeEach(async () => {
    project = await createSmallCounters();
  });
  afterEach(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('refuses families that cannot be trusted before it spends anything, unless told not to look', async () => {
    const file = join(project.folder, 'counter.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replaceAll('evidence.value === params.goal', 'evidence.value >= 0'));
    const [refused, trusting, looking] = await project.lamarckEach([
      CHECKED_EVOLVE,
      [...SMALL_EVOLVE, '--preview'],
      [...CHECKED_EVOLVE, '--preview'],
    ]);
    expect(refused?.code).toBe(1);
    expect(refused?.errors).toMatch(/"counter\/reach" cannot be trusted: .*doing nothing/);
    expect(refused?.errors).toContain('LAMARCK_FAMILY_UNSOUND');
    expect(await readdir(project.folder)).not.toContain('runs');
    expect(trusting?.code, trusting?.errors).toBe(0);
    expect(trusting?.output).not.toContain('checks counter/reach');
    expect(looking?.output).toContain('checks counter/reach, counter/descend');
  });

  it('counts a fault that an action repeats against the agent, and shows it as missing for the oracle, and refuses the run while another process writes it', async () => {
    const code = await readFile(join(project.folder, 'counter.ts'), 'utf8');
    await writeFile(
      join(project.folder, 'counter.ts'),
      code.replace(
        'value += amount;',
        "value += amount;\n          if (value === 3) throw new Error('it jams at 3');",
      ),
    );
    const [evolved, one] = await project.lamarckEach([
      [...SMALL_EVOLVE, '--json'],
      // Its goal is 3.
      ['run', 'counter/reach', '--agent', 'oracle', '--seed', '1'],
    ]);
    expect(evolved?.code, evolved?.errors).toBe(0);
    const { sealed } = JSON.parse(evolved?.output ?? '') as {
      sealed: { seedAgent: { n: number; missing: number } };
    };
    expect(sealed.seedAgent).toMatchObject({ missing: 0 });
    expect(one?.output).toContain('no reward');
    expect(one?.output).toContain('it jams at 3');
    expect(one?.code).toBe(1);

    const [run = ''] = (await readdir(join(project.folder, 'runs'))).filter((name) =>
      name.includes('evolve'),
    );
    await using _writing = await openRunRecord(join(project.folder, 'runs', run));
    const locked = await project.lamarck('evolve', '--resume', run);
    expect(locked.code).toBe(1);
    expect(locked.errors).toContain('LAMARCK_RUN_LOCKED');
    expect(locked.errors).toContain(String(process.pid));
  });

  it('names the file and the field of a configuration that is broken', async () => {
    const faults: readonly (readonly [fault: string, text: string, says: string])[] = [
      ['a syntax error', 'export default {', 'LAMARCK_CONFIG_BROKEN'],
      ['an enum', 'enum A { B }\nexport default {};', 'LAMARCK_CONFIG_BROKEN'],
      ['no suites', 'export default { suites: {} };', 'name at least one suite'],
      ['a family that is none', 'export default { suites: { a: [{}] } };', 'suites.a[0]'],
      ['an unknown field', 'export default { suite: {} };', 'suite'],
      [
        'a budget that is no number',
        "export default { suites: {}, budget: { episodes: 'many' } };",
        'budget.episodes',
      ],
    ];
    for (const [place, [, text]] of faults.entries()) {
      await mkdir(join(project.folder, String(place)));
      await writeFile(join(project.folder, String(place), 'lamarck.config.ts'), text);
    }
    const results = await project.lamarckEach(
      faults.map((_, place) => ['evolve', '--config', `${place}/lamarck.config.ts`]),
    );
    for (const [place, [fault, , says]] of faults.entries()) {
      expect(results[place]?.code, fault).toBe(1);
      expect(results[place]?.errors, fault).toContain(`${place}/lamarck.config.ts`);
      expect(results[place]?.errors, fault).toContain(says);
      expect(results[place]?.errors, fault).toContain('→');
    }
  });

  it('says how much a budget must be that is too small for anything, and starts nothing', async () => {
    const { code, errors } = await project.lamarck('evolve', '--budget', '50');
    expect(code).toBe(1);
    const smallest = /at least (\d+) episodes/.exec(errors)?.[1] ?? '';
    expect(await readdir(project.folder)).not.toContain('runs');
    const previews = await project.lamarckEach(
      [smallest, String(Number(smallest) - 1)].map((budget) => ['evolve', '--budget', budget, '--preview']),
    );
    expect(previews.map((preview) => preview.code)).toEqual([0, 1]);
  });

  it('says what to do where runs cannot be kept', async () => {
    await writeFile(join(project.folder, 'runs'), 'a file stands in the way');
    const { code, errors } = await project.lamarck(...SMALL_EVOLVE);
    expect(code).toBe(1);
    expect(errors).toMatch(/LAMARCK_STORE_FAILED/);
  });

  it('keeps what is finished when the disk is full, and goes on when there is room', async ({ skip }) => {
    const runs = join(project.folder, 'runs');
    await mkdir(runs);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192k', 'tmpfs', runs], { stdio: 'ignore' });
    } catch {
      skip('a small disk cannot be mounted here (it takes root)');
    }
    try {
      const full = await project.lamarck(...SMALL_EVOLVE);
      expect(full.code).toBe(1);
      expect(full.errors).toContain('LAMARCK_STORE_FULL');
      const run = /evolve --resume ([\w-]+)/.exec(full.errors)?.[1] ?? '';
      execFileSync('mount', ['-o', 'remount,ro', runs]);
      const readOnly = await project.lamarck('evolve', '--resume', run);
      expect(readOnly.code).toBe(1);
      expect(readOnly.errors).toContain('LAMARCK_STORE_READ_ONLY');
      execFileSync('mount', ['-o', 'remount,rw,size=64m', runs]);
      expect((await project.lamarck('evolve', '--resume', run)).code).toBe(0);
      expect(((await runFacts(join(runs, run))) as { duplicates: number }).duplicates).toBe(0);
    } finally {
      execFileSync('umount', [runs]);
    }
  });

  it('advises no resume of a run that the disk had no room to begin, and leaves nothing of it', async ({
    skip,
  }) => {
    const runs = join(project.folder, 'runs');
    await mkdir(runs);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', runs], { stdio: 'ignore' });
    } catch {
      skip('a small disk cannot be mounted here (it takes root)');
    }
    try {
      const full = await project.lamarck(...SMALL_EVOLVE);
      expect(full.code).toBe(1);
      expect(full.errors).toContain('LAMARCK_STORE_FULL');
      expect(full.errors).toContain('Free some space');
      expect(full.errors).not.toContain('--resume');
      expect(await readdir(runs)).toEqual([]);
    } finally {
      execFileSync('umount', [runs]);
    }
  });
});
