import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_AT_ONCE, HOSTILE_TEXTS } from './fixtures/hostile-texts/texts.ts';
import { createProject, type Project } from './support/project.ts';
import { unsafeIn } from './support/unsafe-characters.ts';

/** What can be an argument: UTF-8 without a zero. */
const TYPED = ALL_AT_ONCE.replaceAll('\0', '').replaceAll(/\p{Cs}/gu, '');
/** Lines that hostile texts would add to an output, at the beginning of a line as ours are. */
const FORGED = /^(?:reward 1 after 0 steps \(agent-done\)|\u2713 all sound|0123abcd {2}|reward 1\.00 ALL)/m;
/** What every hostile text of the fixture leaves behind where it was printed. */
const TRACE = String.raw`\u001b]0;OWNED\u0007`;

describe('a text that would drive a terminal', () => {
  let project: Project;
  let evolved: string;

  const printed = async (...words: string[]): Promise<string> => {
    const { output, errors } = await project.lamarck(...words);
    return `${output}\n${errors}`;
  };
  const expectHarmless = (text: string): void => {
    expect(unsafeIn(text)).toEqual([]);
    expect(text).not.toMatch(FORGED);
    expect(text).toContain(TRACE);
  };

  beforeAll(async () => {
    project = await createProject('hostile-texts');
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('is shown by its escapes where families are listed', async () => {
    const text = await printed('tasks', 'list');
    expectHarmless(text);
    expect(text.trimEnd().split('\n')).toHaveLength(1 + Object.keys(HOSTILE_TEXTS).length + 2);
  });

  it('is shown by its escapes in an episode: the instruction, actions, and errors of the environment', async () => {
    expectHarmless(await printed('run', 'all/at-once', '--agent', 'oracle'));
    expectHarmless(await printed('run', 'all/broken', '--agent', 'oracle'));
    const [, run] = (await readdir(join(project.folder, 'runs'))).sort();
    const [{ key }] = JSON.parse((await project.lamarck('replay', run ?? '', '--json')).output) as [
      { key: string },
    ];
    expectHarmless(await printed('replay', run ?? '', key));
  });

  it('stands unchanged in JSON', async () => {
    const { output } = await project.lamarck('run', 'all/at-once', '--agent', 'oracle', '--json');
    const { start } = JSON.parse(output) as { start: { task: { instruction: string } } };
    expect(start.task.instruction).toContain(ALL_AT_ONCE);
  });

  it('is shown by its escapes where a person plays: observations, choices, and what was rejected', async () => {
    const { output, errors } = await project.typing(
      ['help', `say ${ALL_AT_ONCE.replaceAll(/[\r\n]/g, '')}`, '\u001b[2J', '1', 'quit'],
      ...['tasks', 'play', 'all/at-once'],
    );
    expectHarmless(`${output}\n${errors}`);
  });

  it('is shown by its escapes in the findings of a check', async () => {
    expectHarmless(await printed('tasks', 'check', 'all/*', '--seeds', '1'));
  });

  it('is shown by its escapes where it is why a verifier failed', async () => {
    await project.lamarck('eval', '--agent', 'oracle', '--tasks', '1');
    const run = (await readdir(join(project.folder, 'runs'))).find((name) => name.includes('eval'));
    expectHarmless(await printed('rescore', run ?? '', '--verifier', 'failing/verifier.ts'));
  });

  it(
    'is shown by its escapes as the reason for a child, and in the code that a champion wrote',
    { timeout: 600_000 },
    async () => {
      const text = await printed('evolve', '--config', 'evolve.config.ts', '--seed', '1', '--unchecked');
      expectHarmless(text);
      expect(text).toMatch(/^\+ [0-9a-f]{8} ← [0-9a-f]{8} {2}speaks \\u001b/m);
      expect(text).toMatch(/^ {2}\/\/ tab {4}here \\u001b/m);
      evolved = /kept in\s+runs\/(\S+)/.exec(text)?.[1] ?? 'none';
    },
  );

  it('is shown by its escapes in an archive: changes, diffs, and files', async () => {
    const agents = (...words: string[]): Promise<string> =>
      printed('agents', ...words, '--config', 'evolve.config.ts');
    expectHarmless(await agents('list', evolved));
    expectHarmless(await agents('diff', evolved));
    expectHarmless(await agents('show', evolved, 'champion', 'skills/say.ts'));
    expect(unsafeIn(await agents('show', evolved))).toEqual([]);
    const shown = await project.lamarck('agents', 'show', evolved, 'champion', 'skills/say.ts', '--json');
    const { files } = JSON.parse(shown.output) as { files: Record<string, string> };
    expect(Object.keys(files)).toEqual(['skills/say.ts']);
    expect(files['skills/say.ts']).toContain('// tab\there \u001b]0;OWNED\u0007');
  });

  it.each([
    ['an error that a configuration throws', ['tasks', 'list', '--config', 'failing/throws.config.ts']],
    ['a name that a family may not have', ['tasks', 'list', '--config', 'failing/family.config.ts']],
    ['an error that nobody waits for', ['tasks', 'list', '--config', 'failing/later.config.ts']],
    ['a configuration that doctor loads', ['doctor', '--config', 'failing/throws.config.ts']],
    ['a family that was typed', ['run', `all/${TYPED}`]],
    ['a configuration that was typed', ['runs', '--config', `${TYPED}.ts`]],
  ])('is shown by its escapes in %s', async (_, words) => expectHarmless(await printed(...words)));

  it('is shown by its escapes where the command line is not understood', async () => {
    const text = await printed('runs', '--\u001b]0;OWNED\u0007\u009b2J\u202e');
    expect(unsafeIn(text)).toEqual([]);
    expect(text).toContain(TRACE);
  });

  it('is shown by its escapes as the name of a folder among the runs', async () => {
    const folder = join(
      project.folder,
      'runs',
      '2000-01-01-eval-1\u001b]0;OWNED\u0007\n0123abcd  forged\u202e',
    );
    await mkdir(folder);
    await writeFile(join(folder, 'run.json'), '{ \u001b]0;OWNED\u0007');
    expectHarmless(await printed('runs'));
    await rename(folder, `${folder}.bad`);
  });
});
