/**
 * Learning the policy: drafts play groups of episodes of the same task, and what won more often than its group becomes
 * more likely (GRPO). The reward is whether the task was solved; nothing else enters an advantage.
 */
import {
  beginPolicy,
  createRandom,
  improvePolicy,
  type EpisodeGroup,
  type ImproverInput,
  type PolicyEpisode,
  type PolicyState,
  type TrajectoryView,
  type Weights,
} from 'lamarck/agent';
import type { Policy } from '../pages/action-choice.ts';
import {
  armName,
  beginCurriculum,
  drawTasks,
  groupByTask,
  lostArms,
  openArms,
  recordRates,
  type Arm,
  type Curriculum,
} from './curriculum.ts';
import { newestGroups, newestWins, type KeptGroup } from './experience.ts';
import { wantedSearches, withSearches, type Searches } from './first-wins.ts';
import { reexperience } from './reexperience.ts';
import { NO_SKILLS } from './skill-files.ts';
import { jsonFile, successRate, type Patch, type Study } from './study.ts';

/** Drafts play at 1, so that they try things out; the child takes what it thinks best, nearly always. */
const TEMPERATURE_OF_CHILD = 0.1;
/** Tries at a task, and tasks between two updates. */
const REPEATS = 8;
const TASKS = 2;
const SETTINGS = { epochs: 4, clip: 0.3, clipHigher: 2, divergence: 0.05 };
/** Length of a weight's step in the first round, and rounds after which it is half as long. */
const FIRST_STRIDE = 0.2;
const HALF_LIFE = 40;
/** Share of decisions that try what was tried least, where an arm is lost. */
const CURIOSITY = 0.25;
/** Playouts of each task that is searched for a first win. */
const PLAYOUTS = 60;
/** A try that came to nothing: what a win that was found is held against, where tries at random hardly ever win. */
const NOTHING: PolicyEpisode = { steps: [], reward: 0 };
/** Recent success on every arm at which there is nothing left to learn. */
const ENOUGH = 0.97;

interface Progress {
  readonly input: ImproverInput;
  readonly reference: Weights;
  readonly state: PolicyState;
  readonly curriculum: Curriculum;
  /** How often a candidate with a feature was taken. */
  readonly taken: Readonly<Record<string, number>>;
  /** Searches for a first win, by arm. */
  readonly searches: Searches;
  readonly kept: readonly KeptGroup[];
  /** The newest wins of each arm. */
  readonly wins: readonly TrajectoryView[];
  readonly rounds: readonly number[];
  readonly episodes: number;
}

/** @param families those whose tasks are pages. */
export function studyPolicy(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const { weights } = JSON.parse(input.files['policy.json'] ?? '{"weights":{}}') as Policy;
  const curriculum = beginCurriculum(families, input.trajectories, createRandom(`${input.seed}/tasks`));
  const names = new Set(families.map(({ family }) => family));
  const beginning: Progress = {
    input,
    reference: weights,
    state: beginPolicy(weights),
    curriculum,
    taken: {},
    searches: {},
    kept: [],
    wins: [],
    rounds: [],
    episodes: 0,
  };
  return nextRound(
    shown(
      beginning,
      input.demonstrations.filter(({ family }) => names.has(family)),
    ),
    episodes,
  );
}

/** What is learned from wins that came about without the policy: by people, or by searching. */
function shown(progress: Progress, won: readonly TrajectoryView[]): Progress {
  if (won.length === 0) return progress;
  const policy: Policy = { temperature: 1, weights: progress.state.weights };
  const found = won.map((trajectory) => ({
    arm: armName(trajectory),
    group: [reexperience(trajectory, policy), NOTHING],
  }));
  const next = {
    ...progress,
    kept: newestGroups([...progress.kept, ...found]),
    wins: newestWins([...progress.wins, ...won]),
  };
  return { ...next, state: stepFrom(next, []) };
}

function nextRound(progress: Progress, episodesLeft: number): Study {
  if (episodesLeft < REPEATS) return isThrough(progress);
  const wanted = wantedSearches(progress.curriculum, progress.searches).slice(
    0,
    Math.floor(episodesLeft / 2),
  );
  return wanted.length === 0 ? playRound(progress, episodesLeft) : search(progress, wanted);
}

const isThrough = (progress: Progress): Study => ({
  request: undefined,
  learn: () => isThrough(progress),
  patch: () => patchOf(progress),
  wins: progress.wins,
});

/** Groups of a draft; in every other round only of the arms that are lost, and there it is curious. */
function playRound(progress: Progress, episodesLeft: number): Study {
  const lost = lostArms(progress.curriculum);
  const count = Math.min(TASKS, Math.floor(episodesLeft / REPEATS));
  const random = createRandom(`${progress.input.seed}/round ${progress.rounds.length}`);
  const isCurious = lost.length > 0 && progress.rounds.length % 2 === 1;
  const arms = isCurious ? lost : openArms(progress.curriculum);
  const { tasks, curriculum } = drawTasks(progress.curriculum, arms, count, random);
  if (hasLearnedAll(progress.curriculum)) return isThrough(progress);
  const draft: Policy = {
    temperature: 1,
    weights: progress.state.weights,
    ...(isCurious && { curiosity: { share: CURIOSITY, taken: progress.taken } }),
  };
  return {
    request: { files: { 'policy.json': jsonFile(draft), ...NO_SKILLS }, tasks, repeats: REPEATS },
    learn: (trajectories, left) =>
      trajectories.length === 0
        ? isThrough(progress)
        : nextRound(learnFrom({ ...progress, curriculum }, draft, trajectories), left),
    patch: () => patchOf(progress),
  };
}

/** Has arms that nobody won yet searched for first wins, before tries are spent on them. */
function search(progress: Progress, arms: readonly Arm[]): Study {
  const { nextTask } = progress.curriculum;
  const tasks = arms.map((arm, index) => ({ ...arm, task: nextTask + index }));
  return {
    request: { tasks, tries: PLAYOUTS },
    learn: (trajectories, left) => {
      const won = trajectories.filter(({ reward }) => reward === 1);
      const next = {
        ...progress,
        curriculum: { ...progress.curriculum, nextTask: nextTask + tasks.length },
        searches: withSearches(progress.searches, arms.map(armName), won.map(armName)),
      };
      return nextRound(shown(next, won), left);
    },
    patch: () => patchOf(progress),
  };
}

function learnFrom(progress: Progress, draft: Policy, trajectories: readonly TrajectoryView[]): Progress {
  const played = groupByTask(trajectories);
  const groups = played.map((group) => ({
    arm: armName(group[0] as TrajectoryView),
    wins: group.filter(({ reward }) => reward === 1).length,
    group: group.map((trajectory) => reexperience(trajectory, draft)),
  }));
  const isTelling = ({ wins, group }: (typeof groups)[number]) => wins > 0 && wins < group.length;
  const kept = newestGroups([...progress.kept, ...groups.filter(isTelling)]);
  // Groups whose episodes all won or all lost give no advantage, but they still count in the divergence that holds
  // back an overconfident policy; they are used once, while new, and not kept.
  const silent = groups.filter((group) => !isTelling(group)).map(({ group }) => group);
  return {
    ...progress,
    kept,
    taken: countTaken(
      progress.taken,
      groups.map(({ group }) => group),
    ),
    state: stepFrom({ ...progress, kept }, silent),
    curriculum: recordRates(progress.curriculum, played),
    wins: newestWins([...progress.wins, ...trajectories]),
    rounds: [...progress.rounds, successRate(trajectories)],
    episodes: progress.episodes + trajectories.length,
  };
}

/** The policy after it learned from the groups that are kept, and from these. */
function stepFrom({ state, kept, reference, rounds }: Progress, more: readonly EpisodeGroup[]): PolicyState {
  const learningRate = FIRST_STRIDE / (1 + rounds.length / HALF_LIFE);
  const groups = [...kept.map(({ group }) => group), ...more];
  return improvePolicy(state, groups, reference, { ...SETTINGS, learningRate });
}

function countTaken(taken: Progress['taken'], groups: readonly EpisodeGroup[]): Progress['taken'] {
  const counts = { ...taken };
  for (const { candidates, chosen } of groups.flatMap((group) => group.flatMap(({ steps }) => steps)))
    for (const name in candidates[chosen]) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function hasLearnedAll(curriculum: Curriculum): boolean {
  return (
    openArms(curriculum).length === curriculum.arms.length &&
    curriculum.arms.every((arm) => (curriculum.rates[armName(arm)] ?? 0) >= ENOUGH)
  );
}

function patchOf({ input, state, rounds, episodes }: Progress): Patch | undefined {
  const weights = Object.fromEntries(
    Object.entries(state.weights)
      .filter(([, weight]) => weight !== 0)
      .sort(([, left], [, right]) => Math.abs(right) - Math.abs(left)),
  );
  const file = jsonFile({ temperature: TEMPERATURE_OF_CHILD, weights });
  if (file === input.files['policy.json']) return undefined;
  const [strongest] = Object.entries(weights);
  const said =
    strongest === undefined
      ? 'none says anything yet'
      : `strongest "${strongest[0]}" ${strongest[1] > 0 ? '+' : ''}${strongest[1].toFixed(1)}`;
  const third = Math.max(1, Math.floor(rounds.length / 3));
  const mean = (rates: readonly number[]) =>
    (rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length)).toFixed(2);
  return {
    files: { 'policy.json': file },
    kind: 'policy',
    rationale: `policy: ${Object.keys(weights).length} weights from ${episodes} episodes; ${said}; train success ${mean(rounds.slice(0, third))} → ${mean(rounds.slice(-third))} as tasks got harder`,
  };
}
