/**
 * Learning what operators cost: the genome solves program tasks, and what its verified programs are made of becomes
 * cheap, so that longer programs of the same words come within reach of the same number of candidates.
 */
import { createRandom, type ImproverInput, type TrajectoryView } from 'lamarck/agent';
import { learnCosts } from './costs.ts';
import { beginCurriculum, drawTasks, recordRates, type Curriculum } from './curriculum.ts';
import { jsonFile, successRate, type Patch, type Study } from './study.ts';

/** Tasks between two updates. */
const TASKS = 24;
/** Episodes after which a further one teaches next to nothing. */
const MOST_EPISODES = 240;

interface Progress {
  readonly input: ImproverInput;
  readonly curriculum: Curriculum;
  /** Operators of each verified program, newest last. */
  readonly programs: readonly (readonly string[])[];
  readonly rounds: readonly number[];
  readonly episodes: number;
}

/** @param families those whose tasks are programs. */
export function studyCosts(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const curriculum = beginCurriculum(families, createRandom(`${input.seed}/tasks`));
  const programs = input.trajectories.flatMap(verifiedProgram);
  return nextRound({ input, curriculum, programs, rounds: [], episodes: 0 }, episodes);
}

function nextRound(progress: Progress, episodesLeft: number): Study {
  const count = Math.min(TASKS, episodesLeft, MOST_EPISODES - progress.episodes);
  const random = createRandom(`${progress.input.seed}/round ${progress.rounds.length}`);
  const { tasks, curriculum } = drawTasks(progress.curriculum, Math.max(0, count), random);
  const files: Record<string, string> =
    progress.programs.length === 0 ? {} : { 'costs.json': jsonFile(learnCosts(progress.programs)) };
  return {
    request: count < 1 ? undefined : { files, tasks, repeats: 1 },
    learn: (trajectories, left) =>
      nextRound(
        {
          ...progress,
          // Each task is an arm's news: a program task is tried once, for thinking knows no luck.
          curriculum: recordRates(
            curriculum,
            trajectories.map((trajectory) => [trajectory]),
          ),
          programs: [...progress.programs, ...trajectories.flatMap(verifiedProgram)],
          rounds: [...progress.rounds, successRate(trajectories)],
          episodes: progress.episodes + trajectories.length,
        },
        trajectories.length === 0 ? 0 : left,
      ),
    patch: () => patchOf(progress),
  };
}

function verifiedProgram({ reward, steps }: TrajectoryView): string[][] {
  const note = steps.at(-1)?.note;
  if (reward !== 1 || typeof note !== 'object' || note === null || !('operators' in note)) return [];
  const { operators } = note;
  return Array.isArray(operators) && operators.length > 0 ? [operators.map(String)] : [];
}

function patchOf({ input, programs, rounds, episodes }: Progress): Patch | undefined {
  if (programs.length === 0) return undefined;
  const costs = learnCosts(programs);
  const file = jsonFile(costs);
  if (file === input.files['costs.json']) return undefined;
  const cheapest = Object.entries(costs.operators)
    .filter(([name]) => !/^(argument|number) \d+$/.test(name))
    .sort(([, left], [, right]) => left - right)
    .slice(0, 3)
    .map(([name, cost]) => `"${name}" ${cost}`);
  const said = cheapest.length > 0 ? `cheapest ${cheapest.join(', ')}` : 'no operator is used yet';
  return {
    files: { 'costs.json': file },
    kind: 'costs',
    rationale: `costs: ${Object.keys(costs.operators).length} operators from ${programs.length} verified programs; ${said}; train success ${(rounds[0] ?? 0).toFixed(2)} → ${(rounds.at(-1) ?? 0).toFixed(2)} in ${episodes} episodes as tasks got harder`,
  };
}
