import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SummarySchema, type Summary } from '../../src/protocol/index.ts';
import { openStore } from '../../src/store/index.ts';
import { createProject, type Project } from '../support/project.ts';

describe('a small run of scout, in a real browser and real isolates', () => {
  let project: Project;
  let folder: string;
  let output: string;
  let summary: Summary;

  beforeAll(async () => {
    project = await createProject('night');
    const run = await project.lamarck('evolve', '--seed', '2');
    expect(run.errors).toBe('');
    expect(run.code).toBe(0);
    output = run.output;
    folder = join(project.folder, 'runs', /kept in\s+runs\/(\S+)/.exec(output)?.[1] ?? 'none');
    summary = SummarySchema.parse(JSON.parse(await readFile(join(folder, 'summary.json'), 'utf8')));
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('admits children that learned, each with what its parent changed', () => {
    const kinds = summary.genomes.map(({ kind }) => kind);
    expect(kinds[0]).toBe('seed');
    expect(kinds).toContain('policy');
    expect(output).toMatch(/policy: \d+ weights from \d+ episodes/);
    expect(output).toMatch(/policy\.json \+\d+/);
  });

  it('has an oracle that wins everything, and no episode without a conclusion', () => {
    expect(Object.keys(summary.suites)).toEqual(['web', 'programs']);
    expect(summary.sealed.oracle).toMatchObject({ mean: 1, n: 4 });
    expect(summary.missing).toBe(0);
  });

  // All of them, and the same run once more, are in scout.long.test.ts.
  it('replays a trajectory of a page and of a program to the same observations', async () => {
    await using store = await openStore(folder);
    const episodes = await store.allEpisodes();
    const keys = ['web/', 'programs/'].map(
      (suite) => episodes.find(({ family, actor }) => family.startsWith(suite) && actor !== 'oracle')?.key,
    );
    const results = await project.lamarckEach(keys.map((key = '') => ['replay', folder, key, '--verify']));
    for (const { code, output: said } of results) {
      expect(said).toMatch(/verified 1 trajector/);
      expect(code).toBe(0);
    }
  });

  it('writes a replay as one page that needs nothing else', async () => {
    const episode = /npx lamarck replay \S+ ([0-9a-f]{12})/.exec(output)?.[1] ?? '';
    const file = join(project.folder, 'replay.html');
    expect((await project.lamarck('replay', folder, episode, '--html', file)).code).toBe(0);
    const page = await readFile(file, 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).not.toMatch(/(src|href)="https?:/);
  });

  it('says what to do where there is no browser', async () => {
    const named = await readFile(join(project.folder, 'lamarck.config.ts'), 'utf8');
    expect(named).not.toContain('chromium');
    const doctored = named.replace('defineConfig({', "defineConfig({\n  chromium: '/nowhere/chromium',");
    const config = join(project.folder, 'no-browser.config.ts');
    await writeFile(config, doctored);
    const { code, errors } = await project.lamarck('evolve', '--config', config);
    expect(code).toBe(1);
    expect(errors).toContain('/nowhere/chromium');
    expect(errors).toContain('LAMARCK_BROWSER_MISSING');
    expect(errors).toContain('→');
  });
});
