export { calibrate } from './calibrating.ts';
export { confirm } from './confirming.ts';
export { demonstrationsIn } from './demonstrations.ts';
export { evolve, type EvolveResult } from './evolve.ts';
export { profileOf } from './expanding.ts';
export { explore } from './exploring.ts';
export { improve } from './improvement.ts';
export { learnAlone } from './learning-line.ts';
export type { RunContext } from './run-context.ts';
export {
  assertAffordable,
  explorationBudget,
  plannedEpisodes,
  type PlannedEpisodes,
  type RunPhase,
} from './spending.ts';
