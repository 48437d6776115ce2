import { canonicalJson, type Json } from 'lamarck';

/**
 * The verdict of every web family: the page's own state is exactly the state that was asked for, with nothing done
 * besides.
 */
export function isGoalState({
  evidence,
  params,
}: {
  evidence: { state: Json };
  params: { goal: Json };
}): boolean {
  return canonicalJson(evidence.state) === canonicalJson(params.goal);
}
