import { LamarckError } from '../protocol/index.ts';
import type { RunContext } from './run-context.ts';

/** Rounds of the calibration, and of a race when the child is born; later evaluations add others. */
export const FIRST_ROUNDS = 3;
/** Rounds after which a genome is known well enough. */
export const MOST_ROUNDS = 12;
/** Train tasks a family that a parent plays before it improves itself: its trajectories to learn from. */
export const PROFILE_TASKS = 3;
/** Champion candidates that are re-tested. */
export const FINALISTS = 3;
/** Episodes that the gate may take: an easy task of each environment, and a child's trial at writing a child. */
const GATE = 12;
/** Arms that are scored on the sealed split: random, seed agent, learner only, champion, oracle. */
const ARMS = 5;
/** Pairs that a re-test on fresh tasks has at least. */
const CONFIRMING_PAIRS = 48;

type Families = Pick<RunContext, 'families' | 'unseen'>;

/** Rounds of the re-test: where there are few families, more of them. */
export function confirmingRounds(families: number): number {
  return Math.min(12, Math.max(6, Math.ceil(CONFIRMING_PAIRS / families)));
}

/**
 * Episodes of one exploring arm: half of what is left once calibrating, confirming and sealing are set aside, because the
 * learner-only arm gets the same.
 */
export function explorationBudget(run: Families & Pick<RunContext, 'budget'>): number {
  return Math.floor((run.budget.episodes - calibrating(run) - ending(run)) / 2);
}

/** The most that making a child can cost: profile, the improver's play, the gate, the first race. */
export function expansionCost({ families, budget }: Pick<RunContext, 'families' | 'budget'>): number {
  return families.length * PROFILE_TASKS + budget.improvement + GATE + evaluationCost(families, FIRST_ROUNDS);
}

/** The most that further rounds of a child and its parent can cost. */
export function evaluationCost(families: RunContext['families'], rounds = 1): number {
  return 2 * rounds * families.length;
}

/**
 * @throws LamarckError `LAMARCK_BUDGET_TOO_SMALL` where a budget does not reach for one child in each exploring arm and
 * what must be played around it.
 */
export function assertAffordable(run: Families & Pick<RunContext, 'budget'>): void {
  const smallest = 2 * expansionCost(run) + calibrating(run) + ending(run);
  if (run.budget.episodes >= smallest) return;
  throw new LamarckError({
    code: 'LAMARCK_BUDGET_TOO_SMALL',
    boundary: 'user',
    message: `A budget of ${run.budget.episodes} episodes does not reach for a single improvement on ${run.families.length} task families.`,
    remedy: {
      text: `Give at least ${smallest} episodes, or lower budget.improvement (now ${run.budget.improvement} episodes) or budget.sealed (now ${run.budget.sealed} tasks a family and arm) in the configuration.`,
      option: 'budget',
    },
  });
}

/** Phases of a run that play episodes. */
export type RunPhase = 'calibrating' | 'exploring' | 'confirming' | 'sealing';

/** Episodes of a family that a run plays at most in one of its phases. */
export interface PlannedEpisodes {
  readonly phase: RunPhase;
  readonly family: string;
  readonly episodes: number;
}

/** What a run's budget goes to, by phase and family. Exploring may end before its share is spent, and shares episodes with its control. */
export function plannedEpisodes(run: Families & Pick<RunContext, 'budget'>): PlannedEpisodes[] {
  const { families, unseen, budget } = run;
  const exploring = (2 * explorationBudget(run)) / families.length;
  const confirming = confirmingRounds(families.length) * (FINALISTS + 1);
  const sealing = (tasks: number, each: RunContext['families']): PlannedEpisodes[] =>
    each.map(({ family: { name } }) => ({ phase: 'sealing', family: name, episodes: tasks * ARMS }));
  return [
    ...families.flatMap(({ family: { name } }): PlannedEpisodes[] => [
      { phase: 'calibrating', family: name, episodes: 2 * FIRST_ROUNDS },
      { phase: 'exploring', family: name, episodes: exploring },
      { phase: 'confirming', family: name, episodes: confirming },
    ]),
    ...sealing(budget.sealed, families),
    ...sealing(budget.unseen, unseen),
  ];
}

function calibrating({ families }: Families): number {
  return 2 * FIRST_ROUNDS * families.length;
}

function ending({ families, unseen, budget }: Families & Pick<RunContext, 'budget'>): number {
  const confirming = confirmingRounds(families.length) * (FINALISTS + 1);
  return families.length * (confirming + budget.sealed * ARMS) + unseen.length * budget.unseen * ARMS;
}
