import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Json } from '../../src/index.ts';
import { createProject, type Project } from '../support/project.ts';

let project: Project;
beforeAll(async () => {
  project = await createProject('night');
});
afterAll(() => project[Symbol.asyncDispose]());

/** What the reference solutions of these tasks do, as a person would type it. */
async function solutionsOf(...tasks: readonly [family: string, seed: number][]): Promise<string[][]> {
  const results = await project.lamarckEach(
    tasks.map(([family, seed]) => ['run', family, '--agent', 'oracle', '--seed', `${seed}`, '--json']),
  );
  return results.map(({ output }) => {
    const { records } = JSON.parse(output) as { records: { type: string; action?: Json }[] };
    return records.flatMap(({ type, action }) => (type === 'action' ? [JSON.stringify(action)] : []));
  });
}

const play = (lines: readonly string[], family: string, seed: number, ...more: string[]) =>
  project.typing(lines, 'tasks', 'play', family, '--seed', `${seed}`, ...more);

describe('a person who plays a task in the terminal', () => {
  it('sees what there is and what can be done, and may give up', async () => {
    const { code, output } = await play(
      ['look', '99', 'jump', 'scroll 40', 'again', 'quit'],
      'web/sign-in',
      0,
    );
    expect(code).toBe(1);
    expect(output).toContain('Sign in as "gus_ekman"');
    expect(output).toMatch(/e3 +textbox +"Account" = ""/);
    expect(output).toMatch(/2 {2}fill textbox "Account" "gus_ekman"/);
    expect(output).toMatch(/no number 99/);
    expect(output).toContain('There is no action "jump": click REF; fill REF TEXT;');
    expect(output).toContain('no reward (given up): nothing is kept.');
    expect(output.match(/Sign in as "gus_ekman"/g)?.length).toBe(2);
  });

  it('keeps nothing that is not won', async () => {
    const { code, output } = await play(['done'], 'web/sign-in', 0, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ reward: 0, run: null, actions: [{ done: {} }] });
    const runs = await readdir(join(project.folder, 'runs')).catch(() => []);
    expect(runs.filter((run) => run.includes('play'))).toEqual([]);
  });

  it('wins, and the game is verified, kept and shown to improvers', async () => {
    const runs: string[] = [];
    const solutions = await solutionsOf(['web/sign-in', 1], ['web/sign-in', 2]);
    for (const [at, lines] of solutions.entries()) {
      const seed = at + 1;
      const game = join(project.folder, `game-${seed}.json`);
      const { code, output, errors } = await play(lines, 'web/sign-in', seed, '--json', '--save', game);
      expect(code, errors).toBe(0);
      const { run, actions } = JSON.parse(output) as { run: string; actions: Json[] };
      runs.push(run);
      expect(actions.at(-1)).toEqual({ done: {} });
      expect(JSON.parse(await readFile(game, 'utf8'))).toMatchObject({ family: 'web/sign-in', actions });
    }
    const [verified, shown, none] = await project.lamarckEach([
      ['replay', runs[0] ?? '', '--verify'],
      ['evolve', '--seed', '4', '--demonstrations', ...runs, '--preview'],
      ['evolve', '--demonstrations', runs[0] ?? '', '--resume', 'x'],
    ]);
    expect(verified?.output).toContain('verified 1 trajectories');
    expect(shown?.output).toContain('web (1 family), programs (1 family); learns on train');
    expect(shown?.output).toContain('shown     2 games that a person won');
    expect(none?.errors).toContain('LAMARCK_RESUME_CHANGED');
  });

  it('is told where no window can be opened', async () => {
    vi.stubEnv('DISPLAY', '');
    const { code, errors } = await play([], 'web/sign-in', 0, '--show');
    vi.unstubAllEnvs();
    expect([code, errors.includes('LAMARCK_BROWSER_UNSEEN')]).toEqual([1, process.platform === 'linux']);
  });

  it('writes programs too', async () => {
    const [lines = []] = await solutionsOf(['programs/lists', 5]);
    const { code, output } = await play(lines, 'programs/lists', 5);
    expect(output).toContain('signature');
    expect(output).toContain('won in');
    expect(code).toBe(0);
  });
});

describe('a person who mends files and writes functions in the terminal', () => {
  beforeAll(async () => {
    const results = await project.lamarckEach(
      ['repairs/discount', 'programs/shift'].map((name) => ['tasks', 'new', name]),
    );
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
  });

  it('sees files line by line, and names passages in quotation marks', async () => {
    const lines = [
      'help',
      'edit discount.ts "export function discounted(" "// Mended.\\nexport function discounted("',
      'quit',
    ];
    const { output } = await play(lines, 'repairs/discount', 1);
    expect(output).toMatch(/edit PATH OLD NEW +{"edit":{"path":"…","old":"…","new":"…"}}/);
    expect(output).toMatch(/^ *export function discounted\(price: number, percent: number, least: number\)/m);
    expect(output).toMatch(/^ *\/\/ Mended\.\n *export function discounted\(/m);
  });

  it('runs a function with an input, in words', async () => {
    const lines = ['run "export default (xs) => xs.map((x) => x + 1)" [[1, 2]]', 'quit'];
    const { output } = await play(lines, 'programs/shift', 1);
    expect(output).toMatch(/"value":\[2,3\]/);
  });
});

describe('an oracle from recorded games', () => {
  it('solves the tasks that were played', async () => {
    const config = join(project.folder, 'recorded.config.ts');
    await writeFile(
      config,
      `import { defineConfig, recordedOracle, type TaskFamily } from 'lamarck';
import { web } from 'lamarck/tasks';
import { readFileSync } from 'node:fs';

const signIn = web[0] as TaskFamily;
const games = [1, 2].map((seed) => JSON.parse(readFileSync(new URL(\`game-\${seed}.json\`, import.meta.url), 'utf8')));
export default defineConfig({ suites: { web: [{ ...signIn, oracle: recordedOracle(signIn.environment, games) }] } });
`,
    );
    const words = ['run', 'web/sign-in', '--config', config, '--agent', 'oracle', '--seed'];
    const results = await project.lamarckEach(['1', '2'].map((seed) => [...words, seed]));
    for (const { output } of results) expect(output).toContain('reward 1 after');
  });
});
