import type { Lesson } from '../agent/index.ts';
import { gate } from './gate.ts';
import type { Genome } from '../genome/index.ts';
import { improve, improvementRecord } from './improvement.ts';
import { recordEvent, tallied, type RunContext } from './run-context.ts';
import { profileOf } from './expanding.ts';
import { expansionCost, explorationBudget } from './spending.ts';

/** Improvements without a child in a row, after which the line ends. */
const FRUITLESS = 8;

/**
 * The control arm that evolution must exceed: the seed's own learning in a single line, with the same budget of
 * episodes. Each child follows its parent, whatever it scores: there is no archive, no race, no other member to take
 * from, and no code but skills and library is changed, so the improver is the seed's to the end.
 *
 * @returns the last of the line; the seed itself where nothing was learned
 */
export async function learnAlone(run: RunContext): Promise<Genome> {
  const budget = explorationBudget(run);
  const asked = new Set<string>();
  const own = tallied(run, asked);
  const lessons: Lesson[] = [];
  let genome = run.seedGenome;
  let fruitless = 0;
  for (let index = 0; asked.size + expansionCost(run) <= budget && fruitless < FRUITLESS; index++) {
    run.tell({ type: 'activity', arm: 'learner', text: `learner only: improvement ${index + 1}` });
    const improvement = await improve(own, {
      parent: genome,
      scope: 'learning',
      mates: [],
      lessons,
      trajectories: await profileOf(own, genome),
      episodes: run.budget.improvement,
      name: `learner/${index}`,
    });
    const { kind, child } = improvement;
    const refusal =
      child?.id === genome.id
        ? 'it changes nothing'
        : child
          ? await gate(own, child, [], index)
          : (improvement.refusal ?? 'no child');
    await recordEvent(
      run,
      improvementRecord(improvement, { arm: 'learner', index, parent: genome.id, refusal }),
    );
    lessons.push({ kind, verdict: refusal === undefined ? 'undecided' : 'refused', gain: null });
    fruitless = refusal === undefined ? 0 : fruitless + 1;
    if (refusal === undefined && child) genome = child;
  }
  return genome;
}
