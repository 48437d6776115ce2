/**
 * A recorded episode on pages as the policy lived it: the candidates of each decision, and which of them it took. The
 * features are made anew from what was observed, so nothing that the agent said of itself is trusted.
 */
import {
  directCourse,
  pageSignature,
  type Action,
  type PolicyEpisode,
  type PolicyStep,
  type StepView,
  type TrajectoryView,
} from 'lamarck/agent';
import { emptyMemory, remember } from '../pages/memory.ts';
import { pageOf } from '../pages/page-reading.ts';
import { candidatesOf, chancesOf, type Policy } from '../pages/action-choice.ts';

/**
 * An episode that was won is lived again without its detours: what led back to where it began did not win it, and is
 * not to be praised. Its steps are to be imitated, however likely they were: a rare win would count for nothing else.
 * One that was lost is taken as it was.
 *
 * @param policy what the episode was played with.
 */
export function reexperience(trajectory: TrajectoryView, policy: Policy): PolicyEpisode {
  const isWon = trajectory.reward === 1;
  let memory = emptyMemory;
  const steps: PolicyStep[] = [];
  for (const { observation, affordances = [], action } of isWon ? courseOf(trajectory) : trajectory.steps) {
    const page = pageOf(observation);
    const chosen = indexOf(affordances, action);
    if (chosen >= 0) {
      const candidates = candidatesOf(trajectory.instruction, page, memory, affordances);
      steps.push(
        isWon
          ? { candidates, chosen }
          : { candidates, chosen, chance: chancesOf(policy, candidates)[chosen] as number },
      );
    }
    memory = remember(memory, page, action);
  }
  return { steps, reward: trajectory.reward ?? 0 };
}

/** The steps that led on. Where the episode was cut off, nobody knows whether the last one did. */
function courseOf({ steps, stop }: TrajectoryView): StepView[] {
  const course = directCourse(steps.map(({ observation }) => pageSignature(pageOf(observation)))).map(
    (at) => steps[at] as StepView,
  );
  return stop.endsWith('-done') ? course : course.slice(0, -1);
}

function indexOf(affordances: readonly Action[], action: Action): number {
  const text = JSON.stringify(action);
  return affordances.findIndex((affordance) => JSON.stringify(affordance) === text);
}
