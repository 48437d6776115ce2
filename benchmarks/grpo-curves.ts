/**
 * Learning curves: how often a scout with zero weights wins on fresh tasks of a web family after so many episodes of
 * GRPO on that family alone, without skills. Training plays the train split, measuring the dev split, in a real browser.
 * With `--explore` an arm that was only lost is searched for a first win by synthetic play, which counts as episodes too.
 *
 *     npm run bench:grpo-curves -- [--family NAME]… [--seed 1] [--episodes 1000] [--fresh 10] [--explore] [--json]
 */
import type { ExploreRequest, ImproverInput, PlayRequest, TrajectoryView } from 'lamarck/agent';
import { web } from 'lamarck/tasks';
import { parseArgs } from 'node:util';
import { studyPolicy } from '../agents/scout/improve/policy.ts';
import type { Policy } from '../agents/scout/pages/action-choice.ts';
import { createSandboxes } from '../src/presets.ts';
import type { Sandboxes } from '../src/sandbox/index.ts';
import { makeTask, splitSeed, type TaskFamily } from '../src/task/index.ts';
import { explore, play } from './play-in-process.ts';

/** Episodes between two measurements. */
const STRETCH = 250;
const ZERO: Policy = { temperature: 1, weights: {} };

interface Point {
  readonly episodes: number;
  /** Share of fresh tasks won, by difficulty from 1. */
  readonly rates: readonly number[];
}

interface Curve {
  readonly family: string;
  readonly seed: number;
  readonly points: readonly Point[];
}

interface Settings {
  readonly seed: number;
  readonly episodes: number;
  /** Fresh tasks a difficulty. */
  readonly fresh: number;
  /** Whether searches for a first win are answered; otherwise they find none, and cost nothing. */
  readonly explores: boolean;
}

/** Learns one family from nothing, and measures what was learned along the way. */
async function curveOf(
  sandboxes: Partial<Sandboxes>,
  family: TaskFamily,
  settings: Settings,
): Promise<Curve> {
  const { seed, episodes } = settings;
  const input: ImproverInput = {
    files: { 'policy.json': JSON.stringify(ZERO) },
    families: [{ family: family.name, environment: 'browser', difficulties: family.difficulties }],
    lessons: [],
    scope: 'learning',
    mates: [],
    demonstrations: [],
    trajectories: [],
    budget: { episodes },
    seed: `curves/${seed}`,
  };
  const points = [{ episodes: 0, rates: await measure(sandboxes, ZERO, family, settings) }];
  let study = studyPolicy(input, input.families, episodes);
  let left = episodes;
  const record = async (): Promise<void> => {
    const policy = JSON.parse(study.patch()?.files['policy.json'] ?? JSON.stringify(ZERO)) as Policy;
    const rates = await measure(sandboxes, policy, family, settings);
    points.push({ episodes: episodes - left, rates });
    console.error(`${family.name} after ${episodes - left} episodes: ${percents(rates)}`);
  };
  // A policy is learned from episodes and searches alone.
  for (let { request } = study; request !== undefined && 'tasks' in request; { request } = study) {
    const answer = await ('tries' in request
      ? searchAll(sandboxes, request, family, { ...settings, left })
      : playAll(sandboxes, request, family, { ...settings, left }));
    const isDue = Math.floor((episodes - left) / STRETCH) < Math.floor((episodes - answer.left) / STRETCH);
    left = answer.left;
    study = study.learn(answer.trajectories, left);
    if (isDue && left > 0) await record();
  }
  await record();
  return { family: family.name, seed, points };
}

interface Answer {
  readonly trajectories: readonly TrajectoryView[];
  /** Episodes that may still be played. */
  readonly left: number;
}

async function playAll(
  sandboxes: Partial<Sandboxes>,
  { files, tasks, repeats }: PlayRequest,
  family: TaskFamily,
  { seed, left }: Settings & { readonly left: number },
): Promise<Answer> {
  const policy = JSON.parse(files['policy.json'] ?? '') as Policy;
  const tries = tasks
    .flatMap((task) => Array.from({ length: repeats }, (_, repeat) => ({ ...task, repeat })))
    .slice(0, left);
  const played: TrajectoryView[] = [];
  for (const { task, difficulty, repeat } of tries) {
    const made = makeTask(family, splitSeed('train', seed, task), difficulty);
    played.push({ ...(await play(sandboxes, policy, family, made, `${seed}/${task}/${repeat}`)), task });
  }
  return { trajectories: played, left: left - played.length };
}

/** A task that is searched counts as an episode, and its win as another. */
async function searchAll(
  sandboxes: Partial<Sandboxes>,
  { tasks, tries }: ExploreRequest,
  family: TaskFamily,
  { seed, left, explores }: Settings & { readonly left: number },
): Promise<Answer> {
  const trajectories: TrajectoryView[] = [];
  if (!explores) return { trajectories, left };
  let rest = left;
  for (const { task, difficulty } of tasks.slice(0, Math.floor(left / 2))) {
    const made = makeTask(family, splitSeed('train', seed, task), difficulty);
    const win = await explore(sandboxes, family, made, tries);
    rest -= win === undefined ? 1 : 2;
    if (win?.reward === 1) trajectories.push({ ...win, task });
  }
  return { trajectories, left: rest };
}

/** Share of tasks won that were never learned from, at each difficulty. */
async function measure(
  sandboxes: Partial<Sandboxes>,
  policy: Policy,
  family: TaskFamily,
  { seed, fresh }: Settings,
): Promise<number[]> {
  const rates: number[] = [];
  for (let difficulty = 1; difficulty <= family.difficulties; difficulty++) {
    let wins = 0;
    for (let index = 0; index < fresh; index++) {
      const task = makeTask(family, splitSeed('dev', seed, index), difficulty);
      wins += (await play(sandboxes, policy, family, task, `fresh/${index}`)).reward ?? 0;
    }
    rates.push(wins / fresh);
  }
  return rates;
}

const mean = (rates: readonly number[]): number => rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
const percent = (rate: number): string => `${Math.round(100 * rate)} %`;
const percents = (rates: readonly number[]): string =>
  `${percent(mean(rates))} (${rates.map(percent).join(', ')})`;

/** Share won over all difficulties evenly, and at each. */
function tableOf(curves: readonly Curve[]): string {
  const rows = curves.map(({ family, seed, points }) => {
    const cells = points.map(({ episodes, rates }) => `${episodes}: ${percents(rates)}`);
    return `| ${family} | ${seed} | ${cells.join(' | ')} |`;
  });
  return ['Fresh tasks won after so many episodes: all difficulties (each).', ...rows].join('\n');
}

const { values } = parseArgs({
  options: {
    family: { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
    episodes: { type: 'string', default: '1000' },
    fresh: { type: 'string', default: '10' },
    explore: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const known = web.map(({ name }) => name);
const unknown = (values.family ?? []).filter((name) => !known.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no web family ${unknown.join(', ')}; there are ${known.join(', ')}.`);
const settings: Settings = {
  seed: Number(values.seed),
  episodes: Number(values.episodes),
  fresh: Number(values.fresh),
  explores: values.explore,
};
await using sandboxes = createSandboxes({ pages: 1 });
const curves: Curve[] = [];
for (const family of web.filter(({ name }) => values.family?.includes(name) ?? true))
  curves.push(await curveOf(sandboxes, family, settings));
console.log(values.json ? JSON.stringify({ settings, curves }, null, 2) : tableOf(curves));
