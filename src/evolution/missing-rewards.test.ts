import { describe, expect, it } from 'vitest';
import { playRounds } from '../evaluation/index.ts';
import { createRandom, type Trajectory } from '../protocol/index.ts';
import type { EpisodeJob } from '../episode/index.ts';
import type { Rollout } from '../rollout/index.ts';
import type { TaskFamily } from '../task/index.ts';
import { calibrate } from './calibrating.ts';
import { confirm } from './confirming.ts';
import type { RunContext } from './run-context.ts';
import { lessonsFor, nodesOf, raceOfMember, type Member } from './population.ts';
import { MOST_ROUNDS } from './spending.ts';

const FAMILIES = Array.from({ length: 4 }, (_, place) => ({
  suite: 'all',
  alias: `family-${place}`,
  family: {
    name: `family/${place}`,
    difficulties: 1,
    environment: { name: 'none' },
  } as unknown as TaskFamily,
}));

/** What a genome makes of a task: whether the seed would win it, and a draw from [0, 1) of the genome's own. */
type Conduct = (wouldWin: boolean, luck: number) => number | null;

/** Episodes without a world: what each genome makes of tasks of which the seed wins half. */
function simulatedRun(conducts: Readonly<Record<string, Conduct>>): RunContext {
  const play = ({ actor, family, seed, difficulty, repeat }: EpisodeJob): Trajectory => {
    const { genome } = actor.reference as { genome: string };
    const wouldWin = createRandom(`${family.name}/${seed}`).chance(0.5);
    const luck = createRandom(`${genome}/${family.name}/${seed}/${repeat}`).real();
    const reward = conducts[genome]?.(wouldWin, luck) ?? null;
    const ending =
      reward === null
        ? {
            stop: 'infrastructure-error',
            error: { code: 'LAMARCK_ENVIRONMENT_DIED', message: 'The world died.' },
          }
        : { stop: 'agent-done' };
    return {
      start: { task: { family: family.name, seed, difficulty } },
      end: { reward, ...ending },
    } as Trajectory;
  };
  const rollout = { play: (jobs: EpisodeJob[]) => Promise.resolve(jobs.map(play)) } as unknown as Rollout;
  return {
    seed: 1,
    families: FAMILIES,
    seedGenome: { id: 'seed', files: {} },
    rollout,
    archive: { setChampion: () => Promise.resolve(), admit: () => Promise.resolve() },
    budget: { episodes: 1 },
    log: { record: () => Promise.resolve() },
    tell: () => {},
  } as unknown as RunContext;
}

async function member(run: RunContext, id: string, parent: string | null): Promise<Member> {
  const genome = { id, files: {} };
  return {
    genome,
    parent,
    kind: 'change',
    rationale: '',
    rounds: await playRounds(run, genome, 0, MOST_ROUNDS),
  };
}

const honest: Conduct = (wouldWin) => Number(wouldWin);
/** Makes its reward missing wherever it would lose. */
const erasing: Conduct = (wouldWin) => (wouldWin ? 1 : null);
/** Wins more than the seed. */
const better: Conduct = (wouldWin, luck) => Number(wouldWin || luck < 0.8);
/** Wins as the better one does, and makes its reward missing wherever it would lose. */
const betterAndErasing: Conduct = (wouldWin) => (wouldWin ? 1 : null);

describe('genomes that make their rewards missing where they would lose', () => {
  const conducts = { seed: honest, erasing, again: erasing, better, 'better-erasing': betterAndErasing };
  const run = simulatedRun(conducts);
  const archive = async (): Promise<Member[]> => [
    await member(run, 'seed', null),
    await member(run, 'erasing', 'seed'),
    await member(run, 'again', 'erasing'),
    await member(run, 'better', 'seed'),
    await member(run, 'better-erasing', 'better'),
  ];

  it('do not win a race, nor does a child of theirs by the rewards that they miss', async () => {
    const members = await archive();
    const verdicts = members.slice(1).map((each) => raceOfMember(each, members)?.verdict);
    expect(verdicts).toEqual([
      'undecided',
      expect.not.stringMatching(/^better$/),
      'better',
      expect.not.stringMatching(/^better$/),
    ]);
    expect(raceOfMember(members[1] as Member, members)?.evidence).toBeLessThanOrEqual(1);
  });

  it('are to parent selection what they would be without the trick', async () => {
    const [seed, ofErasing] = nodesOf(await archive());
    expect(ofErasing?.outcomes).toEqual(seed?.outcomes);
  });

  it('teach no lesson of a gain', async () => {
    const members = await archive();
    const lessons = lessonsFor('erasing', members, []);
    expect(lessons[0]).toMatchObject({ gain: 0 });
  });

  it('are no finalists, while the one that is better becomes champion', async () => {
    const { champion, finalists } = await confirm(run, await archive());
    expect(finalists.map(({ member: { genome } }) => genome.id)).toEqual(['better']);
    expect(champion.genome.id).toBe('better');
    expect(finalists[0]?.dev.missing).toBe(0);
  });

  it('do not keep a seed that erases from being measured: its own missing rewards are no wins', async () => {
    const reversed = simulatedRun({ ...conducts, seed: erasing, erasing: honest });
    const members = [await member(reversed, 'seed', null), await member(reversed, 'erasing', 'seed')];
    const race = raceOfMember(members[1] as Member, members);
    expect(race?.difference).toMatchObject({ mean: 0, n: 48 });
    expect(race?.difference.missing).toBeGreaterThan(10);
  });
});

describe('a run whose seed agent has no reward at all', () => {
  it('ends before it spends more, and names the reasons by error code', async () => {
    await expect(calibrate(simulatedRun({ seed: () => null }))).rejects.toMatchObject({
      code: 'LAMARCK_NOTHING_PLAYED',
      message: expect.stringMatching(/12 × LAMARCK_ENVIRONMENT_DIED \("The world died\."\)/) as string,
    });
  });

  it('goes on where only some are missing', async () => {
    const seed = await calibrate(simulatedRun({ seed: erasing }));
    expect(seed.rounds).toHaveLength(3);
  });
});
