import { once } from 'node:events';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedConfiguration } from '../config/index.ts';
import { startChild } from '../processes/index.ts';
import { LamarckError } from '../protocol/index.ts';

/** Where `tasks new` writes tests. */
const TESTS = 'tasks/*.test.ts';

/**
 * The tests of a project's tasks in Node's own runner, which prints. They run under the Node that runs this, as the tasks do,
 * whatever Node the system has.
 *
 * @param files default: `tasks/*.test.ts`
 * @returns the exit code
 * @throws LamarckError `LAMARCK_TESTS_NONE`
 */
export async function runTests({ folder }: LoadedConfiguration, files: readonly string[]): Promise<number> {
  const tests = files.length > 0 ? files.map((file) => resolve(file)) : globSync(TESTS, { cwd: folder });
  if (tests.length === 0)
    throw new LamarckError({
      code: 'LAMARCK_TESTS_NONE',
      boundary: 'user',
      message: `There is no ${TESTS} in ${folder}.`,
      remedy: { text: 'Name the files, or make a task that has a test.', command: 'tasks new web/NAME' },
    });
  const { process: child } = startChild(process.execPath, [...process.execArgv, '--test', ...tests], {
    cwd: folder,
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
