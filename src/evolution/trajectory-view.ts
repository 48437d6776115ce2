import type { Action, StepView, TrajectoryView } from '../agent/index.ts';
import type { Trajectory } from '../protocol/index.ts';

/** A trajectory as an improver may see it: no family name, no seed, no evidence. */
export function viewOf(trajectory: Trajectory, family: string, task: number): TrajectoryView {
  const { start, records, end } = trajectory;
  const steps: { -readonly [Key in keyof StepView]?: StepView[Key] }[] = [];
  for (const record of records) {
    if (!('step' in record)) continue;
    const step = (steps[record.step] ??= {});
    if (record.type === 'observation') {
      step.observation = record.observation;
      if (record.affordances) step.affordances = record.affordances as unknown as readonly Action[];
    }
    if (record.type === 'action') step.action = record.action as unknown as Action;
    if (record.type === 'decision' && record.note !== undefined) step.note = record.note;
    if (record.type === 'action-error') step.error = record.message;
  }
  return {
    family,
    environment: start.environment,
    task,
    difficulty: start.task.difficulty,
    instruction: start.task.instruction,
    // The last observation has no action of its own: it shows where the episode ended.
    steps: steps.filter(
      (step): step is StepView => step.action !== undefined && step.observation !== undefined,
    ),
    reward: end.reward,
    stop: end.stop,
  };
}
