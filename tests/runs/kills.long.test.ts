import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/protocol/index.ts';
import { killWhileRunning, type Victim } from '../support/killing.ts';
import { processes, until } from '../support/processes.ts';
import { createProject, type Project } from '../support/project.ts';
import { runFacts } from '../support/run-facts.ts';

/** Every second victim is the run itself: what was killed twice in one piece of work may be blamed for it. */
const between = (victims: readonly Victim[], repeats: number): Victim[] =>
  Array.from({ length: repeats }, (_, round) =>
    victims.flatMap((victim): Victim[] => [victim, round % 2 === 0 ? 'run' : 'group']),
  ).flat();

describe('a run whose processes are killed at random moments', () => {
  const before = process.env['TMPDIR'];
  let folder: string;
  let project: Project;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kills-'));
    process.env['TMPDIR'] = folder;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await project[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    [
      'on counters',
      'counters',
      ['--seed', '7', '--budget', '560'],
      between(['agents', 'world', 'bundler', 'watchdog'], 3),
      1500,
    ],
    [
      'on pages and programs',
      'night',
      ['--seed', '4', '--budget', '400'],
      between(['browser', 'page', 'program', 'world', 'agents', 'bundler', 'watchdog', 'browser'], 1),
      8000,
    ],
  ] as const)(
    'ends the same %s, and leaves no process and no folder',
    async (_what, fixture, words, victims, most) => {
      project = await createProject(fixture);
      const calm = await project.lamarck('evolve', ...words);
      expect(calm.errors).toBe('');
      const name = /kept in\s+runs\/(\S+)/.exec(calm.output)?.[1] ?? 'none';
      const facts = await runFacts(join(project.folder, 'runs', name));
      const random = createRandom(`moments of death ${fixture}`);
      const { runs, killed } = await killWhileRunning(project, words, victims, random, most);
      expect(killed).toEqual(victims);
      for (const run of runs) expect(await runFacts(join(project.folder, 'runs', run))).toEqual(facts);
      console.log(`${killed.length} kills, ${runs.length} runs`);

      const isOurs = ({ words: said }: { words: string }): boolean =>
        said.includes(project.folder) || said.includes(folder);
      await until(() => !processes().some(isOurs));
      expect((await project.lamarck('runs')).code).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    },
    3_600_000,
  );
});
