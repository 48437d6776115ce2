import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProject } from '../support/project.ts';

const checkout = join(import.meta.dirname, '../fixtures/miniwob/checkout');

describe('tasks add', () => {
  it('makes a suite whose name every object answers to', async () => {
    await using project = await createProject('counters');
    const words = ['--from', checkout, '--name', 'constructor', '--json'];
    const { code, output, errors } = await project.lamarck('tasks', 'add', 'miniwob', ...words);
    expect(code, errors).toBe(0);
    expect(output).toContain('constructor/press-name');
  });
});

it('families without a reference solution are evolved, where that is asked for, and no oracle is reported', async () => {
  await using pages = await createProject('miniwob');
  const file = join(pages.folder, 'lamarck.config.ts');
  const config = await readFile(file, 'utf8');
  const small = 'folds: 0, budget: { episodes: 124, improvement: 8, sealed: 2 },';
  await writeFile(file, config.replace('suites:', `${small}\n  suites:`).replace("'p*'", "'press-name'"));
  const { code, output, errors } = await pages.lamarck('evolve', '--unchecked');
  expect(code, errors).toBe(0);
  expect(output).toMatch(/miniwob .*no data/);
  expect((await pages.lamarck('runs')).output).toMatch(/evolve-1 .*\[/);
});
