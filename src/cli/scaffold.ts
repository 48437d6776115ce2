import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { loadConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { withSuite } from './add-suite.ts';
import { print, printJson, style } from './terminal.ts';

const TEMPLATES = new URL('./template/', import.meta.url);

/** `lamarck tasks new SUITE/NAME`: an example of a task family that works, to be changed. */
export async function tasksNewCommand(
  name: string,
  options: { config?: string; json?: boolean },
): Promise<void> {
  const [suite = '', own = ''] = name.split('/');
  if (!['web', 'programs', 'repairs'].includes(suite) || !isName(own))
    throw refused(
      `"${name}" cannot be the name of a new task family.`,
      'Say web/NAME, programs/NAME or repairs/NAME, with small letters, digits and dashes.',
    );
  await scaffold({ ...options, family: name, own, template: `new/${suite}.ts` });
}

/** `lamarck env new NAME`: an example of an environment with a task in it, to be changed. */
export async function envNewCommand(
  name: string,
  options: { config?: string; json?: boolean },
): Promise<void> {
  if (!isName(name))
    throw refused(
      `"${name}" cannot be the name of a new environment.`,
      'Use small letters, digits and dashes.',
    );
  await scaffold({ ...options, family: `${name}/reach`, own: name, template: 'tasks/counter.ts' });
}

function isName(text: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(text);
}

interface Scaffold {
  readonly family: string;
  /** Name of the file. */
  readonly own: string;
  readonly template: string;
  readonly config?: string;
  readonly json?: boolean;
}

async function scaffold({ family, own, template, config, json }: Scaffold): Promise<void> {
  const { file, folder, families } = await loadConfiguration(config);
  if (families.has(family))
    throw refused(`${file} has a task family "${family}" already.`, 'Choose another name.');
  const module = join(folder, 'tasks', `${own}.ts`);
  const test = join(folder, 'tasks', `${own}.test.ts`);
  const taken = [module, test].find((path) => existsSync(path));
  if (taken !== undefined)
    throw refused(`${taken} is there already; nothing was written.`, 'Choose another name.');
  const before = await readFile(file, 'utf8');
  const after = withSuite(before, own, `./${relative(folder, module).replaceAll('\\', '/')}`, 'family');
  await mkdir(dirname(module), { recursive: true });
  await writeFile(module, await textOf(template, own), { flag: 'wx' });
  await writeFile(test, await textOf('new/test.txt', own), { flag: 'wx' });
  if (after !== undefined) await writeFile(file, after);
  if (json) {
    printJson({ family, module, test, configured: after !== undefined });
    return;
  }
  print(`${style('green', 'Made')} ${family}`);
  print(`  the family  ${module}`);
  print(`  its test    ${test}`);
  if (after === undefined)
    print(`  to do       import it in ${file}, and name it in its suites, which are not written out there`);
  else print(`  changed     ${file}`);
  print(style('dim', `Next: npx lamarck tasks check '${family}', npx lamarck run ${family} --agent oracle`));
}

async function textOf(template: string, own: string): Promise<string> {
  const text = await readFile(new URL(template, TEMPLATES), 'utf8');
  return text
    .replaceAll('NAME', own)
    .replaceAll("name: 'counter'", `name: '${own}'`)
    .replaceAll("'counter/reach'", `'${own}/reach'`);
}

function refused(message: string, remedy: string): LamarckError {
  return new LamarckError({ code: 'LAMARCK_NEW_REFUSED', boundary: 'user', message, remedy });
}
