import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { withSuite } from './add-suite.ts';
import { print, printJson, style } from './terminal.ts';

/** `lamarck tasks add ADAPTER --from PATH`: makes a suite of what is elsewhere, which is read where it is. */
export async function tasksAddCommand(
  adapter: 'miniwob' | 'jsonl',
  options: { from: string; format?: string; name?: string; config?: string; json?: boolean },
): Promise<void> {
  const { file, folder, suiteOf } = await loadConfiguration(options.config);
  if (adapter === 'jsonl' && options.format === undefined)
    throw addError('What is in the file is not said.', 'Name its format by --format, e.g. humanevalfix-js.');
  const suite = options.name ?? (adapter === 'miniwob' ? adapter : (options.format ?? adapter));
  if (!/^[a-z][\w-]*$/i.test(suite))
    throw addError(
      `"${suite}" cannot be the name of a suite.`,
      'Name it by --name: letters, digits and dashes.',
    );
  if ([...suiteOf.values()].includes(suite))
    throw addError(`${file} has a suite "${suite}" already.`, 'Name the new one by --name.');
  const from = resolve(options.from);
  if (!existsSync(from)) throw addError(`There is no ${from}.`, 'Name what is to be read by --from.');
  const module = join(folder, 'tasks', `${suite}.ts`);
  if (existsSync(module))
    throw addError(`${module} is there already; nothing was written.`, 'Name the suite by --name.');

  const before = await readFile(file, 'utf8');
  const after = withSuite(before, suite, `./${relative(folder, module).replaceAll('\\', '/')}`);
  await mkdir(dirname(module), { recursive: true });
  await writeFile(module, moduleText(adapter, from, options.format), { flag: 'wx' });
  let families: string[];
  try {
    if (after !== undefined) await writeFile(file, after);
    families = await familiesOf(module);
  } catch (error) {
    // What cannot be read is no suite: all is as it was.
    await rm(module);
    await writeFile(file, before);
    throw error;
  }
  if (options.json) {
    printJson({ suite, module, configured: after !== undefined, families });
    return;
  }
  print(
    `${style('bold', suite)}: ${families.length} task ${families.length === 1 ? 'family' : 'families'}, ${families.slice(0, 5).join(', ')}${families.length > 5 ? ', …' : ''}`,
  );
  print(`  written  ${module}`);
  if (after === undefined)
    print(`  to do    import it in ${file}, and name it in its suites, which are not written out there`);
  else print(`  changed  ${file}`);
  print(
    style(
      'dim',
      `npx lamarck eval plays it; npx lamarck tasks check '${families[0]?.split('/')[0] ?? suite}/*' looks at it.`,
    ),
  );
}

async function familiesOf(module: string): Promise<string[]> {
  const { default: families } = (await import(pathToFileURL(module).href)) as {
    default: readonly TaskFamily[];
  };
  return families.map(({ name }) => name);
}

function moduleText(adapter: 'miniwob' | 'jsonl', from: string, format: string | undefined): string {
  const options = format === undefined ? '' : `, format: '${format}'`;
  return `import { ${adapter} } from 'lamarck/tasks';

/** Read where it is, on this machine. */
export default ${adapter}({ from: ${JSON.stringify(from)}${options} });
`;
}

function addError(message: string, remedy: string): LamarckError {
  return new LamarckError({ code: 'LAMARCK_ADD_REFUSED', boundary: 'user', message, remedy });
}
