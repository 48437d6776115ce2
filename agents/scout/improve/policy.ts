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
  type PolicyState,
  type TrajectoryView,
  type Weights,
} from 'lamarck/agent';
import type { Policy } from '../weighing.ts';
import {
  armName,
  beginCurriculum,
  drawTasks,
  groupByTask,
  openArms,
  recordRates,
  type Curriculum,
} from './curriculum.ts';
import { reexperience } from './reexperience.ts';
import { NO_SKILLS } from './skill-files.ts';
import { jsonFile, successRate, type Patch, type Study } from './study.ts';

/** Drafts play at 1, so that they try things out; the child takes what it thinks best, nearly always. */
const TEMPERATURE_OF_CHILD = 0.1;
/** Tries at a task, and tasks between two updates. */
const REPEATS = 8;
const TASKS = 4;
/** Groups of an arm that are learned from again: what is won seldom, or was long ago, is not forgotten. */
const KEPT_OF_ARM = 2;
const SETTINGS = { epochs: 4, clip: 0.3, divergence: 0.05 };
/** Length of a weight's step in the first round, and rounds after which it is half as long. */
const FIRST_STRIDE = 0.2;
const HALF_LIFE = 16;
/** Recent success on every arm at which there is nothing left to learn. */
const ENOUGH = 0.97;

interface Progress {
  readonly input: ImproverInput;
  readonly reference: Weights;
  readonly state: PolicyState;
  readonly curriculum: Curriculum;
  readonly kept: readonly { readonly arm: string; readonly group: EpisodeGroup }[];
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
  const curriculum = beginCurriculum(families, createRandom(`${input.seed}/tasks`));
  return nextRound(
    { input, reference: weights, state: beginPolicy(weights), curriculum, kept: [], rounds: [], episodes: 0 },
    episodes,
  );
}

function nextRound(progress: Progress, episodesLeft: number): Study {
  const repeats = Math.min(REPEATS, episodesLeft);
  const count = Math.min(TASKS, Math.floor(episodesLeft / REPEATS) || 1);
  const random = createRandom(`${progress.input.seed}/round ${progress.rounds.length}`);
  const { tasks, curriculum } = drawTasks(progress.curriculum, count, random);
  const isThrough = repeats < 2 || hasLearnedAll(progress.curriculum);
  const files = {
    'policy.json': jsonFile({ temperature: 1, weights: progress.state.weights }),
    ...NO_SKILLS,
  };
  return {
    request: isThrough ? undefined : { files, tasks, repeats },
    learn: (trajectories, left) =>
      trajectories.length === 0
        ? nextRound(progress, 0)
        : nextRound(learnFrom({ ...progress, curriculum }, trajectories), left),
    patch: () => patchOf(progress),
  };
}

function learnFrom(progress: Progress, trajectories: readonly TrajectoryView[]): Progress {
  const played = groupByTask(trajectories.filter(({ reward }) => reward !== null));
  const groups = played.map((group) => ({
    arm: armName(group[0] as TrajectoryView),
    isTelling: new Set(group.map(({ reward }) => reward)).size > 1,
    group: group.map((trajectory) => reexperience(trajectory, progress.state.weights)),
  }));
  // What says nothing of rewards still says where the policy has grown too sure of itself; but only while it is new.
  const silent = groups.filter(({ isTelling }) => !isTelling);
  const kept = [...progress.kept, ...groups.filter(({ isTelling }) => isTelling)].filter(
    ({ arm }, at, all) => all.slice(at + 1).filter((later) => later.arm === arm).length < KEPT_OF_ARM,
  );
  const learningRate = FIRST_STRIDE / (1 + progress.rounds.length / HALF_LIFE);
  return {
    ...progress,
    kept,
    state: improvePolicy(
      progress.state,
      [...kept, ...silent].map(({ group }) => group),
      progress.reference,
      { ...SETTINGS, learningRate },
    ),
    curriculum: recordRates(progress.curriculum, played),
    rounds: [...progress.rounds, successRate(trajectories)],
    episodes: progress.episodes + trajectories.length,
  };
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
