/**
 * Scout mends its own code: does the order of edits that it learned on repairs of other modules help there?
 *
 * - places: faults are planted in the modules that it plays with, each kind as often as another; of those that one edit takes back,
 *   the place of that edit in the uniform order and in the learned one. Nothing is played.
 * - repairs: faults in what it thinks of programs with, after which it wins clearly fewer program tasks. Its faulty self then mends
 *   the faulty file in an episode of `workspace` whose tests are such tasks, once in each order. Mended is what wins clearly more
 *   of 24 hidden tasks than the faulty one.
 *
 *     npm run bench:self-mending -- [--train N] [--faults N] [--repairs N] [--seed N] [--json]
 */
import { parseArgs } from 'node:util';
import {
  applyEdit,
  chanceOfWins,
  createRandom,
  mutationsOf,
  type Mutation,
  type Random,
} from '../src/agent/index.ts';
import { playingModules } from '../agents/scout/improve/genome-reach.ts';
import { tryingFacts } from '../agents/scout/mend-facts.ts';
import { inOrder, noOrder, type MendOrder } from '../agents/scout/mend-order.ts';
import type { Edit, MendTask } from '../agents/scout/mend-task.ts';
import { createMindSandbox, createProgramSandbox } from '../sandboxes/isolate/index.ts';
import { estimate, table } from '../src/cli/terminal.ts';
import { createGenomeActor, createLocalWorld, runEpisode } from '../src/episode/index.ts';
import { clusteredInterval } from '../src/evaluation/index.ts';
import { genomeOf, loadGenome } from '../src/evolution/genome.ts';
import { scoutFolder } from '../src/presets.ts';
import type { GenomeFiles, Sandboxes } from '../src/sandbox/index.ts';
import { splitSeed } from '../src/task/index.ts';
import { programs as programFamilies } from '../tasks/programs/index.ts';
import { repairs as families } from '../tasks/repairs/index.ts';
import { selfMending } from '../tasks/self-mending/index.ts';
import { attempt, orderOf, tasksOf } from './repairs/attempt.ts';

const { values } = parseArgs({
  options: {
    train: { type: 'string', default: '24' },
    faults: { type: 'string', default: '4' },
    repairs: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [trainEach, faultsEach, repairs, seed] = [values.train, values.faults, values.repairs, values.seed].map(
  Number,
) as [number, number, number, number];
/** Place up to which an edit counts as tried early. */
const QUICK = 10;
/** Modules whose faults show in program tasks. */
const THINKING = /^(search|leaves|cost-model|program-task)\.ts$|^operators\/(?!helper)/;
const [TESTS, HIDDEN, RUNS] = [4, 24, 42];
/** Faults that are looked at for each that is mended: most change nothing that program tasks show. */
const LOOKED_AT = 12;

const say = (text: string): void => void process.stderr.write(`${text}\n`);
await using programs = createProgramSandbox();
await using minds = createMindSandbox({ processes: 2 });
const sandboxes = { programs } as unknown as Sandboxes;
const { files: scout } = await loadGenome(scoutFolder);

const views = [];
for (const family of families) {
  for (const task of tasksOf(family, 'train', trainEach, seed))
    views.push((await attempt(sandboxes, { family, task }, noOrder)).view);
  say(`learning: ${family.name}`);
}
const ORDERS: Readonly<Record<string, MendOrder>> = { uniform: noOrder, learned: orderOf(views) };

/** A kind first, then one of it. */
function drawFault(random: Random, text: string): Mutation | undefined {
  const mutations = mutationsOf(text);
  if (mutations.length === 0) return undefined;
  const kind = random.pick([...new Set(mutations.map((each) => each.kind))]);
  return random.pick(mutations.filter((each) => each.kind === kind));
}

interface Placed {
  readonly module: string;
  readonly edits: number;
  /** Of the first edit that takes the fault back, by order; the mean of what a uniform one gives. */
  readonly places: Readonly<Record<string, number>>;
}

function placesIn(module: string, random: Random): Placed[] {
  const right = scout[module] ?? '';
  const placed: Placed[] = [];
  for (let tries = 0; placed.length < faultsEach && tries < 10 * faultsEach; tries++) {
    const fault = drawFault(random, right);
    if (fault === undefined) break;
    const text = applyEdit(right, fault);
    let mutations: Mutation[];
    try {
      mutations = mutationsOf(text);
    } catch {
      continue;
    }
    const edits: Edit[] = mutations.map(({ kind, line, nth }) => ({ path: module, kind, line, nth }));
    const takingBack = edits.filter((_, at) => applyEdit(text, mutations[at] as Mutation) === right);
    if (takingBack.length === 0) continue;
    const task: MendTask = {
      module,
      files: { [module]: text },
      tests: [{ call: 'play' }],
      results: [{ ok: false }],
      ran: null,
      probed: [],
      left: RUNS,
    };
    const order = inOrder(
      edits,
      tryingFacts(task, edits),
      ORDERS['learned']?.tries ?? {},
      `${seed}/${module}`,
    );
    placed.push({
      module,
      edits: edits.length,
      places: {
        uniform: (edits.length + 1) / (takingBack.length + 1),
        learned: 1 + order.findIndex((edit) => takingBack.includes(edit)),
      },
    });
  }
  return placed;
}

const random = createRandom(`self-mending/${seed}`);
const placed = playingModules(scout).flatMap((module) => placesIn(module, random.fork(module)));
say(`places: ${placed.length} faults in ${new Set(placed.map(({ module }) => module)).size} modules`);

/** Rewards of a draft at tasks of the program families, by their numbers. */
async function play(files: GenomeFiles, tasks: readonly (readonly unknown[])[]): Promise<(number | null)[]> {
  const actor = createGenomeActor(genomeOf(files), minds);
  const rewards: (number | null)[] = [];
  for (const [name, index, difficulty] of tasks) {
    const family = programFamilies.find((each) => each.name === name);
    if (!family) throw new Error(`There is no family ${String(name)}.`);
    const job = {
      actor,
      family,
      seed: splitSeed('train', seed, Number(index)),
      difficulty: Number(difficulty),
      repeat: 0,
    };
    const world = createLocalWorld(family, sandboxes);
    rewards.push((await runEpisode(job, world, new AbortController().signal)).end.reward);
  }
  return rewards;
}

const tasksFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => [
    programFamilies[at % programFamilies.length]?.name ?? '',
    first + at,
    1,
  ]);
const hidden = tasksFrom(1000, HIDDEN);
const trials = {
  play: (drafts: readonly GenomeFiles[], tasks: readonly (readonly unknown[])[]) =>
    Promise.all(drafts.map((draft) => play({ ...scout, ...draft }, tasks))),
};
const winsOf = (rewards: readonly (number | null)[]) => rewards.filter((reward) => reward === 1).length;

interface Mended {
  readonly fault: string;
  readonly order: string;
  readonly isMended: boolean;
  readonly edits: number;
}

const mended: Mended[] = [];
if (repairs > 0) {
  const sound = await play(scout, hidden);
  say(`scout as it is wins ${winsOf(sound)} of ${HIDDEN}`);
  const modules = playingModules(scout).filter((path) => THINKING.test(path));
  const drawn = random.fork('repairs');
  for (let looked = 0, found = 0; found < repairs && looked < LOOKED_AT * repairs; looked++) {
    const module = drawn.pick(modules);
    const fault = drawFault(drawn, scout[module] ?? '');
    if (fault === undefined) continue;
    const text = applyEdit(scout[module] ?? '', fault);
    const faulty = { ...scout, [module]: text };
    const rewards = await play(faulty, hidden).catch(() => []);
    const lost = sound.filter((reward, at) => reward === 1 && rewards[at] === 0).length;
    const won = sound.filter((reward, at) => reward === 0 && rewards[at] === 1).length;
    if (rewards.length === 0 || chanceOfWins(lost, won) > 0.05) continue;
    found++;
    const named = `${module}:${fault.line} ${fault.kind} ${fault.says}`;
    const tests = tasksFrom(2000 + 100 * found, 100)
      .filter((_, at) => at % 5 < 4)
      .slice(0, TESTS);
    for (const [order, mendOrder] of Object.entries(ORDERS)) {
      const family = selfMending({
        files: Object.fromEntries(Object.entries(faulty).filter(([path]) => path.endsWith('.ts'))),
        module,
        tests,
        hidden,
        runs: RUNS,
      });
      const [task] = tasksOf(family, 'train', 1, seed);
      if (!task) break;
      const { isSolved, view } = await attempt(
        { trials } as unknown as Sandboxes,
        { family, task },
        mendOrder,
      );
      const probes = view.steps.flatMap(({ action: { probe } }) =>
        probe === undefined ? [] : [(probe as unknown as { mutations: unknown[] }).mutations.length],
      );
      mended.push({
        fault: named,
        order,
        isMended: isSolved,
        edits: probes.reduce((sum, each) => sum + each, 0),
      });
      say(`${named}: ${order} order ${isSolved ? 'mends it' : 'does not'}`);
    }
  }
}

const interval = (numbers: readonly number[], clusters: readonly string[]) =>
  clusteredInterval(
    numbers.map((value, at) => ({ value, cluster: clusters[at] ?? String(at) })),
    [0, Math.max(1, ...numbers)],
  );
const modulesOf = placed.map(({ module }) => module);
const outcome = {
  faults: placed.length,
  orders: Object.fromEntries(
    Object.keys(ORDERS).map((order) => {
      const share = placed.map(({ edits, places }) => (places[order] ?? edits) / edits);
      const quick = placed.map(({ edits, places }) =>
        order === 'uniform' ? Math.min(1, QUICK / edits) : (places[order] ?? edits) <= QUICK ? 1 : 0,
      );
      const own = mended.filter((each) => each.order === order);
      return [
        order,
        {
          place: interval(share, modulesOf),
          quick: interval(quick, modulesOf),
          mended: interval(
            own.map(({ isMended }) => (isMended ? 1 : 0)),
            own.map(({ fault }) => fault),
          ),
        },
      ];
    }),
  ),
  mended,
};
if (values.json) console.log(JSON.stringify({ seed, trainEach, ...outcome }, null, 2));
else
  console.log(
    table([
      ['order', 'place of the mend, as a share of all edits', `within ${QUICK}`, 'mended by playing'],
      ...Object.entries(outcome.orders).map(([order, { place, quick, mended: share }]) => [
        order,
        estimate(place),
        estimate(quick),
        repairs === 0 ? '' : estimate(share),
      ]),
    ]) + `\n${placed.length} faults by their places, ${mended.length / 2} mended by playing`,
  );
