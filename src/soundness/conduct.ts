import { isOverdue } from '../host/index.ts';
import { LamarckError, messageOf, type Json, type Trajectory } from '../protocol/index.ts';
import { explain, judge } from '../reward/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import { evidenceMutants } from './evidence-mutants.ts';
import { sound, unknown, unsound, type Finding } from './report.ts';
import { evidenceOf, placeOf } from './solution.ts';

/**
 * The same evidence of the first solution is judged so often again, as far as that takes no longer than so many ms, which only verifiers
 * reach that take ms themselves; of others, once.
 */
const AGAIN = 500;
const AGAIN_MILLISECONDS = 2_000;
/** What a member might hold that somebody left in to be let through. */
const PASSES: readonly Json[] = [true, 1];

/** What a verifier does to what it is given, and whether it says the same of the same. */
export async function checkConduct(family: TaskFamily, wins: readonly Trajectory[]): Promise<Finding> {
  let judged = 0;
  for (const trajectory of wins) {
    const evidence = evidenceOf(trajectory);
    if (evidence === undefined) continue;
    const again = judged === 0 ? AGAIN : 1;
    judged++;
    const { seed, difficulty } = trajectory.start.task;
    const task = makeTask(family, seed, difficulty);
    const fault =
      (await changesIn(family, task, evidence)) ??
      // First what loses: who gives in after so many judgements is not to have given in by then.
      (await faultOfLosers(family, task, evidence, again)) ??
      (await changeOfMind(family, task, evidence, { expected: 1, again }));
    if (fault !== undefined)
      return unsound(
        'verifier',
        `${fault} (${placeOf(trajectory)}).`,
        'Make verify() a pure function of the evidence that the environment states, the parameters and the instruction.',
      );
  }
  return judged === 0
    ? unknown('verifier', 'there is no evidence to judge')
    : sound('verifier', 'says the same of the same, changes nothing and reads nothing that is not there');
}

/** Frozen, they can only be read. */
async function changesIn(family: TaskFamily, task: Task, evidence: Json): Promise<string | undefined> {
  try {
    await explain(family, task, evidence, (context) => family.verify(frozen(context)));
    return undefined;
  } catch (error) {
    if (isOverdue(error)) throw error;
    return `verify() fails where it cannot change what it is given: ${messageOf(error)}`;
  }
}

async function changeOfMind(
  family: TaskFamily,
  task: Task,
  evidence: Json,
  { expected, again }: { expected: number; again: number },
): Promise<string | undefined> {
  const began = performance.now();
  for (let time = 0; time < again && performance.now() - began < AGAIN_MILLISECONDS; time++) {
    const reward = await judge(family, task, evidence);
    if (reward !== expected) return `The same evidence earned ${expected} and then ${reward}`;
  }
  return undefined;
}

/** What does not earn all: it does not later either, nor with a member that the world never has. */
async function faultOfLosers(
  family: TaskFamily,
  task: Task,
  evidence: Json,
  again: number,
): Promise<string | undefined> {
  for (const { evidence: changed } of evidenceMutants(evidence)) {
    const reward = await earned(family, task, changed);
    if (reward === undefined || reward === 1) continue;
    const mind = await changeOfMind(family, task, changed, { expected: reward, again });
    if (mind !== undefined) return mind;
    for (const name of await looksFor(family, task, changed))
      for (const pass of PASSES) {
        if (!isObject(changed) || Object.hasOwn(Object(evidence) as object, name)) continue;
        const more = (await earned(family, task, { ...changed, [name]: pass })) ?? reward;
        if (more > reward)
          return `Evidence that earns ${reward} earns ${more} with a member "${name}" that the environment does not give`;
      }
    return undefined;
  }
  return undefined;
}

/** Members of the evidence that the verifier reads, and that are not there. */
async function looksFor(family: TaskFamily, task: Task, evidence: Json): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  const watched = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? new Proxy(value, {
          get(target, name, receiver): unknown {
            if (typeof name === 'string' && !(name in target)) names.add(name);
            return Reflect.get(target, name, receiver);
          },
          has(target, name) {
            if (typeof name === 'string' && !(name in target)) names.add(name);
            return Reflect.has(target, name);
          },
        })
      : value;
  // A verifier that cannot do with a proxy has read what it reads by then.
  await explain(family, task, evidence, (context) =>
    family.verify({ ...context, evidence: watched(context.evidence) }),
  ).catch(() => undefined);
  const { shape = {} } = family.environment.evidence as { shape?: object };
  return new Set([...names].filter((name) => !Object.hasOwn(shape, name)));
}

/** Undefined where it is refused as none. */
async function earned(family: TaskFamily, task: Task, evidence: Json): Promise<number | undefined> {
  try {
    return await judge(family, task, evidence);
  } catch (error) {
    if (LamarckError.isInstance(error) && !isOverdue(error)) return undefined;
    throw error;
  }
}

function frozen<T>(value: T): T {
  if (isObject(value) || Array.isArray(value)) {
    Object.freeze(value);
    for (const member of Object.values(value as object)) frozen(member);
  }
  return value;
}

function isObject(value: unknown): value is Record<string, Json> {
  const prototype: unknown =
    typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === null || prototype === Object.prototype;
}
