/** Episodes in this process, with a real browser but without agent processes, worlds or a record: for fast curves. */
import {
  createRandom,
  type Action,
  type AgentEmitted,
  type StepView,
  type TrajectoryView,
} from 'lamarck/agent';
import { createActor } from 'xstate';
import costs from '../agents/scout/costs.json' with { type: 'json' };
import { createScout } from '../agents/scout/scout.ts';
import type { Policy } from '../agents/scout/pages/action-choice.ts';
import { affordancesOf } from '../environments/browser/affordances.ts';
import type { BrowserObservation } from '../environments/browser/observation.ts';
import { openSession, type Session } from '../src/environment/index.ts';
import type { Json } from '../src/protocol/index.ts';
import { judge } from '../src/reward/index.ts';
import type { Sandboxes } from '../src/sandbox/index.ts';
import type { Task, TaskFamily } from '../src/task/index.ts';

/** Chooses what to do; `undefined` ends the episode. */
type Actor = (step: number, observation: Json, affordances: readonly Action[]) => Action | undefined;

/** One episode of a scout with this policy and nothing else. */
export function play(
  sandboxes: Partial<Sandboxes>,
  policy: Policy,
  family: TaskFamily,
  task: Task,
  seed: string,
): Promise<TrajectoryView> {
  const machine = createScout({
    policy,
    costs,
    library: [],
    skills: [],
    mendOrder: { tries: {}, choices: {} },
  });
  const input = { instruction: task.instruction, environment: 'browser', maxSteps: family.maxSteps, seed };
  const actor = createActor(machine, { input });
  let decision: AgentEmitted | undefined;
  actor.on('decision', (emitted) => (decision = emitted));
  actor.start();
  return playWith(sandboxes, family, task, (step, observation, affordances) => {
    actor.send({ type: 'observe', step, observation, affordances });
    return decision?.action;
  });
}

/** Searches a task by synthetic play; the shortest playout that wins is played again with real input, and only that counts. */
export async function explore(
  sandboxes: Partial<Sandboxes>,
  family: TaskFamily,
  task: Task,
  tries: number,
): Promise<TrajectoryView | undefined> {
  const random = createRandom(`explore/${task.hash}`);
  const isWin = async (evidence: Json): Promise<boolean> => (await judge(family, task, evidence)) === 1;
  const playouts = await withSession(sandboxes, family, task, (session) =>
    session.explore({ tries, steps: family.maxSteps, random, isWin }),
  );
  const nearestFirst = playouts?.toSorted((one, other) => one.actions.length - other.actions.length) ?? [];
  for (const { actions, evidence } of nearestFirst)
    if (await isWin(evidence))
      return playWith(sandboxes, family, task, (step) => actions[step] as Action | undefined);
  return undefined;
}

function playWith(
  sandboxes: Partial<Sandboxes>,
  family: TaskFamily,
  task: Task,
  actor: Actor,
): Promise<TrajectoryView> {
  return withSession(sandboxes, family, task, async (session) => {
    const { steps, stop } = await act(session, actor, family.maxSteps);
    const reward = await judge(family, task, await session.evidence());
    const { instruction, difficulty } = task;
    return {
      family: family.name,
      environment: 'browser',
      task: 0,
      difficulty,
      instruction,
      steps,
      reward,
      stop,
    };
  });
}

async function act(
  session: Session,
  actor: Actor,
  maxSteps: number,
): Promise<Pick<TrajectoryView, 'steps' | 'stop'>> {
  const steps: StepView[] = [];
  while (steps.length < maxSteps) {
    const observation = await session.observe();
    // The session would observe once more to tell them.
    const affordances = affordancesOf(observation as unknown as BrowserObservation) as unknown as Action[];
    const action = actor(steps.length, observation, affordances);
    if (action === undefined) return { steps, stop: 'agent-done' };
    const { done } = await session.act(action);
    steps.push({ observation, affordances, action });
    if (done) return { steps, stop: 'environment-done' };
  }
  return { steps, stop: 'step-limit' };
}

async function withSession<Result>(
  sandboxes: Partial<Sandboxes>,
  family: TaskFamily,
  { params, instruction, hash }: Task,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const random = createRandom(`world/${hash}`);
  const { signal } = new AbortController();
  const session = await openSession(family.environment, { params, instruction, random, sandboxes, signal });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}
