import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { loadConfiguration, SUITE_NAME } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { withSuite } from './add-suite.ts';
import { style, styled } from './styled-text.ts';
import { print, printJson } from './terminal.ts';
import { writeSuite } from './write-suite.ts';

interface AddOptions {
  readonly from: string;
  readonly format?: string;
  readonly skipInvalid?: boolean;
  readonly name?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** `lamarck tasks add ADAPTER --from PATH`: makes a suite of what is elsewhere, which is read where it is. */
export async function tasksAddCommand(adapter: 'miniwob' | 'jsonl', options: AddOptions): Promise<void> {
  const { file, folder, suites, broken } = await loadConfiguration(options.config);
  if (adapter === 'jsonl' && options.format === undefined)
    throw addError('What is in the file is not said.', 'Name its format by --format, e.g. humanevalfix-js.');
  if (adapter === 'miniwob' && options.skipInvalid)
    throw addError('Pages have no rows that could be left out.', 'Leave away --skip-invalid.');
  const suite = options.name ?? (adapter === 'miniwob' ? adapter : (options.format ?? adapter));
  if (!SUITE_NAME.test(suite))
    throw addError(
      `"${suite}" cannot be the name of a suite.`,
      'Name it by --name: at most 64 small letters, digits and dashes.',
    );
  if (Object.hasOwn(suites, suite) || broken.some((family) => family.suite === suite))
    throw addError(`${file} has a suite "${suite}" already.`, 'Name the new one by --name.');
  const from = resolve(options.from);
  if (!existsSync(from)) throw addError(`There is no ${from}.`, 'Name what is to be read by --from.');
  const module = join(folder, 'tasks', `${suite}.ts`);
  if (existsSync(module))
    throw addError(`${module} is there already; nothing was written.`, 'Name the suite by --name.');

  const after = withSuite(
    await readFile(file, 'utf8'),
    suite,
    `./${relative(folder, module).replaceAll('\\', '/')}`,
  );
  const text = moduleText(adapter, suite, { ...options, from });
  const families = await writeSuite(file, { suite, module, files: { [module]: text }, configured: after });
  if (options.json) {
    printJson({ suite, module, configured: after !== undefined, families });
    return;
  }
  print(
    styled`${style('bold', suite)}: ${families.length} task ${families.length === 1 ? 'family' : 'families'}, ${families.slice(0, 5).join(', ')}${families.length > 5 ? ', …' : ''}`,
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

/** Families are called after their suite, so that another file of the same format has others. */
function moduleText(
  adapter: 'miniwob' | 'jsonl',
  suite: string,
  { from, format, skipInvalid }: AddOptions,
): string {
  const options: Record<string, string | boolean> = { from };
  if (adapter === 'jsonl' && format !== undefined) options['format'] = format;
  if (skipInvalid) options['skipInvalid'] = true;
  if (suite !== (adapter === 'miniwob' ? adapter : format))
    options['name'] = adapter === 'miniwob' ? suite : `jsonl/${suite}`;
  const written = Object.entries(options).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `import { ${adapter} } from 'lamarck/tasks';

/** Read where it is, on this machine. */
export default ${adapter}({ ${written.join(', ')} });
`;
}

function addError(message: string, remedy: string): LamarckError {
  return new LamarckError({ code: 'LAMARCK_ADD_REFUSED', boundary: 'user', message, remedy });
}
