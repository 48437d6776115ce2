/**
 * Editing its own source: the genome's agent mends one of its files as it mends any other, with the order of edits that it learned
 * on repairs. Tests are tasks at which it sometimes fails; what it hands in must be clearly better on fresh ones.
 */
import { createRandom, type ImproverInput, type MendRequest, type TrajectoryView } from 'lamarck/agent';
import { editsAmong, isMendTask, textOf, type Edit } from '../repairs/mend-task.ts';
import { firstTaskOf } from './curriculum.ts';
import { drawModule, readPriors, recordRepair, type EditPriors } from './edit-priors.ts';
import { playingModules } from './genome-reach.ts';
import { tellingTasks } from './paired-play.ts';
import { finished, jsonFile, type Patch, type Study } from './study.ts';

const TESTS = 4;
const HIDDEN = 24;
/** Distance between the tasks of two uses. */
const APART = 100;
/** Edits of one file after which another is worth more. */
const MOST_RUNS = 60;
/** Fewer are not worth beginning. */
const FEWEST_RUNS = 4;
/**
 * The largest share of the episode budget that may be spent on trying edits; where no edit helps, the remaining
 * episodes go to the other ways of learning.
 */
const SHARE = 0.6;

interface Progress {
  readonly input: ImproverInput;
  readonly priors: EditPriors;
  /** Episodes that may be spent on edits. */
  readonly left: number;
  /** Files that were tried in vain. */
  readonly tried: readonly string[];
}

/** @param families those that it is to get better at. */
export function studyEdits(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const priors = readPriors(input.files['edit-priors.json']);
  return mendNext({ input: { ...input, families }, priors, left: Math.floor(SHARE * episodes), tried: [] });
}

function mendNext(progress: Progress): Study {
  const { input, priors, left, tried } = progress;
  const name = `${input.seed}/edit ${tried.length}`;
  const runs = Math.min(MOST_RUNS, Math.floor((left - 1 - 2 * HIDDEN) / TESTS) - 1);
  if (runs < FEWEST_RUNS) return concluded(progress, undefined);
  const untried = playingModules(input.files).filter((path) => !tried.includes(path));
  const module = drawModule(input.files, untried, priors, runs, createRandom(`${name}/module`));
  if (module === undefined) return concluded(progress, undefined);
  const first = firstTaskOf(createRandom(`${input.seed}/tasks`)) + 2 * APART * tried.length;
  const random = createRandom(`${name}/tasks`);
  const request: MendRequest = {
    module,
    tests: tellingTasks(input, TESTS, first, random),
    hidden: tellingTasks(input, HIDDEN, first + APART, random),
    runs,
  };
  return {
    request,
    learn: ([repair], episodesLeft) => {
      const spent = input.budget.episodes - episodesLeft;
      const after = {
        ...progress,
        left: Math.min(left - 1, Math.floor(SHARE * input.budget.episodes) - spent),
        tried: [...tried, module],
        priors: recordRepair(priors, module, repair?.reward === 1),
      };
      if (repair?.reward === 1) return concluded(after, patchOf(repair, module));
      return repair === undefined ? concluded(after, undefined) : mendNext(after);
    },
    patch: () => undefined,
  };
}

function patchOf({ steps }: TrajectoryView, module: string): Patch | undefined {
  const last = steps.at(-1)?.observation;
  if (!isMendTask(last)) return undefined;
  const made = steps.flatMap(({ action }) => editsAmong([action]));
  const tried = steps.reduce((sum, { action: { probe } }) => sum + editsIn(probe), 0);
  const says = made.map(({ path, kind, line }) => `${kind} at ${path}:${line}`).join(', ');
  return {
    files: { [module]: textOf(last) },
    kind: 'edit',
    rationale: `edit: ${says}; clearly better at ${HIDDEN} fresh train tasks, one of ${tried} edits tried`,
  };
}

function editsIn(probe: unknown): number {
  return (probe as { mutations: readonly Edit[] } | undefined)?.mutations.length ?? 0;
}

function concluded({ priors }: Progress, patch: Patch | undefined): Study {
  const failures = priors.failures + (patch === undefined ? 1 : 0);
  return finished(patch, { 'edit-priors.json': jsonFile({ ...priors, failures }) });
}
