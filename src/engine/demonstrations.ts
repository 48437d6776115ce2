import { runsFolder, type LoadedConfiguration } from '../config/index.ts';
import { demonstrationsIn } from '../evolution/index.ts';
import { findRunFolder } from '../run/index.ts';
import { LamarckError, type Trajectory } from '../protocol/index.ts';
import { openStore } from '../store/index.ts';
import { familiesOf } from './planned-families.ts';

/** The games that people won in these runs, of families that the run learns from. */
export async function demonstrationsNamed(
  runs: readonly string[],
  configuration: LoadedConfiguration,
  seed: number,
  notice: (text: string) => void,
): Promise<readonly Trajectory[]> {
  const trajectories: Trajectory[] = [];
  for (const name of runs) {
    await using store = await openStore(findRunFolder(runsFolder(configuration), name));
    for (const { key } of await store.allEpisodes()) {
      const trajectory = await store.trajectory(key);
      if (trajectory) trajectories.push(trajectory);
    }
  }
  const { families } = familiesOf(configuration, { seed });
  const { demonstrations, left } = demonstrationsIn(
    trajectories,
    new Map(families.map(({ family }) => [family.name, family])),
  );
  for (const sentence of left) notice(`${sentence} It is left out.`);
  if (runs.length === 0 || demonstrations.length > 0) return demonstrations;
  throw new LamarckError({
    code: 'LAMARCK_DEMONSTRATIONS_NONE',
    boundary: 'user',
    message: `There is no game to learn from in ${runs.join(', ')}.`,
    remedy: { text: 'Play one.', command: 'tasks play NAME' },
  });
}
