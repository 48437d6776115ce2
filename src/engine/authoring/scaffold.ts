import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { SUITE_NAME, type LoadedConfiguration } from '../../config/index.ts';
import { LamarckError } from '../../protocol/index.ts';
import { withSuite } from './add-suite.ts';
import { withTaskLine } from './readme-line.ts';
import { writeSuite } from './write-suite.ts';

const TEMPLATES = new URL('./template/', import.meta.url);

/** What was made. */
export interface Made {
  readonly family: string;
  /** Paths of the family's file, of its test, and of the README with a line on it. */
  readonly module: string;
  readonly test: string;
  readonly readme: string;
  /** Whether the configuration names it now; otherwise a person has to. */
  readonly configured: boolean;
}

/**
 * Writes an example of a task family that works, to be changed, and names it in the configuration.
 *
 * @param name `web/NAME`, `programs/NAME` or `repairs/NAME`
 * @throws LamarckError `LAMARCK_NEW_REFUSED`, before anything is written
 */
export function newTask(configuration: LoadedConfiguration, name: string): Promise<Made> {
  const [suite = '', own = ''] = name.split('/');
  if (!['web', 'programs', 'repairs'].includes(suite) || !SUITE_NAME.test(own))
    throw refused(
      `"${name}" cannot be the name of a new task family.`,
      'Say web/NAME, programs/NAME or repairs/NAME, with at most 64 small letters, digits and dashes.',
    );
  return scaffold(configuration, { family: name, own, template: `new/${suite}.ts` });
}

/** The same of an environment with a task in it. */
export function newEnvironment(configuration: LoadedConfiguration, name: string): Promise<Made> {
  if (!SUITE_NAME.test(name))
    throw refused(
      `"${name}" cannot be the name of a new environment.`,
      'Use at most 64 small letters, digits and dashes.',
    );
  return scaffold(configuration, { family: `${name}/reach`, own: name, template: 'tasks/counter.ts' });
}

interface Scaffold {
  readonly family: string;
  /** Name of the file. */
  readonly own: string;
  readonly template: string;
}

async function scaffold(
  { file, folder, families, suites, broken }: LoadedConfiguration,
  { family, own, template }: Scaffold,
): Promise<Made> {
  if (families.has(family))
    throw refused(`${file} has a task family "${family}" already.`, 'Choose another name.');
  if (Object.hasOwn(suites, own) || broken.some(({ suite }) => suite === own))
    throw refused(`${file} has a suite "${own}" already.`, 'Choose another name.');
  const module = join(folder, 'tasks', `${own}.ts`);
  const test = join(folder, 'tasks', `${own}.test.ts`);
  const taken = [module, test].find((path) => existsSync(path));
  if (taken !== undefined)
    throw refused(`${taken} is there already; nothing was written.`, 'Choose another name.');
  const before = await readFile(file, 'utf8');
  const after = withSuite(before, own, `./${relative(folder, module).replaceAll('\\', '/')}`, 'family');
  const files = { [module]: await textOf(template, own), [test]: await testOf(own) };
  await writeSuite(file, { suite: own, module, files, configured: after });
  const readme = join(folder, 'README.md');
  const told = await readFile(readme, 'utf8').catch(() => '');
  await writeFile(
    readme,
    withTaskLine(
      told,
      `- \`tasks/${own}.ts\` is the task family \`${family}\`; \`tasks/${own}.test.ts\` tests it.`,
    ),
  );
  return { family, module, test, readme, configured: after !== undefined };
}

/** Of a test for the family in `tasks/OWN.ts`. */
export async function testOf(own: string): Promise<string> {
  return textOf('new/test.txt', own);
}

async function textOf(template: string, own: string): Promise<string> {
  const text = await readFile(new URL(template, TEMPLATES), 'utf8');
  return text
    .replaceAll('NAME', own)
    .replace('export const counter =', 'export const environment =')
    .replace('environment: counter,', 'environment,')
    .replaceAll("name: 'counter'", `name: '${own}'`)
    .replaceAll("'counter/reach'", `'${own}/reach'`);
}

function refused(message: string, remedy: string): LamarckError {
  return new LamarckError({ code: 'LAMARCK_NEW_REFUSED', boundary: 'user', message, remedy });
}
