import { beforeAll, describe, expect, it } from 'vitest';
import { devScore, playRounds } from '../evaluation/index.ts';
import { createRandom, type Random, type Trajectory } from '../protocol/index.ts';
import type { EpisodeJob } from '../episode/index.ts';
import type { Rollout } from '../rollout/index.ts';
import type { TaskFamily } from '../task/index.ts';
import type { Archive } from '../genome/index.ts';
import { confirm, type Confirmation } from './confirming.ts';
import type { RunContext } from './run-context.ts';
import { chooseParent, chooseToEvaluate } from './parents.ts';
import { nodesOf, raceOfMember, type Member } from './population.ts';
import { FIRST_ROUNDS, MOST_ROUNDS } from './spending.ts';

const RUNS = 200;
const CHILDREN = 12;
const EVALUATIONS = 24;
const FAMILIES = Array.from({ length: 8 }, (_, place) => ({
  suite: place % 2 === 0 ? 'web' : 'programs',
  alias: `family-${place}`,
  family: {
    name: `family/${place}`,
    difficulties: 3,
    environment: { name: 'none' },
  } as unknown as TaskFamily,
}));

/** What a genome adds to the chance of winning a task; 0 for the seed and its equals. */
type Gains = ReadonlyMap<string, number>;

/**
 * Episodes without a world: each task has a chance of being won of its own, around that of its family, and each genome
 * tries its own luck at it. Harder than two genomes that do the same, whose differences are all 0.
 */
function simulatedRun(seed: number, gains: Gains): RunContext {
  const chanceOf = (family: string, task: number): number =>
    (createRandom(`${seed}/${family}`).real() + createRandom(`${seed}/${family}/${task}`).real()) / 2;
  const play = ({ actor, family, seed: task, difficulty, repeat }: EpisodeJob): Trajectory => {
    const { genome } = actor.reference as { genome: string };
    const luck = createRandom(`${seed}/${genome}/${family.name}/${task}/${repeat}`);
    const reward = Number(luck.real() < chanceOf(family.name, task) + (gains.get(genome) ?? 0));
    return {
      start: { task: { family: family.name, seed: task, difficulty } },
      end: { reward },
    } as Trajectory;
  };
  const rollout = { play: (jobs: EpisodeJob[]) => Promise.resolve(jobs.map(play)) } as unknown as Rollout;
  return {
    seed,
    families: FAMILIES,
    rollout,
    archive: { setChampion: () => Promise.resolve() } as unknown as Archive,
    budget: { episodes: 1 },
    log: { record: () => Promise.resolve() },
    tell: () => {},
  } as unknown as RunContext;
}

async function member(run: RunContext, id: string, parent: string | null): Promise<Member> {
  const genome = { id, files: {} };
  const rounds = await playRounds(run, genome, 0, FIRST_ROUNDS);
  return { genome, parent, kind: parent === null ? 'seed' : 'copy', rationale: '', rounds };
}

/** Grows an archive as a run does: parents and members to evaluate are chosen by what was seen so far. */
async function grow(run: RunContext, random: Random): Promise<Member[]> {
  const members = [await member(run, 'seed', null)];
  for (let child = 1; child <= CHILDREN; child++) {
    members.push(await member(run, `child-${child}`, chooseParent('clade', nodesOf(members), random)));
    for (let evaluation = 0; evaluation < EVALUATIONS / CHILDREN; evaluation++) {
      const open = members.filter(({ rounds }) => rounds.length < MOST_ROUNDS);
      const id = chooseToEvaluate(nodesOf(open), random);
      const place = members.findIndex(({ genome }) => genome.id === id);
      const { genome, rounds } = members[place] as Member;
      const more = await playRounds(run, genome, rounds.length, 1);
      members[place] = { ...(members[place] as Member), rounds: [...rounds, ...more] };
    }
  }
  return members;
}

async function simulate(
  seed: number,
  gains: Gains,
): Promise<{ members: Member[]; confirmation: Confirmation }> {
  const run = simulatedRun(seed, gains);
  const members = await grow(run, createRandom(`grow/${seed}`));
  return { members, confirmation: await confirm(run, members) };
}

const simulateAll = (gains: Gains): ReturnType<typeof simulate>[] =>
  Array.from({ length: RUNS }, (_, seed) => simulate(seed, gains));

describe(`${RUNS} runs whose children are equal to the seed`, () => {
  let runs: Awaited<ReturnType<typeof simulate>>[];
  beforeAll(async () => {
    runs = await Promise.all(simulateAll(new Map()));
  });

  it('crown another champion than the seed in at most 5 %', () => {
    const crowned = runs.filter(({ confirmation }) => confirmation.champion.genome.id !== 'seed');
    expect(crowned.length).toBeLessThanOrEqual(0.05 * RUNS);
  });

  it('would crown one nearly always by the best score of the archive', () => {
    const crowned = runs.filter(({ members }) => {
      const scores = members.map(({ rounds }) => devScore(rounds).mean);
      return scores.indexOf(Math.max(...scores)) > 0;
    });
    expect(crowned.length).toBeGreaterThan(0.7 * RUNS);
  });

  it('call at most 5 % of the children better than their parent, though every round is looked at', () => {
    const races = runs.flatMap(({ members }) => members.flatMap((each) => raceOfMember(each, members) ?? []));
    expect(races).toHaveLength(RUNS * CHILDREN);
    const better = races.filter(({ verdict }) => verdict === 'better');
    expect(better.length).toBeLessThanOrEqual(0.05 * races.length);
  });
});

describe(`${RUNS} runs with one child that wins four tasks in ten more`, () => {
  it('crown it in most', async () => {
    const runs = await Promise.all(simulateAll(new Map([['child-6', 0.4]])));
    const crowned = runs.filter(({ confirmation }) => confirmation.champion.genome.id === 'child-6');
    expect(crowned.length).toBeGreaterThan(0.7 * RUNS);
  });
});
