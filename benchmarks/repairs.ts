/**
 * Mending with typed single edits: does the order in which edits are tried, learned on some faults, help with others?
 *
 * - our modules, leave one family out: the order is learned on train tasks of nine families, and tried on dev tasks of the tenth
 * - with `--from`, HumanEvalFix: bugs that people made. Which of them one edit can mend is found by trying every edit on the
 *   public tests, and on the hidden ones what passes those; the order is that of all ten families
 *
 * Each repair has at most 400 runs of its public tests. Solved means by hidden tests, plausible by public ones. Solved within 10 is a
 * repair of its own, in which no more than ten edits can be tried. Each is played several times, because edits of which
 * nothing is known are tried in an order of the seed.
 *
 *     npm run bench:repairs -- [--train N] [--tasks N] [--repeats N] [--seed N] [--from FILE.jsonl] [--json]
 */
import { parseArgs } from 'node:util';
import type { Action, TrajectoryView } from '../src/agent/index.ts';
import { noOrder, type MendOrder } from '../agents/scout/repairs/mend-order.ts';
import { editsAmong, type Edit, type MendTask } from '../agents/scout/repairs/mend-task.ts';
import { createProgramSandbox } from '../sandboxes/isolate/index.ts';
import { estimate, type Json } from '../src/protocol/index.ts';
import { table } from './table.ts';
import { clusteredInterval } from '../src/statistics/index.ts';
import type { Session } from '../src/environment/index.ts';
import { openTask } from '../src/episode/index.ts';
import type { Sandboxes } from '../src/sandbox/index.ts';
import { makeTask, splitSeed, type Task, type TaskFamily } from '../src/task/index.ts';
import { jsonl } from '../tasks/jsonl/index.ts';
import { repairs as families } from '../tasks/repairs/index.ts';
import { attempt, orderOf, tasksOf, type Repair } from './repairs/attempt.ts';

const { values } = parseArgs({
  options: {
    train: { type: 'string', default: '8' },
    tasks: { type: 'string', default: '8' },
    repeats: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [trainEach, tasksEach, repeats, seed] = [values.train, values.tasks, values.repeats, values.seed].map(
  Number,
) as [number, number, number, number];
/** Edits that a quick repair may try. */
const QUICK = 10;
/** Runs of the tests that it has: before and after the edit that it makes, too. */
const QUICK_RUNS = QUICK + 2;
/** Edits probed together. */
const PROBED = 50;

/** A repair, and another try at it in which only few edits can be tried. */
interface Pair extends Repair {
  readonly isQuick: boolean;
}

await using programs = createProgramSandbox();
const sandboxes = { programs } as unknown as Sandboxes;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function open(family: TaskFamily, task: Task): Promise<Session> {
  return openTask(family, task, { sandboxes, signal: new AbortController().signal });
}

async function repair(family: TaskFamily, task: Task, order: MendOrder, repeat: number): Promise<Pair> {
  const hurried = { ...task, params: { ...(task.params as object), runs: QUICK_RUNS } };
  const { isSolved: isQuick } = await attempt(sandboxes, { family, task: hurried, repeat }, order);
  return { ...(await attempt(sandboxes, { family, task, repeat }, order)), isQuick };
}

async function repairAll(family: TaskFamily, tasks: readonly Task[], order: MendOrder): Promise<Pair[]> {
  const done: Pair[] = [];
  for (const task of tasks)
    for (let repeat = 0; repeat < repeats; repeat++) done.push(await repair(family, task, order, repeat));
  return done;
}

const shareOf = (repairs: readonly Pair[], is: (repair: Pair) => boolean) =>
  clusteredInterval(repairs.map((each) => ({ value: is(each) ? 1 : 0, cluster: each.task })));
const summary = (repairs: readonly Pair[]) => ({
  solved: shareOf(repairs, ({ isSolved }) => isSolved),
  plausible: shareOf(repairs, ({ isPlausible }) => isPlausible),
  quick: shareOf(repairs, ({ isQuick }) => isQuick),
});
/** Learned minus uniform on the same tasks. */
const quicker = (learned: readonly Pair[], uniform: readonly Pair[]) =>
  clusteredInterval(
    learned.map((each, at) => ({
      value: Number(each.isQuick) - Number(uniform[at]?.isQuick),
      cluster: each.task,
    })),
    [-1, 1],
  );

const taught: TrajectoryView[][] = [];
for (const family of families) {
  const views: TrajectoryView[] = [];
  for (const task of tasksOf(family, 'train', trainEach, seed))
    views.push((await attempt(sandboxes, { family, task }, noOrder)).view);
  taught.push(views);
  say(
    `learning: ${family.name}, ${views.filter(({ reward }) => reward === 1).length} of ${trainEach} mended`,
  );
}

const [uniform, learned]: [Pair[], Pair[]] = [[], []];
for (const [at, family] of families.entries()) {
  const tasks = tasksOf(family, 'dev', tasksEach, seed);
  uniform.push(...(await repairAll(family, tasks, noOrder)));
  learned.push(...(await repairAll(family, tasks, orderOf(taught.toSpliced(at, 1).flat()))));
  say(`trying: ${family.name} left out`);
}
const arms: Record<string, ReturnType<typeof summary>> = {
  'our modules, uniform order': summary(uniform),
  'our modules, learned order': summary(learned),
};
const gains: Record<string, ReturnType<typeof quicker>> = { 'our modules': quicker(learned, uniform) };

let reach: { tasks: number; reachable: number } | undefined;
if (values.from !== undefined) {
  const [family] = jsonl({ from: values.from, format: 'humanevalfix-js', skipInvalid: true }) as [TaskFamily];
  const tasks = new Map<string, Task>();
  for (const split of ['train', 'dev', 'sealed'] as const)
    for (let at = 0; at < 512; at++) {
      const task = makeTask(family, splitSeed(split, seed, at), 1);
      tasks.set(task.instruction, tasks.get(task.instruction) ?? task);
    }
  const reachable: Task[] = [];
  for (const task of tasks.values()) if (await isReachable(family, task)) reachable.push(task);
  reach = { tasks: tasks.size, reachable: reachable.length };
  say(`HumanEvalFix: one edit can mend ${reachable.length} of ${tasks.size}`);
  const order = orderOf(taught.flat());
  const [plain, ordered] = [
    await repairAll(family, reachable, noOrder),
    await repairAll(family, reachable, order),
  ];
  arms['HumanEvalFix, uniform order'] = summary(plain);
  arms['HumanEvalFix, learned order'] = summary(ordered);
  gains['HumanEvalFix'] = quicker(ordered, plain);
}

/** Whether any single typed edit passes all tests, the hidden ones too. */
async function isReachable(family: TaskFamily, task: Task): Promise<boolean> {
  const endless = { ...task, params: { ...(task.params as object), runs: 100_000 } };
  const session = await open(family, endless).catch(() => undefined);
  if (!session) return false;
  try {
    const shown = (await session.observe()) as unknown as MendTask;
    const edits = editsAmong(((await session.affordances()) ?? []) as Action[]);
    const plausible: Edit[] = [];
    for (let at = 0; at < edits.length; at += PROBED) {
      await session.act({ probe: { mutations: edits.slice(at, at + PROBED) as unknown as Json } });
      const { probed } = (await session.observe()) as unknown as MendTask;
      plausible.push(
        ...probed.flatMap(({ mutation, passed }) => (passed === shown.tests.length ? [mutation] : [])),
      );
    }
    for (const mutate of plausible) {
      await session.act({ mutate: { ...mutate } });
      const { correct } = (await session.evidence()) as unknown as {
        correct: { passed: number; total: number };
      };
      if (correct.passed === correct.total) return true;
      await session.act({ undo: {} });
    }
    return false;
  } finally {
    await session.close();
  }
}

if (values.json) console.log(JSON.stringify({ seed, trainEach, tasksEach, reach, arms, gains }, null, 2));
else {
  if (reach)
    console.log(
      `HumanEvalFix: one typed edit can mend ${reach.reachable} of ${reach.tasks}; the arms are on these.\n`,
    );
  console.log(
    table([
      ['', 'solved', 'plausible', `solved within ${QUICK}`, 'repairs'],
      ...Object.entries(arms).map(([name, { solved, plausible, quick }]) => [
        name,
        estimate(solved),
        estimate(plausible),
        estimate(quick),
        String(solved.n),
      ]),
    ]).toString(),
  );
  for (const [name, gain] of Object.entries(gains))
    console.log(`\n${name}: learned minus uniform, solved within ${QUICK}: ${estimate(gain, true)}`);
}
