import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ownCode, reachedFiles, type LoadedConfiguration } from '../config/index.ts';
import type { RunFingerprint } from './fingerprint.ts';
import { packageVersion } from '../package-root.ts';
import { familyFingerprint } from '../task/index.ts';

/** What a configuration is made of, so that a run that is resumed can tell what has changed since it began. */
export function fingerprintOf(configuration: LoadedConfiguration): RunFingerprint {
  const { files, packages } = filesOf(configuration);
  return {
    files,
    packages: { ...packages, lamarck: packageVersion },
    lamarck: ownCode(),
    families: Object.fromEntries(
      [...configuration.families.values()].flatMap((family) =>
        Object.entries(familyFingerprint(family)).map(([part, hash]) => [`${part} of ${family.name}`, hash]),
      ),
    ),
    settings: settingsOf(configuration),
  };
}

/** The project's files; the configuration itself only where families are defined in it, so that another budget is no other code. */
export function codeOfFamilies(configuration: LoadedConfiguration): Readonly<Record<string, string>> {
  const { files } = filesOf(configuration);
  if (/\bdefine(?:Task|Environment)\b/.test(readFileSync(configuration.file, 'utf8'))) return files;
  const own = basename(configuration.file);
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== own));
}

function filesOf(configuration: LoadedConfiguration): ReturnType<typeof reachedFiles> {
  const { folder, runs, agent, families } = configuration;
  return reachedFiles(
    configuration,
    [...families.values()].flatMap((family) => family.files),
    [runs, ...(agent === undefined ? [] : [agent])].map((path) => resolve(folder, path)),
  );
}

/** Every setting by its dotted name, but those that a resumed run takes as they are by then: `workers`, `runs`, `agent`. */
function settingsOf({
  suites,
  seed,
  budget,
  folds,
  search,
  chromium,
}: LoadedConfiguration): Record<string, string> {
  const settings = {
    seed,
    folds,
    chromium,
    ...prefixed('budget', budget),
    ...prefixed('search', search),
    ...prefixed(
      'suites',
      Object.fromEntries(
        Object.entries(suites).map(([suite, members]) => [suite, members.map(({ name }) => name)]),
      ),
    ),
  };
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );
}

function prefixed(prefix: string, members: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [`${prefix}.${name}`, value]));
}
