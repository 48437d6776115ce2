import { existsSync, readdirSync } from 'node:fs';
import { basename, join, matchesGlob, resolve } from 'node:path';
import { brokenFamily, clauseOf, defineTask, LamarckError, type TaskFamily } from 'lamarck';
import { defineMiniwobEnvironment } from 'lamarck/environments';
import { z } from 'zod';

/** The pages' seeds. */
const SEEDS = 2 ** 31 - 1;

const OptionsSchema = z.strictObject({
  from: z.string().min(1),
  pages: z.array(z.string().min(1)).min(1).readonly().default(['*']),
  maxSteps: z.number().int().min(1).default(10),
  name: z.string().min(1).default('miniwob'),
});

/**
 * The pages of a MiniWoB++ checkout as task families, `miniwob/<page>`. A win is a raw reward above 0, as BrowserGym has it; `full`
 * measures the share of raw rewards of 1, as most papers report. There is no reference solution.
 *
 * Where there are no such pages, one family stands for all of them and tells why when it is used.
 *
 * @param options.from the checkout, or its `html` folder. It is read where it is.
 * @param options.pages patterns of the pages taken; default all.
 * @param options.maxSteps default 10.
 * @param options.name what the families' names begin with; default `miniwob`.
 * @throws LamarckError `LAMARCK_OPTIONS_INVALID`
 *
 * @example
 * export default defineConfig({ suites: { miniwob: miniwob({ from: '../miniwob-plusplus' }) } });
 */
export function miniwob(options: {
  from: string;
  pages?: readonly string[];
  maxSteps?: number;
  name?: string;
}): TaskFamily[] {
  const { from, pages, maxSteps, name } = optionsOf(options);
  const found = pagesIn(from, pages);
  if ('missing' in found) return [brokenFamily(`${name}/*`, missing(from, found.missing))];
  const environment = defineMiniwobEnvironment(found.folder);
  // Beside the pages lie the scripts, styles and data that they share.
  const shared = readdirSync(found.folder).filter((entry) => entry !== 'miniwob' && !entry.startsWith('.'));
  return found.names.map((page) =>
    defineTask({
      name: `${name}/${page}`,
      description: 'A page of MiniWoB++.',
      environment,
      difficulties: 1,
      maxSteps,
      files: [join('miniwob', `${page}.html`), ...shared].map((file) => join(found.folder, file)),
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

function optionsOf(options: unknown): z.output<typeof OptionsSchema> {
  const parsed = OptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new LamarckError({
    code: 'LAMARCK_OPTIONS_INVALID',
    boundary: 'user',
    message: `The options of miniwob() do not fit:\n${z.prettifyError(parsed.error)}`,
    remedy: "Write them as in: miniwob({ from: '../miniwob-plusplus', pages: ['click-*'] })",
  });
}

function pagesIn(
  from: string,
  patterns: readonly string[],
): { folder: string; names: string[] } | { missing: string } {
  const folders = [join(from, 'html'), from].map((folder) => resolve(folder));
  const folder = folders.find((one) => existsSync(join(one, 'miniwob')));
  if (folder === undefined) return { missing: 'neither html/miniwob nor miniwob is in it' };
  const pages = join(folder, 'miniwob');
  let files: string[];
  try {
    files = readdirSync(pages);
  } catch (error) {
    return { missing: `${pages} cannot be read: ${clauseOf(error)}` };
  }
  const names = files
    .filter((file) => file.endsWith('.html'))
    .map((file) => basename(file, '.html'))
    .filter((name) => /^[\w-]+$/.test(name) && patterns.some((pattern) => matchesGlob(name, pattern)))
    .sort();
  return names.length === 0
    ? { missing: `no page in ${pages} is named ${patterns.join(' or ')}` }
    : { folder, names };
}

function missing(from: string, why: string): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_MINIWOB_MISSING',
    boundary: 'user',
    message: `${resolve(from)} holds no pages of MiniWoB++: ${why}.`,
    remedy: 'Name the folder of a checkout, the one that holds html/miniwob.',
  });
}
