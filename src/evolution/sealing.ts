import { oracleActor, randomActor, type Actor } from '../episode/index.ts';
import { clusteredInterval } from '../evaluation/index.ts';
import type { Arms, Estimate, Trajectory } from '../protocol/index.ts';
import type { Genome } from './genome.ts';
import { actorOf, jobsAt, taskNameOf, type Night } from './night.ts';

export interface Sealed {
  readonly slice: number;
  readonly all: Arms;
  readonly suites: Record<string, Arms>;
  /** The champion's own episodes, for showing. */
  readonly champion: readonly Trajectory[];
}

type Arm = Exclude<keyof Arms, 'gain'>;

/** Scores random, seed agent, champion and oracle on a sealed slice that nothing was ever scored on. */
export async function seal(night: Night, champion: Genome): Promise<Sealed> {
  const { slice } = await night.log.seal(night.budget.episodes, champion.id);
  const indices = Array.from({ length: night.budget.sealed }, (_, index) => index);
  const actors: Record<Arm, Actor> = {
    random: randomActor,
    seedAgent: actorOf(night, night.seedGenome),
    champion: actorOf(night, champion),
    oracle: oracleActor,
  };
  const played = {} as Record<Arm, Trajectory[]>;
  for (const [arm, actor] of Object.entries(actors) as [Arm, Actor][]) {
    night.tell({
      type: 'activity',
      text: `sealed slice ${slice}: ${arm === 'seedAgent' ? 'seed agent' : arm}`,
    });
    played[arm] = await night.rollout.play(jobsAt(night, actor, 'sealed', indices, { slice }));
  }
  const suiteOf = new Map(night.families.map(({ family, suite }) => [family.name, suite]));
  const suites = [...new Set(night.families.map(({ suite }) => suite))];
  return {
    slice,
    all: armsOf(played, () => true),
    suites: Object.fromEntries(
      suites.map((suite) => [
        suite,
        armsOf(played, (trajectory) => suiteOf.get(trajectory.start.task.family) === suite),
      ]),
    ),
    champion: played.champion,
  };
}

function armsOf(
  played: Record<Arm, readonly Trajectory[]>,
  isMember: (trajectory: Trajectory) => boolean,
): Arms {
  const estimate = (arm: Arm): Estimate =>
    clusteredInterval(
      played[arm].filter(isMember).flatMap((trajectory) => {
        const { reward } = trajectory.end;
        return reward === null ? [] : [{ value: reward, cluster: taskNameOf(trajectory) }];
      }),
    );
  const gains = played.champion.flatMap((trajectory, place) => {
    const reference = played.seedAgent[place];
    if (
      !reference ||
      !isMember(trajectory) ||
      trajectory.end.reward === null ||
      reference.end.reward === null
    )
      return [];
    return [{ value: trajectory.end.reward - reference.end.reward, cluster: taskNameOf(trajectory) }];
  });
  return {
    random: estimate('random'),
    seedAgent: estimate('seedAgent'),
    champion: estimate('champion'),
    oracle: estimate('oracle'),
    gain: clusteredInterval(gains, [-1, 1]),
  };
}
