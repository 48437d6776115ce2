import { isOverdue } from '../host/index.ts';
import { LamarckError, type Json } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';

/** What evidence earns at a task of a family; undefined where the verifier refuses it. */
export async function rewardOf(
  family: TaskFamily,
  { seed, difficulty }: { readonly seed: number; readonly difficulty: number },
  evidence: Json,
): Promise<number | undefined> {
  try {
    return await judge(family, makeTask(family, seed, difficulty), evidence);
  } catch (error) {
    if (LamarckError.isInstance(error) && !isOverdue(error)) return undefined;
    throw error;
  }
}
