import { z } from 'zod';
import { clauseOf, LamarckError, type Json } from '../protocol/index.ts';
import { isOverdue, settleWithin } from '../host/index.ts';
import type { Task, TaskFamily, Verdict } from '../task/index.ts';
import { verdictFrom } from './rubric.ts';

/** What a verifier may take at most in ms, however long an episode of its family may. */
const LONGEST = 60_000;

/**
 * The reward of an episode from its evidence: a number in [0, 1].
 *
 * @throws LamarckError `LAMARCK_EVIDENCE_MALFORMED`, `LAMARCK_VERIFIER_FAILED` or `LAMARCK_OVERDUE`: faults of ours, so no reward at all.
 */
export async function judge(family: TaskFamily, task: Task, evidence: Json): Promise<number> {
  return (await explain(family, task, evidence)).reward;
}

/**
 * The reward with its reasons.
 *
 * @param verify another verifier than the family's own
 * @throws LamarckError as {@link judge} does
 */
export async function explain(
  family: TaskFamily,
  task: Task,
  evidence: Json,
  verify: TaskFamily['verify'] = (context) => family.verify(context),
): Promise<Verdict> {
  const context = verificationContext(family, task, evidence);
  const bounded = {
    what: `verify() of "${family.name}"`,
    milliseconds: Math.min(family.timeLimit, LONGEST),
    boundary: 'verifier',
  } as const;
  try {
    return verdictFrom(await settleWithin(bounded, () => verify(context)));
  } catch (error) {
    if (isOverdue(error)) throw error;
    throw verifierFailed(family, error);
  }
}

/** What a family measures beside the reward, by name. */
export async function measure(
  family: TaskFamily,
  task: Task,
  evidence: Json,
): Promise<Record<string, number>> {
  const measured: Record<string, number> = {};
  for (const [name, verify] of Object.entries(family.measures))
    measured[name] = (await explain(family, task, evidence, verify)).reward;
  return measured;
}

/**
 * What a verifier is given.
 *
 * @throws LamarckError `LAMARCK_EVIDENCE_MALFORMED`
 */
export function verificationContext(
  family: TaskFamily,
  task: Task,
  evidence: Json,
): Parameters<TaskFamily['verify']>[0] {
  const parsed = family.environment.evidence.safeParse(evidence);
  if (!parsed.success) {
    throw new LamarckError({
      code: 'LAMARCK_EVIDENCE_MALFORMED',
      boundary: 'environment',
      message: `The evidence of an episode of "${family.name}" does not fit the schema of "${family.environment.name}": ${z.prettifyError(parsed.error)}`,
      remedy: "Make the environment's evidence() return what its schema states.",
    });
  }
  const params = family.environment.params.parse(task.params);
  return { evidence: parsed.data, params, instruction: task.instruction };
}

function verifierFailed(family: TaskFamily, error: unknown): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_VERIFIER_FAILED',
    boundary: 'verifier',
    message: `The verifier of "${family.name}" failed: ${clauseOf(error)}.`,
    remedy: 'Mend the verify() function of this task family; the episode has no reward.',
    cause: error,
  });
}
