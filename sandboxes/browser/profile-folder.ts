import { makeTemporaryFolder } from 'lamarck';

/** Which folder is for temporary files is said by the first of these on Linux and macOS, and by the others on Windows. */
const VARIABLES = ['TMPDIR', 'TEMP', 'TMP'];

let folder: string | undefined;
let launches = 0;
let before: readonly (readonly [string, string | undefined])[] = [];

/**
 * Lets Playwright make its folders where they go with this process: a browser's profile and what it downloads. It asks the
 * environment alone, while it launches a browser, and takes no folder for a profile that is to be new.
 *
 * @param launch also given the variables, for what the browser itself makes
 */
export async function inProfileFolder<T>(
  launch: (variables: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  folder ??= makeTemporaryFolder('browser');
  const variables = Object.fromEntries(VARIABLES.map((name) => [name, folder as string]));
  if (launches++ === 0) before = VARIABLES.map((name) => [name, process.env[name]]);
  Object.assign(process.env, variables);
  try {
    return await launch(variables);
  } finally {
    if (--launches === 0) {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }
}
