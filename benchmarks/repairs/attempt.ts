/** One repair by scout in this process: without agent processes, worlds or a record. */
import { createActor } from 'xstate';
import type { AgentEmitted, TrajectoryView } from '../../src/agent/index.ts';
import { noOrder, type MendOrder } from '../../agents/scout/repairs/mend-order.ts';
import { taughtBy } from '../../agents/scout/improve/mending-study.ts';
import { learnFromMending } from '../../agents/scout/improve/people-lessons.ts';
import { createScout } from '../../agents/scout/scout.ts';
import { openTask } from '../../src/episode/index.ts';
import { judge } from '../../src/reward/index.ts';
import type { Sandboxes } from '../../src/sandbox/index.ts';
import { makeTask, splitSeed, type Task, type TaskFamily } from '../../src/task/index.ts';

export interface Repair {
  readonly task: string;
  /** By the verifier. */
  readonly isSolved: boolean;
  /** By the public tests. */
  readonly isPlausible: boolean;
  readonly view: TrajectoryView;
}

/** @param repeat which of several tries: edits of which nothing is known are tried in another order each time */
export async function attempt(
  sandboxes: Sandboxes,
  { family, task, repeat = 0 }: { family: TaskFamily; task: Task; repeat?: number },
  mendOrder: MendOrder,
): Promise<Repair> {
  const session = await openTask(family, task, { sandboxes, signal: new AbortController().signal });
  const learned = {
    policy: { temperature: 1, weights: {} },
    costs: { unknown: 8, uses: {} },
    library: [],
    skills: [],
  };
  const scout = createActor(createScout({ ...learned, mendOrder }), {
    input: {
      instruction: task.instruction,
      environment: family.environment.name,
      maxSteps: family.maxSteps,
      seed: `${task.hash}/${repeat}`,
    },
  });
  let decision: AgentEmitted | undefined;
  scout.on('decision', (emitted) => (decision = emitted));
  scout.start();
  const steps: TrajectoryView['steps'][number][] = [];
  for (let step = 0, isOver = false; step < family.maxSteps && !isOver; step++) {
    const [observation, affordances = []] = [await session.observe(), (await session.affordances()) as never];
    scout.send({ type: 'observe', step, observation, affordances });
    if (!decision) break;
    const { action } = decision;
    steps.push({ observation, affordances, action });
    isOver = (await session.act(action)).done === true;
  }
  const evidence = await session.evidence();
  const reward = await judge(family, task, evidence);
  const { plausible, submitted } = evidence as unknown as {
    plausible: { passed: number; total: number };
    submitted: boolean;
  };
  await session.close();
  const { difficulty, instruction } = task;
  return {
    task: `${family.name}/${task.seed}`,
    isSolved: reward === 1,
    isPlausible: submitted && plausible.passed === plausible.total,
    view: {
      ...{ family: family.name, environment: family.environment.name, task: 0, difficulty, instruction },
      ...{ steps, reward, stop: '' },
    },
  };
}

export function tasksOf(family: TaskFamily, split: 'train' | 'dev', count: number, seed: number): Task[] {
  return Array.from({ length: count }, (_, at) =>
    makeTask(family, splitSeed(split, seed, at), 1 + (at % family.difficulties)),
  );
}

/** What repairs in a uniform order teach, beside people's edits. */
export function orderOf(views: readonly TrajectoryView[]): MendOrder {
  return learnFromMending(noOrder, taughtBy(views));
}
