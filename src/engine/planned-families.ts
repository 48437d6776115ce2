import type { LoadedConfiguration } from '../config/index.ts';
import { runFamilies, type RunManifest } from '../run/index.ts';

/** The families that the run would learn from, and those that it would keep out. */
export function familiesOf(
  configuration: LoadedConfiguration,
  { seed, resumed }: { seed: number; resumed?: RunManifest },
): ReturnType<typeof runFamilies> {
  const suites = Object.fromEntries(
    Object.entries(configuration.suites).map(([suite, members]) => [suite, members.map(({ name }) => name)]),
  );
  const folds = resumed?.folds ?? configuration.folds;
  return runFamilies(
    { suites: resumed?.suites ?? suites, seed, config: configuration.file, folds },
    configuration.families,
  );
}
