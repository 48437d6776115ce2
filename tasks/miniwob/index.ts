import { existsSync, readdirSync } from 'node:fs';
import { basename, join, matchesGlob, resolve } from 'node:path';
import { defineTask, LamarckError, type TaskFamily } from 'lamarck';
import { defineMiniwobEnvironment } from 'lamarck/environments';

/** The pages' seeds. */
const SEEDS = 2 ** 31 - 1;

/**
 * The pages of a MiniWoB++ checkout as task families, `miniwob/<page>`. A win is a raw reward above 0, as BrowserGym has it; `full`
 * measures the share of raw rewards of 1, as most papers report. There is no reference solution.
 *
 * @param options.from the checkout, or its `html` folder. It is read where it is.
 * @param options.pages patterns of the pages taken; default all.
 * @param options.maxSteps default 10.
 * @throws LamarckError `LAMARCK_MINIWOB_MISSING` where there are no such pages
 *
 * @example
 * export default defineConfig({ suites: { miniwob: miniwob({ from: '../miniwob-plusplus' }) } });
 */
export function miniwob(options: {
  from: string;
  pages?: readonly string[];
  maxSteps?: number;
}): TaskFamily[] {
  const { from, pages = ['*'], maxSteps = 10 } = options;
  const folder = folderOf(from);
  const environment = defineMiniwobEnvironment(folder);
  const names = readdirSync(join(folder, 'miniwob'))
    .filter((file) => file.endsWith('.html'))
    .map((file) => basename(file, '.html'))
    .filter((name) => /^[\w-]+$/.test(name) && pages.some((pattern) => matchesGlob(name, pattern)))
    .sort();
  if (names.length === 0)
    throw missing(from, `no page in ${join(folder, 'miniwob')} is named ${pages.join(' or ')}`);
  return names.map((page) =>
    defineTask({
      name: `miniwob/${page}`,
      description: 'A page of MiniWoB++.',
      environment,
      difficulties: 1,
      maxSteps,
      generate: ({ random }) => ({
        instruction: 'Do what the page asks.',
        params: { page, seed: random.int(0, SEEDS) },
      }),
      verify: ({ evidence }) => rawOf(evidence) > 0,
      measures: { full: ({ evidence }) => rawOf(evidence) === 1 },
    }),
  );
}

/** A page that was left earns nothing. */
function rawOf({ state }: { state: { fault: string } | { done: boolean; raw: number } | null }): number {
  return state !== null && 'raw' in state && state.done ? state.raw : 0;
}

function folderOf(from: string): string {
  const folders = [join(from, 'html'), from].map((folder) => resolve(folder));
  const found = folders.find((folder) => existsSync(join(folder, 'miniwob')));
  if (found === undefined) throw missing(from, 'neither html/miniwob nor miniwob is in it');
  return found;
}

function missing(from: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_MINIWOB_MISSING',
    boundary: 'user',
    message: `${resolve(from)} holds no pages of MiniWoB++: ${why}.`,
    remedy: 'Name the folder of a checkout, the one that holds html/miniwob.',
  });
}
