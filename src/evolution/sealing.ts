import { oracleActor, randomActor, type Actor } from '../episode/index.ts';
import { gainOf, scoreOf } from '../evaluation/index.ts';
import type { Arms, Estimate, FamilyArms, Trajectory } from '../protocol/index.ts';
import type { Genome } from './genome.ts';
import { actorOf, jobsAt, taskNameOf, type Night, type NightFamily } from './night.ts';

export interface Sealed {
  readonly slice: number;
  readonly all: Arms;
  readonly suites: Record<string, Arms>;
  /** On families that nothing was learned from; null where none was kept out. */
  readonly unseenFamilies: FamilyArms | null;
  /** The champion's own episodes, for showing. */
  readonly champion: readonly Trajectory[];
}

const ARMS = ['random', 'seedAgent', 'learnerOnly', 'champion', 'oracle'] as const;
type Arm = (typeof ARMS)[number];
type Played = Readonly<Record<Arm, readonly Trajectory[]>>;

/** Scores every arm on a sealed slice that nothing was ever scored on: seen families, and those kept out of learning. */
export async function seal(night: Night, champion: Genome, learner: Genome): Promise<Sealed> {
  const { slice } = await night.log.seal(night.budget.episodes, champion.id);
  const actors: Record<Arm, Actor> = {
    random: randomActor,
    seedAgent: actorOf(night, night.seedGenome),
    learnerOnly: actorOf(night, learner),
    champion: actorOf(night, champion),
    oracle: oracleActor,
  };
  const play = async (families: readonly NightFamily[], tasks: number, what: string): Promise<Played> => {
    const indices = Array.from({ length: tasks }, (_, index) => index);
    const played: Partial<Record<Arm, readonly Trajectory[]>> = {};
    for (const arm of ARMS) {
      night.tell({ type: 'activity', text: `sealed slice ${slice}, ${what}: ${NAMES[arm]}` });
      const able = arm === 'oracle' ? families.filter(({ family }) => family.oracle) : families;
      const jobs = jobsAt({ ...night, families: able }, actors[arm], 'sealed', indices, { slice });
      played[arm] = await night.rollout.play(jobs);
    }
    return played as Played;
  };
  const seen = await play(night.families, night.budget.sealed, 'seen families');
  const unseen = await play(night.unseen, night.budget.unseen, 'unseen families');
  const suiteOf = new Map(night.families.map(({ family, suite }) => [family.name, suite]));
  return {
    slice,
    all: armsOf(seen),
    suites: Object.fromEntries(
      [...new Set(suiteOf.values())].map((suite) => [
        suite,
        armsOf(only(seen, (trajectory) => suiteOf.get(familyOf(trajectory)) === suite)),
      ]),
    ),
    unseenFamilies:
      night.unseen.length === 0
        ? null
        : {
            ...armsOf(unseen),
            families: night.unseen.map(({ family }) => family.name),
            gainByFamily: championGain(unseen, 'seedAgent', familyOf),
            gainOverLearnerByFamily: championGain(unseen, 'learnerOnly', familyOf),
          },
    champion: seen.champion,
  };
}

const NAMES: Readonly<Record<Arm, string>> = {
  random: 'random',
  seedAgent: 'seed agent',
  learnerOnly: 'learner only',
  champion: 'champion',
  oracle: 'oracle',
};

function armsOf(played: Played): Arms {
  return {
    random: estimateOf(played.random),
    seedAgent: estimateOf(played.seedAgent),
    learnerOnly: estimateOf(played.learnerOnly),
    champion: estimateOf(played.champion),
    oracle: estimateOf(played.oracle),
    gain: championGain(played, 'seedAgent', taskNameOf),
    gainOverLearner: championGain(played, 'learnerOnly', taskNameOf),
  };
}

function estimateOf(trajectories: readonly Trajectory[]): Estimate {
  return scoreOf(
    trajectories.map((trajectory) => ({
      reward: trajectory.end.reward,
      cluster: taskNameOf(trajectory),
    })),
  );
}

/** Champion minus a reference on the same tasks. */
function championGain(
  played: Played,
  reference: 'seedAgent' | 'learnerOnly',
  clusterOf: (trajectory: Trajectory) => string,
): Estimate {
  return gainOf(
    played.champion.map((trajectory, place) => ({
      incumbent: played[reference][place]?.end.reward ?? null,
      challenger: trajectory.end.reward,
      cluster: clusterOf(trajectory),
    })),
  );
}

function only(played: Played, isMember: (trajectory: Trajectory) => boolean): Played {
  return Object.fromEntries(ARMS.map((arm) => [arm, played[arm].filter(isMember)])) as unknown as Played;
}

function familyOf({ start }: Trajectory): string {
  return start.task.family;
}
