/**
 * Learning skills: what was won in one family is generalised to code, and the code is tried on tasks that it was not
 * made from. Where it loses some, it is made again with that in view. A skill is kept where it wins at least as often
 * as the policy alone does at the same difficulties; where that wins nearly always, the skill must be shorter.
 */
import {
  createRandom,
  induceSkills,
  skillSource,
  type ImproverInput,
  type InducedSkill,
  type PlayRequest,
  type TrajectoryView,
} from 'lamarck/agent';
import { firstTaskOf, type Arm } from './curriculum.ts';
import { counterEvidence, isBySkill, meanLength, rateAt, tallyOf, winsOf } from './skill-evidence.ts';
import { skillFiles, skillNames } from './skill-files.ts';
import { patchOfSkills, type Candidate, type Verdict } from './skill-patch.ts';
import { finished, successRate, type Patch, type Study } from './study.ts';

/** Parts of the budget for looking at all families, and for more wins where there is something to gain. */
const SURVEY = 0.2;
const GATHERING = 0.35;
/** Episodes of an arm at the most, in either. */
const MOST_SURVEYED = 2;
const MOST_GATHERED = 8;
/** Episodes that a skill is tried in, and fewer than which say nothing. */
const TRIED = 9;
const FEWEST_TRIED = 4;
const FEWEST_APPLIED = 3;
const FEWEST_WINS = 3;
/** Skills tried for a family at a time, and how often they are made again. */
const MOST_OF_FAMILY = 2;
const MOST_MAKINGS = 2;
/** Success at which there is nothing to gain but time. */
const NEARLY_ALWAYS = 0.95;

interface Progress {
  readonly input: ImproverInput;
  readonly families: ImproverInput['families'];
  /** Index of the next task that no episode of this study has met. */
  readonly nextTask: number;
  /** Episodes of the genome as it is, then those of drafts with a skill. */
  readonly own: readonly TrajectoryView[];
  readonly drafts: readonly TrajectoryView[];
  /** Wins that came about otherwise: skills may be made of them, but they say nothing of how often the genome wins. */
  readonly demonstrations: readonly TrajectoryView[];
  /** Families still to be worked on, each as often as it is in the list. */
  readonly queue: ImproverInput['families'];
  readonly waiting: readonly Candidate[];
  readonly verdicts: readonly Verdict[];
}

/** @param families those whose tasks are pages. @param demonstrations wins that came about otherwise. */
export function studySkills(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
  demonstrations: readonly TrajectoryView[] = [],
): Study {
  const names = new Set(families.map(({ family }) => family));
  const progress: Progress = {
    input,
    families,
    nextTask: firstTaskOf(createRandom(`${input.seed}/tasks of skills`)),
    own: input.trajectories.filter(({ family }) => names.has(family)),
    drafts: [],
    demonstrations,
    queue: [],
    waiting: [],
    verdicts: [],
  };
  return survey(progress, episodes);
}

/** A few episodes of every arm, or as many arms as there are episodes for: what is won sometimes, and what always. */
function survey(progress: Progress, episodes: number): Study {
  const arms = armsOf(progress.families);
  const budget = Math.floor(SURVEY * episodes);
  const each = Math.min(MOST_SURVEYED, Math.floor(budget / Math.max(1, arms.length)));
  const some = createRandom(`${progress.input.seed}/survey`).shuffle(arms).slice(0, budget);
  const tasks = each > 0 ? repeated(progress, arms, each) : repeated(progress, some, 1);
  return playOwn(progress, tasks, (next, left) => gather(next, Math.floor(GATHERING * episodes), left));
}

/** More episodes of the families that are won sometimes, where there is most to gain. */
function gather(progress: Progress, budget: number, episodesLeft: number): Study {
  const tally = tallyOf(progress.own);
  const worthOf = (arm: Arm) => rateAt(tally, arm) * (1 - rateAt(tally, arm));
  const arms = armsOf(progress.families)
    .filter((arm) => worthOf(arm) > NEARLY_ALWAYS * (1 - NEARLY_ALWAYS))
    .sort((left, right) => worthOf(right) - worthOf(left));
  const most = Math.min(budget, episodesLeft);
  const each = Math.min(MOST_GATHERED, Math.max(1, Math.ceil(most / Math.max(1, arms.length))));
  const tasks = repeated(progress, arms, each).slice(0, most);
  return playOwn(progress, tasks, (next, left) => tryNext({ ...next, queue: promising(next) }, left));
}

/** Plays the genome as it is: its wins are what skills are made from, and its rate is what they are held against. */
function playOwn(
  progress: Progress,
  tasks: PlayRequest['tasks'],
  goOn: (next: Progress, episodesLeft: number) => Study,
): Study {
  if (tasks.length === 0) return goOn(progress, 0);
  return {
    request: { files: {}, tasks, repeats: 1 },
    learn: (trajectories, left) =>
      goOn(
        {
          ...progress,
          nextTask: progress.nextTask + tasks.length,
          own: [...progress.own, ...trajectories],
        },
        left,
      ),
    patch: () => undefined,
  };
}

/** Families with enough wins, those with the most to gain first. */
function promising({ families, own, demonstrations }: Progress): ImproverInput['families'] {
  const tally = tallyOf(own);
  const gainIn = (family: (typeof families)[number]) =>
    armsOf([family]).reduce((sum, arm) => sum + 1 - rateAt(tally, arm), 0);
  return families
    .filter(({ family }) => winsOf(family, [...demonstrations, ...own]).length >= FEWEST_WINS)
    .sort((left, right) => gainIn(right) - gainIn(left));
}

/** Plays a draft that has one new skill and no other, on tasks that were not met yet. */
function tryNext(progress: Progress, episodesLeft: number): Study {
  if (episodesLeft < FEWEST_TRIED) return finished(patchOf(progress));
  const [candidate, ...waiting] = progress.waiting;
  if (candidate === undefined) {
    const [family, ...queue] = progress.queue;
    if (family === undefined) return finished(patchOf(progress));
    return tryNext({ ...progress, queue, waiting: candidatesFrom(progress, family) }, episodesLeft);
  }
  const { family, difficulties, skill } = candidate;
  const tasks = Array.from({ length: Math.min(TRIED, episodesLeft) }, (_, index) => ({
    family,
    difficulty: 1 + (index % difficulties),
    task: progress.nextTask + index,
  }));
  return {
    request: { files: skillFiles([skill.name], { [skill.name]: sourceOf(skill) }), tasks, repeats: 1 },
    learn: (trajectories, left) => {
      const next = { ...progress, waiting, nextTask: progress.nextTask + tasks.length };
      return tryNext(judge(next, candidate, trajectories), left);
    },
    patch: () => patchOf(progress),
  };
}

/** Takes in how a candidate did; where it lost some, its family is worked on again. */
function judge(progress: Progress, candidate: Candidate, trajectories: readonly TrajectoryView[]): Progress {
  const { families, own, queue, verdicts } = progress;
  const { family, skill } = candidate;
  const applied = trajectories.filter((one) => isBySkill(one, skill.name));
  const [rate, baseline] = [successRate(applied), expectedOf(applied, own)];
  const wonAlone = own.filter((one) => one.family === family && one.reward === 1);
  const isGain =
    baseline < NEARLY_ALWAYS
      ? isAsGood(applied, own) && isAsGood(trajectories, own)
      : rate === 1 && meanLength(applied) < meanLength(wonAlone);
  const verdict = { candidate, rate, baseline, isKept: applied.length >= FEWEST_APPLIED && isGain };
  const again =
    successRate(trajectories) < 1 && candidate.making + 1 < MOST_MAKINGS
      ? families.filter((one) => one.family === family && !queue.includes(one))
      : [];
  // Where it wins always, another for the same family has nothing to add.
  const isEnough = successRate(trajectories) === 1 && applied.length === trajectories.length;
  return {
    ...progress,
    drafts: [...progress.drafts, ...trajectories],
    queue: [...queue, ...again],
    waiting: progress.waiting.filter((other) => !isEnough || other.family !== family),
    verdicts: [...verdicts, verdict],
  };
}

/** What the policy alone would be expected to win of the same tasks. */
function expectedOf(trajectories: readonly TrajectoryView[], own: readonly TrajectoryView[]): number {
  const tally = tallyOf(own);
  return trajectories.reduce((sum, one) => sum + rateAt(tally, one), 0) / Math.max(1, trajectories.length);
}

/** Drawn towards one half, as the rate of the policy is: a few wins are no proof. */
function isAsGood(trajectories: readonly TrajectoryView[], own: readonly TrajectoryView[]): boolean {
  const won = trajectories.filter(({ reward }) => reward === 1).length;
  return won > 0 && (won + 0.5) / (trajectories.length + 1) >= expectedOf(trajectories, own);
}

/** Induces from the wins of a family; leaves out what was tried in the same form. */
function candidatesFrom(
  { input, own, drafts, demonstrations, verdicts }: Progress,
  { family, difficulties }: ImproverInput['families'][number],
): Candidate[] {
  const seen = [...demonstrations, ...own, ...drafts];
  const tried = new Set(verdicts.map(({ candidate }) => bodyOf(candidate.skill)));
  const taken = new Set([
    ...skillNames(input.files),
    ...verdicts.map(({ candidate }) => candidate.skill.name),
  ]);
  const makings = verdicts.flatMap(({ candidate }) =>
    candidate.family === family ? candidate.making + 1 : [],
  );
  const making = Math.max(0, ...makings);
  return induceSkills(winsOf(family, seen), counterEvidence(family, seen))
    .filter((skill) => !tried.has(bodyOf(skill)))
    .slice(0, MOST_OF_FAMILY)
    .map((skill) => {
      const name = freeName(skill.name, taken);
      taken.add(name);
      return { family, difficulties, making, skill: { ...skill, name } };
    });
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  return free;
}

function sourceOf(skill: InducedSkill): string {
  return skillSource(skill, `Induced from ${skill.support} verified episodes.`);
}

/** The source apart from the name. */
function bodyOf(skill: InducedSkill): string {
  return skillSource({ ...skill, name: '' }, '');
}

function armsOf(families: ImproverInput['families']): Arm[] {
  return families.flatMap(({ family, difficulties }) =>
    Array.from({ length: difficulties }, (_, index) => ({ family, difficulty: index + 1 })),
  );
}

/** Asks for `each` fresh tasks of every arm, one of each arm in turn. */
function repeated({ nextTask }: Progress, arms: readonly Arm[], each: number): PlayRequest['tasks'] {
  return Array.from({ length: each }, () => arms)
    .flat()
    .map((arm, index) => ({ ...arm, task: nextTask + index }));
}

function patchOf({ input, own, drafts, verdicts }: Progress): Patch | undefined {
  return patchOfSkills(input.files, verdicts, own.length + drafts.length);
}
