/**
 * Which tasks to learn from next. An arm is a family at a difficulty; it is worth most where it is sometimes won, and a
 * harder one opens once the easier is won often enough.
 */
import {
  rewardSpan,
  type ImproverInput,
  type PlayRequest,
  type Random,
  type TrajectoryView,
} from 'lamarck/agent';

export interface Arm {
  readonly family: string;
  readonly difficulty: number;
}

export interface Curriculum {
  readonly arms: readonly Arm[];
  /** Recent success by `family/difficulty`; absent where it was never tried. */
  readonly rates: Readonly<Record<string, number>>;
  /** Arms that were won, ever. */
  readonly won: readonly string[];
  /** Index of the next task that no episode of this improvement has met. */
  readonly nextTask: number;
}

/** Success at which the next difficulty opens. */
const OPENS_AT = 0.4;
/** Success below which an arm is lost: it needs to be explored. */
const LOST = 0.05;
/** How much of a rate the newest group makes up. */
const NEWEST = 0.4;
/** What an arm that is never won is worth beside one that is won half the time (0.25). */
const WORTH_OF_LOST = 0.3;
/** What an arm that is always won is worth: it is kept an eye on. */
const WORTH_OF_WON = 0.02;
/** Task indices from which an improvement starts, so that a lineage does not meet the same tasks again and again. */
const TASKS = 500_000;

/** The index of a train task from which an improvement draws its own. */
export function firstTaskOf(random: Random): number {
  return random.int(0, TASKS);
}

/** @param seen episodes of the genome as it is: an arm that it wins need not be learned from the beginning. */
export function beginCurriculum(
  families: ImproverInput['families'],
  seen: readonly TrajectoryView[],
  random: Random,
): Curriculum {
  const arms = families.flatMap(({ family, difficulties }) =>
    Array.from({ length: difficulties }, (_, index) => ({ family, difficulty: index + 1 })),
  );
  const outcomes = new Map<string, number[]>();
  for (const trajectory of seen) {
    const reward = rewardSpan(trajectory.reward).counted;
    outcomes.set(armName(trajectory), [...(outcomes.get(armName(trajectory)) ?? []), reward]);
  }
  const isWon = (rewards: readonly number[]) => rewards.includes(1);
  return {
    arms,
    rates: Object.fromEntries([...outcomes].map(([name, rewards]) => [name, expectedFrom(rewards)])),
    won: [...outcomes].filter(([, rewards]) => isWon(rewards)).map(([name]) => name),
    nextTask: firstTaskOf(random),
  };
}

/** Success that a few outcomes lead to expect: drawn towards one half, because they are few. */
function expectedFrom(rewards: readonly number[]): number {
  return (rewards.filter((reward) => reward === 1).length + 0.5) / (rewards.length + 1);
}

export function armName({ family, difficulty }: Arm): string {
  return `${family}/${difficulty}`;
}

/** Arms whose easier sibling is won often enough. */
export function openArms({ arms, rates }: Curriculum): Arm[] {
  return arms.filter(
    ({ family, difficulty }) =>
      difficulty === 1 || (rates[armName({ family, difficulty: difficulty - 1 })] ?? 0) >= OPENS_AT,
  );
}

/** Open arms that were tried and hardly ever won of late. */
export function lostArms(curriculum: Curriculum): Arm[] {
  return openArms(curriculum).filter((arm) => (curriculum.rates[armName(arm)] ?? 1) < LOST);
}

/** Open arms that nobody has won yet. */
export function darkArms(curriculum: Curriculum): Arm[] {
  return openArms(curriculum).filter((arm) => !curriculum.won.includes(armName(arm)));
}

/** Draws `count` tasks that were not met before, from these arms in proportion to what there is to learn in them. */
export function drawTasks(
  curriculum: Curriculum,
  arms: readonly Arm[],
  count: number,
  random: Random,
): { tasks: PlayRequest['tasks']; curriculum: Curriculum } {
  const open = arms.map((arm) => {
    const rate = curriculum.rates[armName(arm)] ?? 0.5;
    return { arm, worth: rate * (1 - rate) + WORTH_OF_LOST * (1 - rate) + WORTH_OF_WON };
  });
  const total = open.reduce((sum, { worth }) => sum + worth, 0);
  const tasks = Array.from({ length: count }, (_, index) => {
    let left = random.real() * total;
    const { arm } = open.find(({ worth }) => (left -= worth) < 0) ?? (open.at(-1) as (typeof open)[number]);
    return { family: arm.family, difficulty: arm.difficulty, task: curriculum.nextTask + index };
  });
  return { tasks, curriculum: { ...curriculum, nextTask: curriculum.nextTask + count } };
}

/** The curriculum after the groups of these trajectories. */
export function recordRates(
  curriculum: Curriculum,
  groups: readonly (readonly TrajectoryView[])[],
): Curriculum {
  const rates = { ...curriculum.rates };
  const won = new Set(curriculum.won);
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const name = armName(first);
    const rate = group.filter(({ reward }) => reward === 1).length / group.length;
    rates[name] = rates[name] === undefined ? rate : (1 - NEWEST) * rates[name] + NEWEST * rate;
    if (rate > 0) won.add(name);
  }
  return { ...curriculum, rates, won: [...won] };
}

/** Trajectories of the same task, together. */
export function groupByTask(trajectories: readonly TrajectoryView[]): TrajectoryView[][] {
  const groups = new Map<string, TrajectoryView[]>();
  for (const trajectory of trajectories) {
    const key = `${armName(trajectory)}/${trajectory.task}`;
    groups.set(key, [...(groups.get(key) ?? []), trajectory]);
  }
  return [...groups.values()];
}
