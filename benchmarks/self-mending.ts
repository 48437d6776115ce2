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
import { createRandom } from '../src/agent/index.ts';
import { playingModules } from '../agents/scout/improve/genome-reach.ts';
import { noOrder } from '../agents/scout/repairs/mend-order.ts';
import { createGuestSandbox, createProgramSandbox } from '../sandboxes/isolate/index.ts';
import { estimate } from '../src/protocol/index.ts';
import { table } from './table.ts';
import { clusteredInterval } from '../src/statistics/index.ts';
import { loadGenome } from '../src/genome/genome.ts';
import { scoutFolder } from '../src/presets.ts';
import type { Sandboxes } from '../src/sandbox/index.ts';
import { repairs as families } from '../tasks/repairs/index.ts';
import { attempt, orderOf, tasksOf } from './repairs/attempt.ts';
import { mendByPlaying } from './self-mending/by-playing.ts';
import { placesIn, type Placed } from './self-mending/places.ts';

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

const say = (text: string): void => void process.stderr.write(`${text}\n`);
await using programs = createProgramSandbox();
await using guests = createGuestSandbox({ processes: 2 });
const sandboxes = { programs } as unknown as Sandboxes;
const { files: scout } = await loadGenome(scoutFolder);

const views = [];
for (const family of families) {
  for (const task of tasksOf(family, 'train', trainEach, seed))
    views.push((await attempt(sandboxes, { family, task }, noOrder)).view);
  say(`learning: ${family.name}`);
}
const learned = orderOf(views);

const random = createRandom(`self-mending/${seed}`);
const placed = playingModules(scout).flatMap((module) =>
  placesIn({ module, text: scout[module] ?? '', count: faultsEach }, learned, random.fork(module)),
);
say(`places: ${placed.length} faults in ${new Set(placed.map(({ module }) => module)).size} modules`);

const mended =
  repairs > 0
    ? await mendByPlaying(
        { scout, count: repairs, seed },
        { uniform: noOrder, learned },
        { guests, sandboxes, random: random.fork('repairs'), say },
      )
    : [];

const interval = (numbers: readonly number[], clusters: readonly string[]) =>
  clusteredInterval(
    numbers.map((value, at) => ({ value, cluster: clusters[at] ?? String(at) })),
    [0, Math.max(1, ...numbers)],
  );
/** What comes of one order. */
function outcomeOf(order: string, placeOf: (one: Placed) => number, isQuick: (one: Placed) => number) {
  const modules = placed.map(({ module }) => module);
  const own = mended.filter((each) => each.order === order);
  return {
    place: interval(
      placed.map((one) => placeOf(one) / one.edits),
      modules,
    ),
    quick: interval(placed.map(isQuick), modules),
    mended: interval(
      own.map(({ isMended }) => Number(isMended)),
      own.map(({ fault }) => fault),
    ),
  };
}
const orders = {
  uniform: outcomeOf(
    'uniform',
    ({ uniform }) => uniform,
    ({ edits }) => Math.min(1, QUICK / edits),
  ),
  learned: outcomeOf(
    'learned',
    (one) => one.learned,
    (one) => Number(one.learned <= QUICK),
  ),
};
if (values.json)
  console.log(JSON.stringify({ seed, trainEach, faults: placed.length, orders, mended }, null, 2));
else
  console.log(
    table([
      ['order', 'place of the mend, as a share of all edits', `within ${QUICK}`, 'mended by playing'],
      ...Object.entries(orders).map(([order, { place, quick, mended: share }]) => [
        order,
        estimate(place),
        estimate(quick),
        repairs === 0 ? '' : estimate(share),
      ]),
    ]).toString() + `\n${placed.length} faults by their places, ${mended.length / 2} mended by playing`,
  );
