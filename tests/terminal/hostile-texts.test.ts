import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.ts';
import { ALL_AT_ONCE, HOSTILE_TEXTS } from '../fixtures/hostile-texts/texts.ts';
import { createProject, type CommandResult, type Project } from '../support/project.ts';
import { unsafeIn } from '../support/unsafe-characters.ts';

/** What can be an argument: UTF-8 without a zero. */
const TYPED = ALL_AT_ONCE.replaceAll('\0', '').replaceAll(/\p{Cs}/gu, '');
/** Lines that hostile texts would add to an output, at the beginning of a line as ours are. */
const FORGED = /^(?:reward 1 after 0 steps \(agent-done\)|\u2713 all sound|0123abcd {2}|reward 1\.00 ALL)/m;
/** What every hostile text of the fixture leaves behind where it was printed. */
const TRACE = String.raw`\u001b]0;OWNED\u0007`;

describe('a text that would drive a terminal', () => {
  let project: Project;
  /** What each command printed. */
  const results = new Map<readonly string[], CommandResult>();

  // Commands one after the other in one process: what they share is only that a process is slow to start.
  const runAll = async (...commands: readonly (readonly string[])[]): Promise<void> => {
    for (const [at, result] of (await project.lamarckEach(commands)).entries())
      results.set(commands[at] ?? [], result);
  };
  const resultOf = (words: readonly string[]): CommandResult => {
    const result = results.get(words);
    if (result === undefined) throw new Error(`It was not run: ${words.join(' ')}`);
    return result;
  };
  const printed = (words: readonly string[]): string =>
    `${resultOf(words).output}\n${resultOf(words).errors}`;
  const expectHarmless = (text: string): void => {
    expect(unsafeIn(text)).toEqual([]);
    expect(text).not.toMatch(FORGED);
    expect(text).toContain(TRACE);
  };

  const LIST = ['tasks', 'list'];
  const RUN = ['run', 'all/at-once', '--agent', 'oracle'];
  const RUN_BROKEN = ['run', 'all/broken', '--agent', 'oracle'];
  const RUN_JSON = [...RUN, '--json'];
  const CHECK = ['tasks', 'check', 'all/*', '--seeds', '1'];
  const NOT_UNDERSTOOD = ['runs', '--\u001b]0;OWNED\u0007\u009b2J\u202e'];
  const FAILING: [what: string, words: string[]][] = [
    ['an error that a configuration throws', ['tasks', 'list', '--config', 'failing/throws.config.ts']],
    ['a name that a family may not have', ['tasks', 'list', '--config', 'failing/family.config.ts']],
    ['a configuration that doctor loads', ['doctor', '--config', 'failing/throws.config.ts']],
    ['a family that was typed', ['run', `all/${TYPED}`]],
    ['a configuration that was typed', ['runs', '--config', `${TYPED}.ts`]],
  ];
  beforeAll(async () => {
    project = await createProject('hostile-texts');
    await runAll(
      LIST,
      RUN,
      RUN_BROKEN,
      RUN_JSON,
      CHECK,
      ['eval', '--agent', 'oracle', '--tasks', '1'],
      NOT_UNDERSTOOD,
      ...FAILING.map(([, words]) => words),
    );
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('is shown by its escapes where families are listed', () => {
    const text = printed(LIST);
    expectHarmless(text);
    expect(text.trimEnd().split('\n')).toHaveLength(1 + Object.keys(HOSTILE_TEXTS).length + 2);
  });

  it('is shown by its escapes in an episode: the instruction, actions, and errors of the environment', () => {
    expectHarmless(printed(RUN));
    expectHarmless(printed(RUN_BROKEN));
  });

  it('stands unchanged in JSON', () => {
    const { start } = JSON.parse(resultOf(RUN_JSON).output) as { start: { task: { instruction: string } } };
    expect(start.task.instruction).toContain(ALL_AT_ONCE);
  });

  it('is shown by its escapes where a person plays: observations, choices, and what was rejected', async () => {
    const { output, errors } = await project.typing(
      ['help', `say ${ALL_AT_ONCE.replaceAll(/[\r\n]/g, '')}`, '\u001b[2J', '1', 'quit'],
      ...['tasks', 'play', 'all/at-once'],
    );
    expectHarmless(`${output}\n${errors}`);
  });

  it('is shown by its escapes in the findings of a check', () => expectHarmless(printed(CHECK)));

  it.each(FAILING)('is shown by its escapes in %s', (_, words) => expectHarmless(printed(words)));

  it('is shown by its escapes in an error that nobody waits for', async () => {
    const { output, errors } = await project.lamarck('tasks', 'list', '--config', 'failing/later.config.ts');
    expectHarmless(`${output}\n${errors}`);
  });

  it('is shown by its escapes where the command line is not understood', () => {
    const text = printed(NOT_UNDERSTOOD);
    expect(unsafeIn(text)).toEqual([]);
    expect(text).toContain(TRACE);
  });

  it('is shown by its escapes where a run is looked at, as why a verifier failed, and as the name of a folder', async () => {
    const runs = join(project.folder, 'runs');
    const names = (await readdir(runs)).sort();
    const run = names.filter((name) => name.includes('-run-'))[1] ?? '';
    await using store = await openStore(join(runs, run));
    const [episode] = await store.allEpisodes();
    const folder = join(runs, '2000-01-01-eval-1\u001b]0;OWNED\u0007\n0123abcd  forged\u202e');
    await mkdir(folder);
    await writeFile(join(folder, 'run.json'), '{ \u001b]0;OWNED\u0007');
    const evaluation = names.find((name) => name.includes('-eval-')) ?? '';
    const replay = ['replay', run, episode?.key ?? ''];
    const rescore = ['rescore', evaluation, '--verifier', 'failing/verifier.ts'];
    const list = ['runs'];
    await runAll(replay, rescore, list);
    for (const words of [replay, rescore, list]) expectHarmless(printed(words));
    await rename(folder, `${folder}.bad`);
  });

  it('is shown by its escapes as the reason for a child, and in the code and the archive of a champion', async () => {
    const words = ['evolve', '--config', 'evolve.config.ts', '--seed', '1', '--unchecked'];
    await runAll(words);
    const text = printed(words);
    expectHarmless(text);
    expect(text).toMatch(/^\+ [0-9a-f]{8} ← [0-9a-f]{8} {2}speaks \\u001b/m);
    expect(text).toMatch(/^ {2}\/\/ tab {4}here \\u001b/m);
    const evolved = /kept in\s+runs\/(\S+)/.exec(text)?.[1] ?? 'none';

    const agents = (...own: string[]): string[] => ['agents', ...own, '--config', 'evolve.config.ts'];
    const file = agents('show', evolved, 'champion', 'skills/say.ts');
    const shown = [agents('list', evolved), agents('diff', evolved), file];
    const whole = agents('show', evolved);
    const json = [...file, '--json'];
    await runAll(...shown, whole, json);
    for (const archive of shown) expectHarmless(printed(archive));
    expect(unsafeIn(printed(whole))).toEqual([]);
    const { files } = JSON.parse(resultOf(json).output) as { files: Record<string, string> };
    expect(Object.keys(files)).toEqual(['skills/say.ts']);
    expect(files['skills/say.ts']).toContain('// tab\there \u001b]0;OWNED\u0007');
  });
});
