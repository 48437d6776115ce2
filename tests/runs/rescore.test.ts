import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from '../support/project.ts';

interface Told {
  judged: number;
  changed: { family: string; before: number; after: number | null }[];
  skipped: Record<string, number>;
  failures: { family: string; message: string }[];
}

describe('lamarck rescore', () => {
  let project: Project;
  let run: string;
  const told = async (expected: number, ...words: string[]): Promise<Told> => {
    const { code, output, errors } = await project.lamarck('rescore', run, ...words, '--json');
    expect([code, errors]).toEqual([expected, '']);
    return JSON.parse(output) as Told;
  };
  const rescore = (...words: string[]): Promise<Told> => told(0, ...words);

  beforeAll(async () => {
    project = await createProject('counters');
    const { code } = await project.lamarck('eval', '--agent', 'oracle', '--tasks', '4');
    expect(code).toBe(0);
    [run = ''] = await readdir(join(project.folder, 'runs'));
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('comes to the same rewards by the same verifiers', async () => {
    expect(await rescore()).toEqual({ judged: 8, changed: [], skipped: {}, failures: [], changes: [] });
  });

  it('takes a verifier from a file, which may be a rubric', async () => {
    await writeFile(
      join(project.folder, 'stricter.ts'),
      `import { all } from 'lamarck';
       export default ({ evidence, params }) =>
         all({ reached: evidence.value === params.goal, positive: evidence.value > 0 ? true : 0.5 });`,
    );
    const { judged, changed } = await rescore('--verifier', 'stricter.ts');
    expect(judged).toBe(8);
    expect(changed).toHaveLength(4);
    for (const one of changed)
      expect(one).toMatchObject({ family: 'counter/descend', before: 1, after: 0.5 });
  });

  it('decides nothing by majority where each task was tried once', async () => {
    const { changed } = await rescore('--verifier', 'majority');
    expect(changed.map(({ after }) => after)).toEqual(Array.from({ length: 8 }, () => null));
    const { output } = await project.lamarck('rescore', run, '--verifier', 'majority');
    expect(output).toContain('8 undecided: majority compares 3 or more tries of one agent at one task');
  });

  it('names a verifier that fails, and judges on; the exit code is 1', async () => {
    await writeFile(
      join(project.folder, 'half.ts'),
      `export default ({ params }) => { if (params.goal < 0) throw new Error('no way down'); return false; };`,
    );
    const { judged, changed, failures } = await told(1, '--verifier', 'half.ts');
    expect([judged, changed.length]).toEqual([4, 4]);
    expect(failures).toMatchObject([{ family: 'counter/descend' }]);
    expect(failures[0]?.message).toContain('no way down');
    await writeFile(
      join(project.folder, 'never.ts'),
      `export default () => { throw new Error('no way at all'); };`,
    );
    expect(await told(1, '--verifier', 'never.ts')).toMatchObject({ judged: 0, changed: [] });
    expect((await project.lamarck('rescore', run, '--verifier', 'never.ts')).code).toBe(1);
  });

  it.each([
    ['nowhere.ts', /There is no verifier at \/.*nowhere\.ts\.\n *→ Name a file/],
    ['torn.ts', /\/torn\.ts:2: Expression expected\n *→ Mend that line/],
    ['lamarck.config.ts', /exports neither/],
  ])('says what is wrong with the verifier %s', async (verifier, said) => {
    await writeFile(join(project.folder, 'torn.ts'), 'export default () =>\n  (1, ;\n');
    const { code, errors } = await project.lamarck('rescore', run, '--verifier', verifier);
    expect(code).toBe(1);
    expect(errors).toContain('LAMARCK_VERIFIER_UNKNOWN');
    expect(errors).toMatch(said);
  });

  it('does not judge by what a task has become', async () => {
    const file = join(project.folder, 'counter.ts');
    const code = await readFile(file, 'utf8');
    await writeFile(file, code.replace('random.int(1, 6 * difficulty)', '1 + random.int(1, 6 * difficulty)'));
    const { output, errors } = await project.lamarck('rescore', run, '--json');
    expect(JSON.parse(output)).toMatchObject({
      judged: 4,
      skipped: { 'tasks of "counter/reach" are others now': 4 },
    });
    expect(errors).toContain('counter.ts (changed), tasks of counter/reach.');
  });
});
