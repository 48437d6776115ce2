/**
 * Editing its own source: typed single edits, drawn by what has paid, race against the genome as it is. Many are tried
 * on few tasks, the best of them on more (successive halving), and the last one must be better by a clear margin on
 * tasks that it was not picked on.
 */
import {
  applyEdit,
  createRandom,
  editsOf,
  isModuleText,
  type ImproverInput,
  type SourceEdit,
  type TrajectoryView,
} from 'lamarck/agent';
import { firstTaskOf } from './curriculum.ts';
import { drawEdits, PLAYABLE, readPriors, recordEdit, type EditPriors } from './edit-priors.ts';
import { playingModules } from './genome-reach.ts';
import { isClearlyBetter, isSilent, mean, pairedDifferences, tally, tellingTasks } from './paired-play.ts';
import { finished, inTurn, jsonFile, type Patch, type Study } from './study.ts';

/** Tasks of each heat, and the share of its entrants who go on. The last heat decides. */
const HEATS = [
  { tasks: 3, share: 1 / 3 },
  { tasks: 6, share: 1 / 8 },
  { tasks: 24, share: 0 },
] as const;
const LAST = HEATS.length - 1;
/** Distance between the tasks of two heats. */
const HEAT_TASKS = 100;
const MOST_EDITS = 24;
const FEWEST_EDITS = 4;
/** Part of the budget that is spent on edits; where they come to nothing, the rest is for learning. */
const SHARE = 0.6;

interface Entrant {
  readonly edit: SourceEdit;
  /** Draft minus genome; in the last heat, of that heat alone. */
  readonly differences: readonly number[];
  readonly isOut: boolean;
}

interface Race {
  readonly input: ImproverInput;
  readonly priors: EditPriors;
  readonly heat: number;
  readonly tried: number;
  readonly episodes: number;
}

/** @param families those that it is to get better at. */
export function studyEdits(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const priors = readPriors(input.files['edit-priors.json']);
  const count = affordableEdits(Math.floor(SHARE * episodes));
  const edits = count < FEWEST_EDITS ? [] : drawPlayable(input, priors, count);
  const entrants = edits.map((edit) => ({ edit, differences: [], isOut: false }));
  const race = { input: { ...input, families }, priors, heat: 0, tried: edits.length, episodes: 0 };
  return edits.length === 0 ? finished(undefined) : playHeat(race, entrants);
}

function drawPlayable({ files, seed }: ImproverInput, priors: EditPriors, count: number): SourceEdit[] {
  const edits = editsOf(files, { paths: playingModules(files), kinds: PLAYABLE });
  return drawEdits(edits, priors, count, createRandom(`${seed}/edits`)).filter((edit) =>
    Object.values(draftOf(files, edit)).every(isModuleText),
  );
}

/** How many edits can race to the end within a number of episodes. */
function affordableEdits(episodes: number): number {
  let count = MOST_EDITS;
  while (count > 0 && costOf(count) > episodes) count--;
  return count;
}

function costOf(entrants: number): number {
  let cost = 0;
  for (const { tasks, share } of HEATS) {
    cost += tasks * (entrants + 1);
    entrants = goingOn(entrants, share);
  }
  return cost;
}

function goingOn(entrants: number, share: number): number {
  return Math.max(1, Math.floor(entrants * share));
}

function draftOf(files: ImproverInput['files'], edit: SourceEdit): Record<string, string> {
  return { [edit.path]: applyEdit(files[edit.path] ?? '', edit) };
}

function playHeat(race: Race, entrants: readonly Entrant[]): Study {
  const { input, heat } = race;
  const first = firstTaskOf(createRandom(`${input.seed}/tasks`)) + HEAT_TASKS * heat;
  const random = createRandom(`${input.seed}/heat ${heat}`);
  const tasks = tellingTasks(input, (HEATS[heat] as (typeof HEATS)[number]).tasks, first, random);
  const drafts = [{}, ...entrants.map(({ edit }) => draftOf(input.files, edit))];
  return inTurn(drafts, tasks, ([own = [], ...played]) => {
    const episodes = race.episodes + tasks.length * (played.length + 1);
    if (played.length < entrants.length) return concluded({ ...race, episodes }, undefined);
    const after = entrants.map((entrant, at) => judged(entrant, heat, own, played[at] ?? []));
    return decideHeat({ ...race, episodes }, after);
  });
}

function judged(
  { edit, differences: earlier }: Entrant,
  heat: number,
  own: readonly TrajectoryView[],
  draft: readonly TrajectoryView[],
): Entrant {
  const differences = pairedDifferences(own, draft);
  // What fails, and what changes nothing where it is first tried, costs no more episodes.
  const isOut = draft.some(({ stop }) => stop === 'agent-error') || (heat === 0 && isSilent(own, draft));
  // The last heat stands alone: by the others it was picked.
  return { edit, differences: heat === LAST ? differences : [...earlier, ...differences], isOut };
}

function decideHeat(race: Race, entrants: readonly Entrant[]): Study {
  const { heat } = race;
  if (heat === LAST) {
    const winner = entrants.find(({ isOut, differences }) => !isOut && isClearlyBetter(differences));
    return concluded(recorded(race, entrants), winner);
  }
  const ahead = entrants
    .filter(({ isOut, differences }) => !isOut && mean(differences) >= (heat === 0 ? 0 : Number.EPSILON))
    .sort((left, right) => mean(right.differences) - mean(left.differences))
    .slice(0, goingOn(entrants.length, (HEATS[heat] as (typeof HEATS)[number]).share));
  const after = recorded(
    race,
    entrants.filter((entrant) => !ahead.includes(entrant)),
  );
  return ahead.length === 0 ? concluded(after, undefined) : playHeat({ ...after, heat: heat + 1 }, ahead);
}

/** The race once these have left it: what they earned is known. */
function recorded(race: Race, gone: readonly Entrant[]): Race {
  const priors = gone.reduce(
    (sum, { edit, differences, isOut }) => recordEdit(sum, edit, isOut ? 0 : mean(differences)),
    race.priors,
  );
  return { ...race, priors };
}

function concluded({ input, priors, tried, episodes }: Race, winner: Entrant | undefined): Study {
  const failures = priors.failures + (winner === undefined ? 1 : 0);
  const kept = { 'edit-priors.json': jsonFile({ ...priors, failures }) };
  const patch: Patch | undefined = winner && {
    files: draftOf(input.files, winner.edit),
    kind: 'edit',
    rationale: `edit: ${winner.edit.description}; ${tally(winner.differences)} fresh paired train tasks, the best of ${tried} edits in ${episodes} episodes`,
  };
  return finished(patch, kept);
}
