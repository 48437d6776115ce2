import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, hangUp, pipeInto, startWith } from './support/leaving-readers.ts';
import { createProject, type Project } from './support/project.ts';

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
});

describe('a run whose terminal hung up', () => {
  it('comes to its end when it is resumed', async () => {
    await using project = await createProject('counters');
    const { errors } = await hangUp(project, ['evolve', '--seed', '7', '--budget', '310', '--unchecked']);
    const run = /--resume ([^\s`]+)/.exec(errors)?.[1] ?? '';
    expect((await project.lamarck('evolve', '--resume', run)).code).toBe(0);
  });
});
