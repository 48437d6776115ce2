import { once } from 'node:events';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SummarySchema, type RunChange, type Summary } from '../../src/protocol/index.ts';
import { createProject, type Project } from '../support/project.ts';
import { createSmallCounters, SMALL_EVOLVE } from '../support/small-counters.ts';

/** Much more than a whole run takes on a machine that is busy with others. */
const GENEROUS = 600_000;

/** The verifier stands behind two modules, a limit in a file that is read, a constant in a module whose specifier is computed. */
const FILES: Readonly<Record<string, (before: string) => string>> = {
  'verifier/rule.js': () => 'export const isReached = (value, goal) => value === goal;\n',
  'verifier/index.js': () => `export { isReached } from './rule.js';\n`,
  'computed/bonus.js': () => 'export const bonus = 0;\n',
  'limits.json': () => '{ "most": 9 }\n',
  'counter.ts': (counter) => `import { readFileSync } from 'node:fs';
import { isReached } from './verifier/index.js';
const { most } = JSON.parse(readFileSync(new URL('./limits.json', import.meta.url), 'utf8'));
const { bonus } = await import(['.', 'computed', 'bonus.js'].join('/'));
${counter
  .replaceAll('evidence.value === params.goal', 'isReached(evidence.value, params.goal + bonus)')
  .replace('value += amount;', 'value += Math.min(most, amount);')}`,
  'lamarck.config.ts': (config) =>
    config.replace('improvement: 8', "improvement: Number(process.env['IMPROVEMENT'] ?? 8)"),
};

describe('a run that is resumed after changes', { timeout: GENEROUS }, () => {
  let project: Project;
  let run: string;

  const inProject = (path: string): string => join(project.folder, path);
  const textOf = (path: string): Promise<string> => readFile(inProject(path), 'utf8').catch(() => '');
  const preview = () => project.lamarck('evolve', '--preview', '--resume', run);

  /** Does something while files of the project are others. */
  async function withFiles<T>(
    edits: Readonly<Record<string, (before: string) => string>>,
    act: () => Promise<T>,
  ): Promise<T> {
    const before = await Promise.all(
      Object.keys(edits).map(async (path) => [path, await textOf(path)] as const),
    );
    for (const [path, text] of before) {
      const after = edits[path]?.(text) ?? '';
      expect(after).not.toBe(text);
      await writeFile(inProject(path), after);
    }
    try {
      return await act();
    } finally {
      for (const [path, text] of before)
        await (text === '' ? rm(inProject(path)) : writeFile(inProject(path), text));
    }
  }

  beforeAll(async () => {
    project = await createSmallCounters();
    for (const folder of ['verifier', 'computed']) await mkdir(inProject(folder));
    for (const [path, text] of Object.entries(FILES))
      await writeFile(inProject(path), text(await textOf(path)));
    const child = project.start(...SMALL_EVOLVE);
    let output = '';
    for await (const chunk of child.stdout ?? []) {
      output += String(chunk);
      run = /kept in\s+runs\/(\S+)\n/.exec(output)?.[1] ?? '';
      if (run !== '') break;
    }
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await once(child, 'exit');
  }, GENEROUS);
  afterAll(() => project[Symbol.asyncDispose]());

  it('goes on without a word where nothing has changed but how many workers there are', async () => {
    const { code, errors } = await withFiles(
      {
        'lamarck.config.ts': (text) => text.replace('  workers: 1,\n', "  workers: 2,\n  runs: './runs',\n"),
      },
      preview,
    );
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
  });

  it('is refused by the names of files that have changed, were added or removed', async () => {
    const { code, errors } = await withFiles(
      {
        'verifier/rule.js': () => 'export const isReached = () => true;\n',
        'verifier/more.js': () => 'export const more = 1;\n',
        'verifier/index.js': (text) => `${text}export { more } from './more.js';\n`,
        'computed/bonus.js': (text) => text.replace('0', '1'),
        'limits.json': (text) => text.replace('9', '5'),
      },
      preview,
    );
    expect(code).toBe(1);
    expect(errors).toContain('LAMARCK_RUN_CHANGED');
    for (const path of ['verifier/rule.js', 'verifier/index.js', 'computed/bonus.js', 'limits.json'])
      expect(errors).toContain(`${path} (changed)`);
    expect(errors).toContain('verifier/more.js (added)');
    expect(errors).toContain('--accept-changes');
  });

  it('names the parts of task families that are not what they were', async () => {
    const { errors } = await withFiles(
      {
        'counter.ts': (text) =>
          text.replace('verify: ({ evidence, params }) => isReached', 'verify: () => true || isReached'),
      },
      preview,
    );
    expect(errors).toContain('verify of counter/reach');
    expect(errors).not.toContain('verify of counter/descend');
  });

  it('is refused by the name of every setting that it would otherwise ignore', async () => {
    process.env['IMPROVEMENT'] = '60';
    const { code, errors } = await withFiles(
      {
        'lamarck.config.ts': (text) =>
          text
            .replace('sealed: 2', 'sealed: 9, unseen: 5')
            .replace('episodes: 700', 'episodes: 900')
            .replace('lanes: 1', "lanes: 3, parents: 'greedy', improver: 'seed'")
            .replace('workers: 1', "folds: 0, seed: 9, chromium: './chromium'")
            .replace('up: [reach]', "up: [reach, { ...reach, name: 'counter/again' }]"),
      },
      preview,
    ).finally(() => delete process.env['IMPROVEMENT']);
    expect(code).toBe(1);
    for (const told of [
      'budget.improvement (8 → 60)',
      'budget.sealed (2 → 9)',
      'budget.unseen (16 → 5)',
      'budget.episodes (700 → 900)',
      'search.lanes (1 → 3)',
      'search.parents (clade → greedy)',
      'search.improver (own → seed)',
      'folds (5 → 0)',
      'seed (1 → 9)',
      'chromium (added)',
      'suites.up',
      'family counter/again (added)',
    ])
      expect(errors).toContain(told);
    expect(errors).toContain('A run is extended by --budget EPISODES');
  });

  it('keeps its own agent, and says so where the folder holds another', async () => {
    const { code, errors } = await withFiles({ 'agent/policy.json': (text) => `${text}\n` }, preview);
    expect(code).toBe(0);
    expect(errors).toContain('goes on with its own copy');
  });

  it('goes on in a copy of its project, and notices what changes there', async () => {
    const [away, copy] = [`${project.folder}-away`, `${project.folder}-copy`];
    await cp(project.folder, copy, { recursive: true });
    await rename(project.folder, away);
    try {
      await using elsewhere = await createProject('counters');
      const there = () => elsewhere.lamarck('evolve', '--preview', '--resume', join(copy, 'runs', run));
      const same = await there();
      expect({ code: same.code, errors: same.errors }).toEqual({ code: 0, errors: '' });
      await writeFile(join(copy, 'verifier/rule.js'), 'export const isReached = () => true;\n');
      expect((await there()).errors).toContain('verifier/rule.js (changed)');
    } finally {
      await rename(away, project.folder);
      await rm(copy, { recursive: true });
    }
  });

  it('has changed families checked before it goes on, where its changes are accepted', async () => {
    const { code, errors } = await withFiles(
      { 'verifier/rule.js': () => 'export const isReached = () => true;\n' },
      () => project.lamarck('evolve', '--resume', run, '--accept-changes'),
    );
    expect(code).toBe(1);
    expect(errors).toContain('LAMARCK_FAMILY_UNSOUND');
    const { continuations } = JSON.parse(await textOf(`runs/${run}/run.json`)) as { continuations: unknown };
    expect(continuations).toEqual([]);
  });

  it('states changes that were accepted in its summary, its table and the list of runs', async () => {
    const { code, output } = await withFiles(
      { 'verifier/rule.js': (text) => text.replace('value === goal', 'value > goal - 2') },
      () => project.lamarck('evolve', '--resume', run, '--accept-changes', '--unchecked'),
    );
    expect(code).toBe(0);
    expect(output).toMatch(/continued after changes.*verifier\/rule\.js \(changed\)/);
    const { changes } = SummarySchema.parse(JSON.parse(await textOf(`runs/${run}/summary.json`)));
    // Whoever works on Lamarck itself may have changed it meanwhile.
    const ofProject = (all: readonly RunChange[]) => all.filter(({ kind }) => kind !== 'lamarck');
    expect(ofProject(changes)).toEqual([{ kind: 'files', name: 'verifier/rule.js', change: 'changed' }]);
    // The verifier is the old one again, which is another change.
    const [listed, back, rescored, verified] = await project.lamarckEach([
      ['runs'],
      ['evolve', '--preview', '--resume', run],
      ['rescore', run, '--json'],
      ['replay', run, '--verify', '--json'],
    ]);
    expect(listed?.output).toMatch(/continued after changes: verifier\/rule\.js \(changed\)/);
    expect(back?.errors).toContain('verifier/rule.js (changed)');
    for (const result of [rescored, verified]) {
      expect(result?.errors).toContain('verifier/rule.js (changed)');
      expect(ofProject((JSON.parse(result?.output ?? '') as Summary).changes)).toEqual(ofProject(changes));
    }
  });

  it('that was recorded before files were compared is continued with a sentence about it', async () => {
    const {
      configFromRun: _,
      continuations: __,
      ...manifest
    } = JSON.parse(await textOf(`runs/${run}/run.json`)) as Record<string, unknown>;
    const firstTasks = { ...manifest, fingerprint: '0'.repeat(64), continuations: [] };
    // Such a run has neither a copy of run.json nor its checksum.
    for (const name of ['run.json.copy', 'run.json.sha256'])
      await rm(join(project.folder, 'runs', run, name));
    const { code, errors } = await withFiles(
      { [`runs/${run}/run.json`]: () => JSON.stringify(firstTasks) },
      () => project.lamarck('evolve', '--preview', '--resume', run, '--accept-changes'),
    );
    expect(code).toBe(0);
    expect(errors).toContain('only the first task of each family is compared');
    expect(errors).toContain('began: the first task of a family');
  });
});
