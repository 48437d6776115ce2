import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { SUITE_NAME, type LoadedConfiguration } from '../../config/index.ts';
import { LamarckError, type Remedy } from '../../protocol/index.ts';
import { withSuite } from './add-suite.ts';
import { writeSuite } from './write-suite.ts';

/** Tasks that are elsewhere. */
export interface SuiteSource {
  /** The folder or file that they are in. */
  readonly from: string;
  /** Of a file of rows. */
  readonly format?: string;
  /** Leaves out rows that do not fit the format. */
  readonly skipInvalid?: boolean;
  /** Name of the suite. Default: that of the adapter, or of the format. */
  readonly name?: string;
}

/** A suite that was made. */
export interface AdoptedSuite {
  readonly suite: string;
  readonly module: string;
  /** Whether the configuration names it now; otherwise a person has to. */
  readonly configured: boolean;
  readonly families: readonly string[];
}

/**
 * Makes a suite of tasks that are elsewhere, which are read where they are, and names it in the configuration.
 *
 * @throws LamarckError `LAMARCK_ADD_REFUSED`, before anything is written
 */
export async function adoptSuite(
  { file, folder, suites, broken }: LoadedConfiguration,
  adapter: 'miniwob' | 'jsonl',
  options: SuiteSource,
): Promise<AdoptedSuite> {
  if (adapter === 'jsonl' && options.format === undefined)
    throw addError('What is in the file is not said.', {
      text: 'Name its format, e.g. humanevalfix-js.',
      option: 'format',
    });
  if (adapter === 'miniwob' && options.skipInvalid)
    throw addError('Pages have no rows that could be left out.', {
      text: 'Leave the option away.',
      option: 'skipInvalid',
    });
  const suite = options.name ?? (adapter === 'miniwob' ? adapter : (options.format ?? adapter));
  if (!SUITE_NAME.test(suite))
    throw addError(`"${suite}" cannot be the name of a suite.`, {
      text: 'Name it: at most 64 small letters, digits and dashes.',
      option: 'name',
    });
  if (Object.hasOwn(suites, suite) || broken.some((family) => family.suite === suite))
    throw addError(`${file} has a suite "${suite}" already.`, { text: 'Name the new one.', option: 'name' });
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
  return { suite, module, configured: after !== undefined, families };
}

/** Families are called after their suite, so that another file of the same format has others. */
function moduleText(
  adapter: 'miniwob' | 'jsonl',
  suite: string,
  { from, format, skipInvalid }: SuiteSource,
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

function addError(message: string, remedy: string | Remedy): LamarckError {
  return new LamarckError({ code: 'LAMARCK_ADD_REFUSED', boundary: 'user', message, remedy });
}
