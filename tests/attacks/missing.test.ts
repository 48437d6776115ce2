import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SummarySchema, type MissingReason, type Summary } from '../../src/protocol/index.ts';
import { createProject, type Project } from '../support/project.ts';

interface Evaluated {
  readonly all: { mean: number; low: number; high: number; n: number; missing: number };
  readonly families: Record<string, Evaluated['all']>;
  readonly missingReasons: MissingReason[];
}

describe('agents that make rewards missing where they would lose', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject('breaking');
    await cp(join(project.folder, 'agent'), join(project.folder, 'smashing'), { recursive: true });
    await writeFile(
      join(project.folder, 'smashing', 'policy.json'),
      '{ "smashes": true, "opens": true, "copy": 0 }',
    );
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('score no more than an honest one in `eval`, which says how many rewards are missing, and why', async () => {
    const evaluation = (agent: string) => ['eval', '--agent', agent, '--tasks', '6'];
    const results = await project.lamarckEach([
      [...evaluation('agent'), '--json'],
      [...evaluation('smashing'), '--json'],
      evaluation('smashing'),
    ]);
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
    const [honest, smashing] = results.slice(0, 2).map((one) => JSON.parse(one.output) as Evaluated) as [
      Evaluated,
      Evaluated,
    ];
    expect(honest.all).toMatchObject({ mean: 0.5, n: 12, missing: 0 });
    expect(smashing.all).toMatchObject({ mean: 0.5, n: 12, missing: 6 });
    expect(smashing.all.low).toBeLessThanOrEqual(honest.all.low);
    expect(smashing.families['doors/locked']).toMatchObject({ mean: 0, low: 0, high: 1, n: 6, missing: 6 });
    expect(smashing.missingReasons).toEqual([
      {
        code: expect.stringMatching(/^LAMARCK_/) as string,
        count: 6,
        example: expect.stringContaining('hinges') as string,
      },
    ]);
    const output = results[2]?.output;
    expect(output).toMatch(/all +0\.50 \[0\.\d\d, 1\.00\], 6 missing/);
    expect(output).toMatch(/doors\/locked +no data, 6 missing/);
    expect(output).toMatch(/6 of 12 episodes have no reward/);
    expect(output).toMatch(/6 × LAMARCK_\w+: .*hinges/);
  });

  it('has no result, and exit code 1, where nothing at all was played', async () => {
    const run = await project.lamarck(
      'eval',
      '--agent',
      'smashing',
      '--tasks',
      '4',
      '--config',
      await lockedOnly(),
    );
    expect(run.code).toBe(1);
    expect(run.output).toContain('no data, 4 missing');
    expect(run.errors).toMatch(/None of 4 episodes has a reward/);
    expect(run.errors).toMatch(/4 × LAMARCK_\w+ \(".*hinges/);
    expect(run.errors).toContain('LAMARCK_NOTHING_PLAYED');
    const name = /npx lamarck replay (\S+) lists/.exec(run.output)?.[1] ?? '';
    const [replayed, rows, rescored] = await project.lamarckEach([
      ['replay', name],
      ['replay', name, '--json'],
      ['rescore', name],
    ]);
    expect(replayed?.code).toBe(1);
    expect(replayed?.output).toMatch(/4 × LAMARCK_\w+: .*hinges/);
    expect(JSON.parse(rows?.output ?? '')).toHaveLength(4);
    expect(JSON.parse(rows?.output ?? '')).toMatchObject([
      { error_code: expect.stringMatching(/^LAMARCK_/) as string },
      {},
      {},
      {},
    ]);
    expect(rows?.errors).toMatch(/4 × LAMARCK_\w+/);
    expect(rescored?.code).toBe(1);
    expect(rescored?.output).toMatch(/4 not judged again: .*LAMARCK_/);
  });

  it('are not offered by `env serve` where no session opens', async () => {
    const text = await readFile(join(project.folder, 'doors.ts'), 'utf8');
    await writeFile(
      join(project.folder, 'walls.ts'),
      text.replace(
        'let isOpen = false;',
        "let isOpen = false;\n    if (!isOpen) throw new Error('Bricked up.');",
      ),
    );
    const config = await readFile(join(project.folder, 'lamarck.config.ts'), 'utf8');
    const walled = join(project.folder, 'walls.config.ts');
    await writeFile(walled, config.replace('./doors.ts', './walls.ts'));
    const { code, output, errors } = await project.lamarck(
      'env',
      'serve',
      'doors',
      '--port',
      '0',
      '--config',
      walled,
    );
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toMatch(/Bricked up/);
    expect(errors).toMatch(/LAMARCK_\w+/);
  });

  describe('in `evolve`', () => {
    let summary: Summary;
    let output: string;
    beforeAll(async () => {
      const run = await project.lamarck('evolve', '--seed', '3');
      expect(run.errors).toBe('');
      expect(run.code).toBe(0);
      output = run.output;
      const folder = join(project.folder, 'runs', /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? 'none');
      summary = SummarySchema.parse(JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')));
    });

    it('win no race, though all of them miss rewards', () => {
      const children = summary.genomes.slice(1);
      expect(children.length).toBeGreaterThan(1);
      for (const { verdict, dev } of children) {
        expect(verdict).not.toBe('better');
        expect(dev.missing).toBeGreaterThan(0);
        expect(dev.mean).toBeLessThanOrEqual(0.5);
      }
    });

    it('are neither finalists nor champion', () => {
      expect(summary.finalists).toEqual([]);
      expect(summary.champion).toBe(summary.genomes[0]?.id);
    });

    it('show in the sealed table what they miss, and a mean that is no higher for it', () => {
      const { learnerOnly, champion, gainOverLearner } = summary.sealed;
      expect(champion).toMatchObject({ mean: 0.5, n: 12, missing: 0 });
      expect(learnerOnly).toMatchObject({ mean: 0.5, high: 1, n: 12, missing: 6 });
      expect(gainOverLearner).toMatchObject({ mean: 0, n: 12, missing: 6 });
      expect(output).toMatch(/0\.50 \[0\.\d\d, 1\.00\], 6 missing/);
    });

    it('gain nothing in `agents ablate`, which counts what is missing', async () => {
      const child = summary.genomes[1]?.id ?? '';
      const words = ['agents', 'ablate', summary.run, child, '--tasks', '3', '--json'];
      const { code, output: said } = await project.lamarck(...words);
      expect(code).toBe(0);
      const { whole, parts, missingReasons } = JSON.parse(said) as {
        whole: { mean: number; n: number; missing: number };
        parts: { loss: { evidence: number } | null }[];
        missingReasons: MissingReason[];
      };
      expect(whole).toMatchObject({ mean: 0, n: 6, missing: 3 });
      expect(missingReasons[0]?.count).toBeGreaterThanOrEqual(3);
      for (const { loss } of parts) expect(loss?.evidence ?? 0).toBeLessThanOrEqual(1);
    });

    it('name the reasons in the output and in the summary', () => {
      expect(summary.missing).toBeGreaterThan(0);
      expect(summary.missingReasons.reduce((sum, { count }) => sum + count, 0)).toBe(summary.missing);
      expect(output).toMatch(/\d+ of \d+ episodes have no reward/);
      expect(output).toMatch(/× LAMARCK_\w+: /);
    });
  });

  /** A configuration of the same project with the locked doors alone. */
  async function lockedOnly(): Promise<string> {
    const file = join(project.folder, 'locked.config.ts');
    const text = await readFile(join(project.folder, 'lamarck.config.ts'), 'utf8');
    await writeFile(
      file,
      text.replace('[open, hopeless]', '[hopeless]').replace('{ hopeless, open }', '{ hopeless }'),
    );
    return file;
  }
});
