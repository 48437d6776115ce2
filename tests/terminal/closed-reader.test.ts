import { openSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, hangUp, pipeInto, startWith } from '../support/leaving-readers.ts';
import type { Project } from '../support/project.ts';
import { createSmallCounters, SMALL_EVOLVE } from '../support/small-counters.ts';

/** Most time of a run, in ms: seconds, on a machine that does nothing else. */
const RUN_LIMIT = 600_000;

describe('a reader that leaves', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createSmallCounters();
  });
  afterAll(async () => {
    await project[Symbol.asyncDispose]();
  });

  it('ends a command quietly that never had one', async () => {
    expect(await pipeInto(project, 'tasks list', 'true')).toEqual({
      code: 0,
      signal: null,
      errors: '',
      output: '',
    });
  });

  // Other commands are in closed-reader.long.test.ts.
  it('ends a command quietly in the middle of what it says', async () => {
    const { code, errors, output } = await pipeInto(project, 'tasks list --json', 'head -1');
    expect({ code, errors, lines: output.trimEnd().split('\n').length }).toEqual({
      code: 0,
      errors: '',
      lines: 1,
    });
  });

  it('is not mistaken for a disk that is full', async () => {
    const child = startWith(project, ['tasks', 'list'], ['ignore', openSync('/dev/full', 'w'), 'pipe']);
    const { code, errors } = await endOf(child);
    expect(code).toBe(1);
    expect(errors).toMatch(/^Standard output cannot be written: ENOSPC/);
  });

  it(
    'leaves a run to go on, which says on standard error where it stands, and reports there',
    { timeout: RUN_LIMIT },
    async () => {
      const child = startWith(project, SMALL_EVOLVE, ['ignore', 'pipe', 'pipe']);
      child.stdout?.once('data', () => child.stdout?.destroy());
      const { code, errors } = await endOf(child);
      expect(errors).toMatch(/^Nobody reads standard output any more \(EPIPE\)\. The work goes on/m);
      expect(errors).toMatch(
        /reported here: (?:no run has begun yet|run \S+, (?:starting|\w+, \d+ of 204 episodes))\.$/m,
      );
      expect(errors).toMatch(/Sealed slice 0, scored once/);
      expect(errors).not.toMatch(/\n\s+at /);
      expect(code).toBe(0);
    },
  );

  it('leaves an `eval` to go on', async () => {
    const child = startWith(
      project,
      ['eval', '--agent', 'oracle', '--tasks', '4'],
      ['ignore', 'pipe', 'pipe'],
    );
    child.stdout?.destroy();
    const { signal, errors } = await endOf(child);
    expect(signal).toBeNull();
    expect(errors).toMatch(/episodes, kept in .*\n[^]*counter\/reach +1\.00/);
  });
});

describe('a terminal that hangs up', () => {
  it('has a run end its episodes and say how to go on, as Ctrl-C does', { timeout: RUN_LIMIT }, async () => {
    await using project = await createSmallCounters();
    const { code, signal, output, errors } = await hangUp(project, SMALL_EVOLVE);
    expect([code, signal]).toEqual([130, null]);
    expect(output).toContain('Stopping: episodes in flight end first');
    expect(errors).toMatch(/npx lamarck evolve --resume \S+/);
    const run = /--resume ([^\s`]+)/.exec(errors)?.[1] ?? '';
    expect((await project.lamarck('evolve', '--preview', '--resume', run)).code).toBe(0);
  });
});
