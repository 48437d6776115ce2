import { resolve } from 'node:path';
import { ownCode, reachedFiles, type LoadedConfiguration } from '../config/index.ts';
import type { RunFingerprint } from '../evolution/index.ts';
import { packageVersion } from '../package-root.ts';
import { familyFingerprint } from '../task/index.ts';

/** What a configuration is made of, so that a run that is resumed can tell what has changed since it began. */
export function fingerprintOf(configuration: LoadedConfiguration): RunFingerprint {
  const { folder, runs, agent } = configuration;
  const families = [...configuration.families.values()];
  const { files, packages } = reachedFiles(
    configuration,
    families.flatMap((family) => family.files),
    [runs, ...(agent === undefined ? [] : [agent])].map((path) => resolve(folder, path)),
  );
  return {
    files,
    packages: { ...packages, lamarck: packageVersion },
    lamarck: ownCode(),
    families: Object.fromEntries(
      families.flatMap((family) =>
        Object.entries(familyFingerprint(family)).map(([part, hash]) => [`${part} of ${family.name}`, hash]),
      ),
    ),
    settings: settingsOf(configuration),
  };
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
