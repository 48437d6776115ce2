/**
 * Learning skills: what was won in one family is generalised to code, and the code is tried on tasks that it was not
 * made from. A skill is kept where it wins at least as often as the policy alone does.
 */
import {
  createRandom,
  induceSkills,
  isPage,
  lookAt,
  readArguments,
  skillName,
  skillSource,
  startingSteps,
  type Demonstration,
  type ImproverInput,
  type InducedSkill,
  type PlayRequest,
  type TrajectoryView,
} from 'lamarck/agent';
import { skillFiles, skillNames } from './skill-files.ts';
import { successRate, type Patch, type Study } from './study.ts';

/** Tasks of a family at a difficulty that are played to gather wins, and those that a skill is tried on. */
const GATHERED = 8;
const TRIED = 6;
/** Skills tried for a family and for all families together. */
const MOST_OF_FAMILY = 3;
const TASKS = 500_000;

interface Candidate {
  readonly family: string;
  readonly difficulty: number;
  readonly name: string;
  readonly source: string;
  readonly skill: InducedSkill;
}

interface Verdict {
  readonly candidate: Candidate;
  readonly rate: number;
  readonly baseline: number;
}

interface Progress {
  readonly input: ImproverInput;
  readonly families: ImproverInput['families'];
  readonly firstTask: number;
  readonly gathered: readonly TrajectoryView[];
  readonly waiting: readonly Candidate[];
  readonly verdicts: readonly Verdict[];
  readonly episodes: number;
}

/** @param families those whose tasks are pages. */
export function studySkills(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  const firstTask = createRandom(`${input.seed}/tasks`).int(0, TASKS);
  const known = input.trajectories.filter(({ family }) => families.some((one) => one.family === family));
  const progress: Progress = {
    input,
    families,
    firstTask,
    gathered: known,
    waiting: [],
    verdicts: [],
    episodes: 0,
  };
  return gather(progress, episodes);
}

/** Plays the genome as it is: its wins are what skills are made from, and its rate is what they are held against. */
function gather(progress: Progress, episodesLeft: number): Study {
  const arms = progress.families.flatMap(({ family, difficulties }) =>
    Array.from({ length: difficulties }, (_, index) => ({ family, difficulty: index + 1 })),
  );
  // Half of the budget is for trying what was induced.
  const each = Math.min(GATHERED, Math.floor(episodesLeft / 2 / arms.length));
  const few = arms.slice(0, Math.max(1, Math.floor(episodesLeft / 2)));
  const tasks = (each > 0 ? arms : few).flatMap((arm) =>
    Array.from({ length: Math.max(1, each) }, (_, index) => ({ ...arm, task: progress.firstTask + index })),
  );
  return {
    request: episodesLeft < 1 ? undefined : { files: {}, tasks, repeats: 1 },
    learn: (trajectories, left) => {
      const gathered = [...progress.gathered, ...trajectories];
      const episodes = progress.episodes + trajectories.length;
      return tryNext(
        { ...progress, gathered, episodes, waiting: candidatesFrom({ ...progress, gathered }) },
        left,
      );
    },
    patch: () => undefined,
  };
}

/** Plays a draft that has one new skill, before all others, on tasks that were not gathered. */
function tryNext(progress: Progress, episodesLeft: number): Study {
  const [candidate, ...waiting] = progress.waiting;
  if (candidate === undefined || episodesLeft < 1) {
    return {
      request: undefined,
      learn: () => tryNext({ ...progress, waiting: [] }, 0),
      patch: () => patchOf(progress),
    };
  }
  const { family, difficulty, name, source } = candidate;
  const tasks = Array.from({ length: Math.min(TRIED, episodesLeft) }, (_, index) => ({
    family,
    difficulty,
    task: progress.firstTask + GATHERED + index,
  }));
  const request: PlayRequest = { files: skillFiles([name], { [name]: source }), tasks, repeats: 1 };
  return {
    request,
    learn: (trajectories, left) => {
      const applied = trajectories.filter(({ steps }) => isBySkill(steps[0]?.note, name));
      const baseline = successRate(
        progress.gathered.filter((one) => one.family === family && one.difficulty === difficulty),
      );
      const verdict = { candidate, rate: applied.length === 0 ? 0 : successRate(applied), baseline };
      const episodes = progress.episodes + trajectories.length;
      return tryNext({ ...progress, waiting, episodes, verdicts: [...progress.verdicts, verdict] }, left);
    },
    patch: () => patchOf(progress),
  };
}

function isBySkill(note: unknown, name: string): boolean {
  return typeof note === 'object' && note !== null && 'skill' in note && note.skill === name;
}

/** Induces from the wins of each family; drops what would also be recalled where another family's tasks begin. */
function candidatesFrom({ input, families, gathered }: Progress): Candidate[] {
  const taken = new Set(skillNames(input.files));
  return families.flatMap(({ family }) => {
    // One that was cut off does not show how the task ends.
    const wins = gathered.filter(
      (one) => one.family === family && one.reward === 1 && one.stop.endsWith('-done'),
    );
    const others = gathered.filter((one) => one.family !== family);
    const fresh: Candidate[] = [];
    for (const skill of induceSkills(wins.map(demonstrationOf))) {
      const name = skillName(skill);
      if (taken.has(name) || fresh.length === MOST_OF_FAMILY || others.some((other) => applies(skill, other)))
        continue;
      taken.add(name);
      const difficulty = Math.max(...wins.filter((win) => applies(skill, win)).map((win) => win.difficulty));
      const source = skillSource(skill, `Induced from ${skill.support} verified episodes that went alike.`);
      fresh.push({ family, difficulty, name, source, skill });
    }
    return fresh;
  });
}

function demonstrationOf({ instruction, steps }: TrajectoryView): Demonstration {
  return {
    instruction,
    steps: steps.flatMap(({ observation, action }) =>
      isPage(observation) ? [{ page: observation, action }] : [],
    ),
  };
}

/** What the skill's own `when` will say at the start of an episode. */
function applies(skill: InducedSkill, { instruction, steps }: TrajectoryView): boolean {
  const page = steps[0]?.observation;
  const reading = readArguments(instruction);
  return (
    isPage(page) &&
    reading.says(skill.words.join(' '), skill.quotes) &&
    startingSteps(skill).every(
      ({ element }) => element !== undefined && lookAt(page).has(element.selectorFor(reading)),
    )
  );
}

function patchOf({ input, verdicts, episodes }: Progress): Patch | undefined {
  const kept = verdicts.filter(({ rate, baseline }) => rate > 0 && rate >= baseline);
  if (kept.length === 0) return undefined;
  const names = [...kept.map(({ candidate }) => candidate.name), ...skillNames(input.files)];
  const sources = Object.fromEntries(kept.map(({ candidate }) => [candidate.name, candidate.source]));
  const said = kept.map(
    ({ candidate, rate, baseline }) => `"${candidate.name}" ${baseline.toFixed(2)} → ${rate.toFixed(2)}`,
  );
  return {
    files: skillFiles(names, sources),
    kind: 'skills',
    rationale: `skills: ${kept.length} of ${verdicts.length} induced kept after ${episodes} episodes; train success ${said.join(', ')}`,
  };
}
