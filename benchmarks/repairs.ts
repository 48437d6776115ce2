/**
 * Mending with typed single edits: does the order in which edits are tried, learned on some faults, help with others?
 *
 * - our modules, leave one family out: the order is learned on train tasks of nine families, and tried on dev tasks of the tenth
 * - with `--from`, HumanEvalFix: bugs that people made. Which of them one edit can mend is found by trying every edit on the
 *   public tests, and on the hidden ones what passes those; the order is that of all ten families
 *
 * Each repair has at most 400 runs of its public tests. Solved means by hidden tests, plausible by public ones; within 10, that
 * the edit made was among the first ten tried.
 *
 *     npm run bench:repairs -- [--train N] [--tasks N] [--seed N] [--from FILE.jsonl] [--json]
 */
import { parseArgs } from 'node:util';
import { createActor } from 'xstate';
import type { Action, AgentEmitted, TrajectoryView } from '../src/agent/index.ts';
import { createScout } from '../agents/scout/scout.ts';
import { learnOrder, noOrder, type MendOrder } from '../agents/scout/mend-order.ts';
import { editsAmong, type Edit, type MendTask } from '../agents/scout/mend-task.ts';
import { taughtBy } from '../agents/scout/improve/mending-study.ts';
import { createProgramSandbox } from '../sandboxes/isolate/index.ts';
import { estimate, table } from '../src/cli/terminal.ts';
import { clusteredInterval } from '../src/evaluation/index.ts';
import type { Session } from '../src/environment/index.ts';
import { openTask } from '../src/episode/index.ts';
import type { Json } from '../src/protocol/index.ts';
import { judge } from '../src/reward/index.ts';
import { makeTask, splitSeed, type Task, type TaskFamily } from '../src/task/index.ts';
import { jsonl } from '../tasks/jsonl/index.ts';
import { repairs as families } from '../tasks/repairs/index.ts';

const { values } = parseArgs({
  options: {
    train: { type: 'string', default: '8' },
    tasks: { type: 'string', default: '8' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [trainEach, tasksEach, seed] = [values.train, values.tasks, values.seed].map(Number) as [
  number,
  number,
  number,
];
/** Place in the order of trying up to which a repair counts as quick. */
const QUICK = 10;
/** Edits probed together. */
const PROBED = 50;

interface Repair {
  readonly task: string;
  readonly isSolved: boolean;
  readonly isPlausible: boolean;
  readonly isQuick: boolean;
  readonly view: TrajectoryView;
}

await using programs = createProgramSandbox();
const sandboxes = { programs } as unknown as Parameters<typeof openTask>[2]['sandboxes'];
const signal = new AbortController().signal;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function open(family: TaskFamily, task: Task): Promise<Session> {
  return openTask(family, task, { sandboxes, signal });
}

/** One repair by scout, in this process. */
async function repair(family: TaskFamily, task: Task, mendOrder: MendOrder): Promise<Repair> {
  const session = await open(family, task);
  const learned = {
    policy: { temperature: 1, weights: {} },
    costs: { unknown: 8, uses: {} },
    library: [],
    skills: [],
  };
  const scout = createActor(createScout({ ...learned, mendOrder }), {
    input: {
      instruction: task.instruction,
      environment: 'workspace',
      maxSteps: family.maxSteps,
      seed: task.hash,
    },
  });
  let decision: AgentEmitted | undefined;
  scout.on('decision', (emitted) => (decision = emitted));
  scout.start();
  const steps: TrajectoryView['steps'][number][] = [];
  let place = 0;
  for (let step = 0, isOver = false; step < family.maxSteps && !isOver; step++) {
    const [observation, affordances = []] = [await session.observe(), (await session.affordances()) as never];
    scout.send({ type: 'observe', step, observation, affordances });
    if (!decision) break;
    const { action, note } = decision;
    steps.push({ observation, affordances, action });
    if ('mutate' in action) place = (note as { place: number }).place;
    isOver = (await session.act(action)).done === true;
  }
  const evidence = await session.evidence();
  const reward = await judge(family, task, evidence);
  const { plausible, submitted } = evidence as unknown as {
    plausible: { passed: number; total: number };
    submitted: boolean;
  };
  await session.close();
  return {
    task: `${family.name}/${task.seed}`,
    isSolved: reward === 1,
    isPlausible: submitted && plausible.passed === plausible.total,
    isQuick: reward === 1 && place <= QUICK,
    view: {
      family: family.name,
      environment: 'workspace',
      task: 0,
      difficulty: task.difficulty,
      instruction: task.instruction,
      steps,
      reward,
      stop: '',
    },
  };
}

function tasksOf(family: TaskFamily, split: 'train' | 'dev', count: number): Task[] {
  return Array.from({ length: count }, (_, at) =>
    makeTask(family, splitSeed(split, seed, at), 1 + (at % family.difficulties)),
  );
}

async function repairAll(family: TaskFamily, tasks: readonly Task[], order: MendOrder): Promise<Repair[]> {
  const done: Repair[] = [];
  for (const task of tasks) done.push(await repair(family, task, order));
  return done;
}

const shareOf = (repairs: readonly Repair[], is: (repair: Repair) => boolean) =>
  clusteredInterval(repairs.map((each) => ({ value: is(each) ? 1 : 0, cluster: each.task })));
const summary = (repairs: readonly Repair[]) => ({
  solved: shareOf(repairs, ({ isSolved }) => isSolved),
  plausible: shareOf(repairs, ({ isPlausible }) => isPlausible),
  quick: shareOf(repairs, ({ isQuick }) => isQuick),
});
/** Learned minus uniform on the same tasks. */
const quicker = (learned: readonly Repair[], uniform: readonly Repair[]) =>
  clusteredInterval(
    learned.map((each, at) => ({
      value: Number(each.isQuick) - Number(uniform[at]?.isQuick),
      cluster: each.task,
    })),
    [-1, 1],
  );

const taught: (readonly Repair[])[] = [];
for (const family of families) {
  taught.push(await repairAll(family, tasksOf(family, 'train', trainEach), noOrder));
  say(
    `learning: ${family.name}, ${taught.at(-1)?.filter(({ isSolved }) => isSolved).length} of ${trainEach} mended`,
  );
}
const orderWithout = (left: number): MendOrder =>
  learnOrder(
    noOrder,
    taughtBy(
      taught
        .toSpliced(left, 1)
        .flat()
        .map(({ view }) => view),
    ),
  );

const [uniform, learned]: [Repair[], Repair[]] = [[], []];
for (const [at, family] of families.entries()) {
  const tasks = tasksOf(family, 'dev', tasksEach);
  uniform.push(...(await repairAll(family, tasks, noOrder)));
  learned.push(...(await repairAll(family, tasks, orderWithout(at))));
  say(`trying: ${family.name} left out`);
}
const arms: Record<string, ReturnType<typeof summary>> = {
  'our modules, uniform order': summary(uniform),
  'our modules, learned order': summary(learned),
};
const gains: Record<string, ReturnType<typeof quicker>> = { 'our modules': quicker(learned, uniform) };

let reach: { tasks: number; reachable: number } | undefined;
if (values.from !== undefined) {
  const [family] = jsonl({ from: values.from, format: 'humanevalfix-js' }) as [TaskFamily];
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
  const order = learnOrder(noOrder, taughtBy(taught.flat().map(({ view }) => view)));
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
  const session = await open(family, task).catch(() => undefined);
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
    ]),
  );
  for (const [name, gain] of Object.entries(gains))
    console.log(`\n${name}: learned minus uniform, solved within ${QUICK}: ${estimate(gain, true)}`);
}
