/** Solving program tasks in order to learn from them: round by round, with costs from what was verified so far. */
import { createRandom, type ImproverInput, type Term, type TrajectoryView } from 'lamarck/agent';
import type { Costs } from '../programs/cost-model.ts';
import { isProgramTask } from '../programs/program-task.ts';
import { learnCosts, readCosts, type Verified } from './costs.ts';
import { beginCurriculum, drawTasks, openArms, recordRates, type Curriculum } from './curriculum.ts';
import { jsonFile, successRate, type Study } from './study.ts';

/** Tasks between two updates of the costs. */
const TASKS = 24;

/** What came of it. */
export interface Solved {
  /** Verified ones, oldest first. */
  readonly verified: readonly Verified[];
  /** The genome's costs of operators, with the uses in these programs added. */
  readonly costs: Costs;
  /** Success in each round. */
  readonly rates: readonly number[];
  readonly episodes: number;
}

interface Progress extends Solved {
  readonly input: ImproverInput;
  readonly known: Costs;
  readonly curriculum: Curriculum;
}

/** @param families those whose tasks are programs. @param goOn with the episodes that are left. */
export function solvePrograms(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
  goOn: (solved: Solved) => Study,
): Study {
  const known = readCosts(input.files);
  const curriculum = beginCurriculum(families, input.trajectories, createRandom(`${input.seed}/tasks`));
  const begun = { input, known, curriculum, verified: [], costs: known, rates: [], episodes: 0 };
  return nextRound(begun, episodes, goOn);
}

function nextRound(progress: Progress, episodesLeft: number, goOn: (solved: Solved) => Study): Study {
  const { input, known, costs, rates, episodes } = progress;
  const count = Math.min(TASKS, episodesLeft);
  if (count < 1) return goOn(progress);
  const random = createRandom(`${input.seed}/round ${rates.length}`);
  const { tasks, curriculum } = drawTasks(progress.curriculum, openArms(progress.curriculum), count, random);
  return {
    request: { files: { 'costs.json': jsonFile(costs) }, tasks, repeats: 1 },
    learn: (trajectories, left) => {
      const verified = [...progress.verified, ...trajectories.flatMap(verifiedIn)];
      const next: Progress = {
        ...progress,
        // Each task is an arm's news: a program task is tried once, for thinking knows no luck.
        curriculum: recordRates(
          curriculum,
          trajectories.map((trajectory) => [trajectory]),
        ),
        verified,
        costs: learnCosts(known, verified),
        rates: [...rates, successRate(trajectories)],
        episodes: episodes + trajectories.length,
      };
      return nextRound(next, trajectories.length === 0 ? 0 : Math.min(left, episodesLeft - count), goOn);
    },
    patch: () => undefined,
  };
}

/** The program that an episode was won with, from the note that the agent left beside it. */
function verifiedIn({ reward, steps }: TrajectoryView): Verified[] {
  const { note, observation: task } = steps.at(-1) ?? {};
  if (reward !== 1 || typeof note !== 'object' || note === null || !('program' in note)) return [];
  return isTerm(note.program) && isProgramTask(task) ? [{ program: note.program, task }] : [];
}

function isTerm(value: unknown): value is Term {
  return (
    typeof value === 'object' &&
    value !== null &&
    'operator' in value &&
    'type' in value &&
    'arguments' in value &&
    Array.isArray(value.arguments) &&
    value.arguments.every(isTerm)
  );
}
