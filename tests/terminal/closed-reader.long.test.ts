import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, hangUp, pipeInto, startWith } from '../support/leaving-readers.ts';
import { createProject, type Project } from '../support/project.ts';
import { createSmallCounters, SMALL_EVOLVE } from '../support/small-counters.ts';

describe('a reader that leaves', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createProject('counters');
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it.each(['doctor', 'evolve --preview', 'run counter/reach --agent oracle'])(
    'ends %s quietly',
    async (words) => {
      const { code, errors, output } = await pipeInto(project, words, 'head -1');
      expect({ code, errors, lines: output.trimEnd().split('\n').length }).toEqual({
        code: 0,
        errors: '',
        lines: 1,
      });
    },
  );

  it('leaves a check of families to go on', async () => {
    const words = ['tasks', 'check', 'counter/*', '--seeds', '3'];
    const child = startWith(project, words, ['ignore', 'pipe', 'pipe']);
    child.stdout?.destroy();
    const { signal, errors } = await endOf(child);
    expect(signal).toBeNull();
    expect(errors).toMatch(/families checked\.\n[^]*\d of 2 sound/);
  });

  it('leaves a run to go on in silence where standard error has gone with it', async () => {
    await using small = await createSmallCounters();
    const child = startWith(small, SMALL_EVOLVE, ['ignore', 'pipe', 'pipe']);
    child.stdout?.once('data', () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    });
    expect(await endOf(child)).toMatchObject({ code: 0, signal: null });
    const { output } = await small.lamarck('runs', '--json');
    const runs = JSON.parse(output) as { summary?: object }[];
    expect(runs.map(({ summary }) => summary !== undefined)).toEqual([true]);
  });
});

describe('a run whose terminal hung up', () => {
  it('comes to its end when it is resumed', async () => {
    await using project = await createProject('counters');
    const { errors } = await hangUp(project, ['evolve', '--seed', '7', '--budget', '310', '--unchecked']);
    const run = /--resume ([^\s`]+)/.exec(errors)?.[1] ?? '';
    expect((await project.lamarck('evolve', '--resume', run)).code).toBe(0);
  });
});
