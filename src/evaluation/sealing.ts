import { oracleActor, randomActor, type Actor } from '../episode/index.ts';
import type { Genome } from '../genome/index.ts';
import type { Arms, Estimate, FamilyArms, Trajectory } from '../protocol/index.ts';
import type { RunFamilies, RunFamily } from '../run/index.ts';
import { differenceOf, meanOf, outcomeOf, pairsOf } from './paired.ts';
import { actorOf, jobsAt, type Trial } from './trial.ts';

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

/** What the sealed split of a run is scored with. */
export interface SealedTrial extends Trial, RunFamilies {
  readonly families: RunFamilies['families'];
  readonly seedGenome: Genome;
  readonly budget: {
    /** Sealed tasks a family and arm, and the same of families that were held out. */
    readonly sealed: number;
    readonly unseen: number;
  };
  /** Opens the slice that is scored, before its first episode. */
  openSlice(champion: string): Promise<number>;
  /** Told which arm plays. */
  readonly onArm: (text: string) => void;
}

/** Scores every arm on a sealed slice that nothing was ever scored on: seen families, and those held out of learning. */
export async function seal(run: SealedTrial, champion: Genome, learner: Genome): Promise<Sealed> {
  const slice = await run.openSlice(champion.id);
  const actors: Record<Arm, Actor> = {
    random: randomActor,
    seedAgent: actorOf(run, run.seedGenome),
    learnerOnly: actorOf(run, learner),
    champion: actorOf(run, champion),
    oracle: oracleActor,
  };
  const play = async (families: readonly RunFamily[], tasks: number, what: string): Promise<Played> => {
    const indices = Array.from({ length: tasks }, (_, index) => index);
    const played: Partial<Record<Arm, readonly Trajectory[]>> = {};
    for (const arm of ARMS) {
      run.onArm(`sealed slice ${slice}, ${what}: ${NAMES[arm]}`);
      const able = arm === 'oracle' ? families.filter(({ family }) => family.oracle) : families;
      const jobs = jobsAt({ ...run, families: able }, actors[arm], 'sealed', indices, { slice });
      played[arm] = await run.rollout.play(jobs);
    }
    return played as Played;
  };
  const seen = await play(run.families, run.budget.sealed, 'seen families');
  const unseen = await play(run.unseen, run.budget.unseen, 'unseen families');
  const suiteOf = new Map(run.families.map(({ family, suite }) => [family.name, suite]));
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
      run.unseen.length === 0
        ? null
        : {
            ...armsOf(unseen),
            families: run.unseen.map(({ family }) => family.name),
            gainByFamily: championGain(unseen, 'seedAgent', 'family'),
            gainOverLearnerByFamily: championGain(unseen, 'learnerOnly', 'family'),
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
    gain: championGain(played, 'seedAgent', 'task'),
    gainOverLearner: championGain(played, 'learnerOnly', 'task'),
  };
}

function estimateOf(trajectories: readonly Trajectory[]): Estimate {
  return meanOf(trajectories.map(outcomeOf));
}

/** Champion minus a reference on the same tasks. */
function championGain(
  played: Played,
  reference: 'seedAgent' | 'learnerOnly',
  clusters: 'task' | 'family',
): Estimate {
  return differenceOf(pairsOf(played[reference].map(outcomeOf), played.champion.map(outcomeOf)), clusters);
}

function only(played: Played, isMember: (trajectory: Trajectory) => boolean): Played {
  return Object.fromEntries(ARMS.map((arm) => [arm, played[arm].filter(isMember)])) as unknown as Played;
}

function familyOf({ start }: Trajectory): string {
  return start.task.family;
}
