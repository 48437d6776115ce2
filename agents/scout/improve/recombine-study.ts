/**
 * Recombining with another member of the archive: what the mate has and the genome has not is tried part by part, the
 * parts that do no harm are put together, and the whole must be better by a clear margin on fresh tasks.
 */
import { createRandom, type ImproverInput, type Mate, type TrajectoryView } from 'lamarck/agent';
import { firstTaskOf } from './curriculum.ts';
import { partsFrom, type Part } from './mate-parts.ts';
import {
  drawInProportion,
  isClearlyBetter,
  isSilent,
  mean,
  pairedDifferences,
  tally,
  tellingTasks,
} from './paired-play.ts';
import { isBySkill } from './skill-evidence.ts';
import { skillFiles, skillNames } from './skill-files.ts';
import { finished, inTurn, type Study } from './study.ts';

/** Part of the budget that is spent; where nothing comes of it, the rest is for learning. */
const SHARE = 0.6;
/** Tasks that each part is tried on, and fresh ones for the whole. */
const MOST_TRIED = 16;
const FEWEST_TRIED = 4;
const DECIDING = 32;
/** What a mate is worth whose lineage has gained nothing, beside the sum of gains of one that has. */
const WORTH_OF_ANY = 0.05;

interface Verdict {
  readonly part: Part;
  readonly gain: number;
  readonly isHarmless: boolean;
}

/** @param families those that it is to get better at. */
export function recombine(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const mate = chooseMate(input);
  const parts = mate === undefined ? [] : partsFrom(input.files, mate.files);
  const budget = Math.floor(SHARE * episodes) - 2 * DECIDING;
  const count = Math.min(MOST_TRIED, Math.floor(budget / (parts.length + 1)));
  if (mate === undefined || parts.length === 0 || count < FEWEST_TRIED) return finished(undefined);
  const first = firstTaskOf(createRandom(`${input.seed}/tasks`));
  const own = { ...input, families };
  const tasks = tellingTasks(own, count, first, createRandom(`${input.seed}/parts`));
  return inTurn([{}, ...parts.map(({ files }) => files)], tasks, ([before = [], ...played]) => {
    if (played.length < parts.length) return finished(undefined);
    const verdicts = parts.map((part, at) => verdictOn(part, before, played[at] ?? []));
    const taken = partsToTake(verdicts);
    const files = filesOf(taken, input, [...input.trajectories, ...before, ...played.flat()]);
    return taken.length === 0 ? finished(undefined) : decide(own, mate, taken, files, first + count);
  });
}

/** Mates whose lineage has gained more are chosen more often. */
function chooseMate({ mates, seed }: ImproverInput): Mate | undefined {
  const worths = mates.map(({ lessons }) =>
    lessons.reduce((sum, { gain }) => sum + Math.max(0, gain ?? 0), WORTH_OF_ANY),
  );
  return mates[drawInProportion(worths, createRandom(`${seed}/mate`))];
}

function verdictOn(
  part: Part,
  before: readonly TrajectoryView[],
  played: readonly TrajectoryView[],
): Verdict {
  const gain = mean(pairedDifferences(before, played));
  const fails = played.some(({ stop }) => stop === 'agent-error');
  return { part, gain, isHarmless: gain >= 0 && !fails && !isSilent(before, played) };
}

/** The best first; of parts that touch the same file, the better. */
function partsToTake(verdicts: readonly Verdict[]): Part[] {
  const taken: Part[] = [];
  const ranked = verdicts
    .filter(({ isHarmless }) => isHarmless)
    .sort((left, right) => right.gain - left.gain);
  for (const { part } of ranked) {
    const isFree = Object.keys(part.files).every((path) => taken.every(({ files }) => !(path in files)));
    if (isFree) taken.push(part);
  }
  return taken;
}

/** The parts as one; skills are recalled in the order of what they won. */
function filesOf(
  parts: readonly Part[],
  { files: own }: ImproverInput,
  seen: readonly TrajectoryView[],
): Record<string, string> {
  const files = Object.assign({}, ...parts.map((part) => part.files)) as Record<string, string>;
  if (files['skills/index.ts'] === undefined) return files;
  const names = skillNames({ ...own, ...files });
  const rates = new Map(names.map((name) => [name, rateOfSkill(name, seen)]));
  const ordered = [...names].sort((left, right) => (rates.get(right) ?? 0) - (rates.get(left) ?? 0));
  return { ...files, ...skillFiles(ordered, {}) };
}

/** Share of wins among the episodes in which a skill was followed, drawn towards one half. */
function rateOfSkill(name: string, seen: readonly TrajectoryView[]): number {
  const begun = seen.filter((one) => isBySkill(one, name));
  return (begun.filter(({ reward }) => reward === 1).length + 1) / (begun.length + 2);
}

function decide(
  input: ImproverInput,
  mate: Mate,
  taken: readonly Part[],
  files: Readonly<Record<string, string>>,
  first: number,
): Study {
  const tasks = tellingTasks(input, DECIDING, first, createRandom(`${input.seed}/whole`));
  return inTurn([{}, files], tasks, ([before = [], whole]) => {
    const differences = whole === undefined ? [] : pairedDifferences(before, whole);
    if (!isClearlyBetter(differences)) return finished(undefined);
    const names = taken.map(({ name }) => name).join(' and ');
    return finished({
      files,
      kind: 'recombine',
      mate: mate.id,
      rationale: `recombine: ${names} of ${mate.id}; ${tally(differences)} fresh paired train tasks`,
    });
  });
}
