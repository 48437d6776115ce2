import { z } from 'zod';
import { LamarckError, messageOf, type Json } from '../protocol/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';

/**
 * The reward of an episode from its evidence: a number in [0, 1].
 *
 * @throws LamarckError `LAMARCK_EVIDENCE_MALFORMED` or `LAMARCK_VERIFIER_FAILED`: faults of ours, so no reward at all.
 */
export async function judge(family: TaskFamily, task: Task, evidence: Json): Promise<number> {
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
  let verdict: boolean | number;
  try {
    verdict = await family.verify({ evidence: parsed.data, params, instruction: task.instruction });
  } catch (error) {
    throw verifierFailed(family, `threw: ${messageOf(error)}`, error);
  }
  const reward = typeof verdict === 'boolean' ? Number(verdict) : verdict;
  if (typeof reward !== 'number' || !(reward >= 0 && reward <= 1)) {
    throw verifierFailed(
      family,
      `returned ${String(verdict)}, which is neither a boolean nor a number in [0, 1]`,
    );
  }
  return reward;
}

function verifierFailed(family: TaskFamily, what: string, cause?: unknown): LamarckError {
  return new LamarckError({
    code: 'LAMARCK_VERIFIER_FAILED',
    boundary: 'verifier',
    message: `The verifier of "${family.name}" ${what}.`,
    remedy: 'Mend its verify(); the episode has no reward.',
    cause,
  });
}
