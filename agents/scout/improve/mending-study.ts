/** Learning which edits to try first: the genome mends faults, and what mended them is set against what did not. */
import { createRandom, type ImproverInput, type TrajectoryView } from 'lamarck/agent';
import { choosingFacts, tryingFacts } from '../repairs/mend-facts.ts';
import { noOrder, type Choice, type MendOrder, type Taught } from '../repairs/mend-order.ts';
import { editName, editsAmong, isMendTask, type Edit } from '../repairs/mend-task.ts';
import { mendingNothing, seeMending } from '../repairs/mending.ts';
import { beginCurriculum, drawTasks, openArms, recordRates, type Curriculum } from './curriculum.ts';
import { learnFromMending } from './people-lessons.ts';
import { finished, jsonFile, successRate, type Study } from './study.ts';

/** Tasks between two updates of the order. */
const TASKS = 24;
/** Episodes after which a further one teaches next to nothing. */
const MOST_EPISODES = 240;

interface Progress {
  readonly input: ImproverInput;
  readonly curriculum: Curriculum;
  readonly taught: Taught;
  readonly order: MendOrder;
  readonly rates: readonly number[];
}

/** @param families those whose tasks are repairs. */
export function studyMending(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const curriculum = beginCurriculum(families, input.trajectories, createRandom(`${input.seed}/tasks`));
  const order = readOrder(input.files);
  return nextRound(
    { input, curriculum, taught: { tries: [], choices: [] }, order, rates: [] },
    Math.min(episodes, MOST_EPISODES),
  );
}

function readOrder(files: ImproverInput['files']): MendOrder {
  const text = files['mend-order.json'];
  return text === undefined ? noOrder : (JSON.parse(text) as MendOrder);
}

function nextRound(progress: Progress, episodesLeft: number): Study {
  const { input, order, rates } = progress;
  const count = Math.min(TASKS, episodesLeft);
  if (count < 1) return finished(patchOf(progress));
  const random = createRandom(`${input.seed}/round ${rates.length}`);
  const { tasks, curriculum } = drawTasks(progress.curriculum, openArms(progress.curriculum), count, random);
  return {
    request: { files: { 'mend-order.json': jsonFile(order) }, tasks, repeats: 1 },
    learn: (trajectories, left) => {
      const taught = taughtBy(trajectories, progress.taught);
      const next: Progress = {
        ...progress,
        curriculum: recordRates(
          curriculum,
          trajectories.map((trajectory) => [trajectory]),
        ),
        taught,
        order: learnFromMending(readOrder(input.files), taught),
        rates: [...rates, successRate(trajectories)],
      };
      return nextRound(next, trajectories.length === 0 ? 0 : Math.min(left, episodesLeft - count));
    },
    patch: () => undefined,
  };
}

/** What trajectories teach, with what was taught before. */
export function taughtBy(trajectories: readonly TrajectoryView[], before?: Taught): Taught {
  const all = trajectories.map(lessonsIn);
  return {
    tries: [...(before?.tries ?? []), ...all.flatMap(({ tries }) => tries)],
    choices: [...(before?.choices ?? []), ...all.flatMap(({ choices }) => choices)],
  };
}

/**
 * What helped as much as the edit that was made, among all that was tried: it was worth trying, right or wrong, unless the tests showed
 * no fault. And that edit among those with which all shown tests passed: they may not be all right.
 */
function lessonsIn({ reward, steps }: TrajectoryView): Taught {
  let mending = mendingNothing;
  const [tries, choices]: [Choice[], Choice[]] = [[], []];
  for (const {
    observation: task,
    affordances = [],
    action: { mutate },
  } of steps) {
    if (!isMendTask(task)) continue;
    mending = seeMending(mending, task);
    if (mutate === undefined || reward === null) continue;
    const { tried } = mending;
    const made = editName(mutate as unknown as Edit);
    const all = editsAmong(affordances);
    const edits = all.filter((edit) => tried[editName(edit)] !== undefined);
    const passedWith = (edit: Edit): number => tried[editName(edit)]?.passed ?? 0;
    const passed = tried[made]?.passed;
    const passing = edits.filter((edit) => passedWith(edit) === task.tests.length);
    const isShown = task.results?.some(({ ok }) => !ok) ?? false;
    if (isShown && (reward === 1 || passed === task.tests.length))
      tries.push({
        facts: edits.map(tryingFacts(task, all)),
        chosen: placesOf(edits, (edit) => passedWith(edit) === passed),
        isRight: true,
      });
    if (passed === task.tests.length)
      choices.push({
        facts: passing.map(choosingFacts(tried)),
        chosen: placesOf(passing, (edit) => editName(edit) === made),
        isRight: reward === 1,
      });
  }
  return { tries, choices };
}

function placesOf(edits: readonly Edit[], is: (edit: Edit) => boolean): number[] {
  return edits.flatMap((edit, at) => (is(edit) ? [at] : []));
}

function patchOf({ taught, order, rates }: Progress): ReturnType<Study['patch']> {
  if (taught.tries.length === 0) return undefined;
  const first = Object.entries(order.tries).sort(([, one], [, other]) => other - one)[0];
  return {
    files: { 'mend-order.json': jsonFile(order) },
    kind: 'mending',
    rationale: `order of edits from ${taught.tries.length} that helped; first "${first?.[0] ?? ''}" ${(first?.[1] ?? 0).toFixed(1)}; train success ${(rates[0] ?? 0).toFixed(2)} → ${(rates.at(-1) ?? 0).toFixed(2)}`,
  };
}
