/** Faulty scouts mend themselves: episodes of `workspace` on their own code, whose tests are program tasks that they play. */
import { applyEdit, chanceOfWins, gainSpan, type Mutation, type Random } from '../../src/agent/index.ts';
import { playingModules } from '../../agents/scout/improve/genome-reach.ts';
import type { MendOrder } from '../../agents/scout/repairs/mend-order.ts';
import { createGenomeActor, createLocalWorld, runEpisode } from '../../src/episode/index.ts';
import { genomeOf } from '../../src/genome/genome.ts';
import type { GenomeFiles, GuestSandbox, Sandboxes } from '../../src/sandbox/index.ts';
import { splitSeed } from '../../src/task/index.ts';
import { programs as programFamilies } from '../../tasks/programs/index.ts';
import { selfMending } from '../../tasks/self-mending/index.ts';
import { attempt, tasksOf } from '../repairs/attempt.ts';
import { drawFault, RUNS } from './planted.ts';

/** Modules whose faults show in program tasks. */
const THINKING = /^(search|leaves|cost-model|program-task)\.ts$|^operators\/(?!helper)/;
/** Program tasks that a draft is tested by, and others that it is judged by. */
const [TESTS, HIDDEN] = [4, 24];
/** Faults that are looked at for each that is mended: most change nothing that program tasks show. */
const LOOKED_AT = 12;

/** A program task by family, number among the train tasks, and difficulty. */
type NumberedTask = readonly [family: string, index: number, difficulty: number];
type Reward = number | null;

interface Fault {
  readonly name: string;
  readonly module: string;
  readonly faulty: GenomeFiles;
}

export interface Mended {
  readonly fault: string;
  readonly order: string;
  readonly isMended: boolean;
  /** Edits that were tried. */
  readonly edits: number;
}

/**
 * Each fault is mended once in each order. Mended is what wins clearly more of 24 hidden tasks than the faulty scout.
 *
 * @param count of faults, after which scout wins clearly fewer of these tasks
 */
export async function mendByPlaying(
  { scout, count, seed }: { scout: GenomeFiles; count: number; seed: number },
  orders: Readonly<Record<string, MendOrder>>,
  using: { guests: GuestSandbox; sandboxes: Sandboxes; random: Random; say: (text: string) => void },
): Promise<Mended[]> {
  const { guests, sandboxes, random, say } = using;
  const play = async (files: GenomeFiles, tasks: readonly NumberedTask[]): Promise<Reward[]> => {
    const actor = createGenomeActor(genomeOf(files), guests);
    const rewards: Reward[] = [];
    for (const [name, index, difficulty] of tasks) {
      const family = programFamilies.find((each) => each.name === name);
      if (!family) throw new Error(`There is no family ${name}.`);
      const job = { actor, family, seed: splitSeed('train', seed, index), difficulty, repeat: 0 };
      const world = createLocalWorld(family, sandboxes);
      rewards.push((await runEpisode(job, world, new AbortController().signal)).end.reward);
    }
    return rewards;
  };
  const hidden = tasksFrom(1000, HIDDEN);
  const sound = await play(scout, hidden);
  say(`scout as it is wins ${sound.filter((reward) => reward === 1).length} of ${HIDDEN}`);
  const trials = {
    play: (drafts: readonly GenomeFiles[], tasks: readonly (readonly unknown[])[]) =>
      Promise.all(drafts.map((draft) => play({ ...scout, ...draft }, tasks as readonly NumberedTask[]))),
  };

  const mended: Mended[] = [];
  const found = new Set<string>();
  for (let looked = 0; found.size < count && looked < LOOKED_AT * count; looked++) {
    const fault = drawOne(scout, random);
    if (fault === undefined || found.has(fault.name)) continue;
    if (!isClearlyWorse(await play(fault.faulty, hidden).catch(() => []), sound)) continue;
    found.add(fault.name);
    const family = selfMending({
      files: Object.fromEntries(Object.entries(fault.faulty).filter(([path]) => path.endsWith('.ts'))),
      module: fault.module,
      tests: tasksFrom(2000 + 100 * found.size, TESTS),
      ...{ hidden, runs: RUNS },
    });
    const [task] = tasksOf(family, 'train', 1, seed);
    if (!task) break;
    for (const [order, mendOrder] of Object.entries(orders)) {
      const own = { trials } as unknown as Sandboxes;
      const { isSolved, view } = await attempt(own, { family, task }, mendOrder);
      const edits = view.steps.reduce((sum, { action: { probe } }) => sum + editsIn(probe), 0);
      mended.push({ fault: fault.name, order, isMended: isSolved, edits });
      say(`${fault.name}: ${order} order ${isSolved ? 'mends it' : 'does not'}`);
    }
  }
  return mended;
}

function drawOne(scout: GenomeFiles, random: Random): Fault | undefined {
  const module = random.pick(playingModules(scout).filter((path) => THINKING.test(path)));
  const right = scout[module] ?? '';
  const fault: Mutation | undefined = drawFault(random, right);
  return (
    fault && {
      name: `${module}:${fault.line} ${fault.kind} ${fault.says}`,
      module,
      faulty: { ...scout, [module]: applyEdit(right, fault) },
    }
  );
}

function isClearlyWorse(rewards: readonly Reward[], sound: readonly Reward[]): boolean {
  // Here it is the sound agent that has to prove itself against the faulty one.
  const gains = sound.map((reward, at) => gainSpan(rewards[at] ?? null, reward).least);
  const lost = gains.filter((gain) => gain > 0).length;
  const won = gains.filter((gain) => gain < 0).length;
  return rewards.length > 0 && chanceOfWins(lost, won) <= 0.05;
}

/** Of one family after the other. */
function tasksFrom(first: number, count: number): NumberedTask[] {
  return Array.from({ length: count }, (_, at) => [
    programFamilies[at % programFamilies.length]?.name ?? '',
    first + at,
    1,
  ]);
}

function editsIn(probe: unknown): number {
  return (probe as { mutations: unknown[] } | undefined)?.mutations.length ?? 0;
}
