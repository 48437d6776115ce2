import type { EpisodeJob } from '../episode/index.ts';
import { genomeOf, withoutParts, type ChangePart, type Genome } from '../genome/index.ts';
import { missingReasons, type Ending, type MissingReason } from '../protocol/index.ts';
import type { Score } from '../statistics/index.ts';
import {
  differenceOf,
  outcomeOf,
  pairsOf,
  weighedDifferenceOf,
  type Difference,
  type TaskOutcome,
} from './paired.ts';
import { actorOf, jobsAt, type Trial } from './trial.ts';

/** First dev task of an ablation: far from those of races and confirmations. */
const FIRST_TASK = 65_536;

/** What a part is worth: the change without it, and the parent with nothing but it, each on the same tasks. */
export interface PartResult {
  readonly part: string;
  /** The genome minus the genome without the part; null where that one does not run, because other parts need this one. */
  readonly loss: Difference | null;
  /** The parent with this part alone, minus the parent; null where that one does not run, because the part needs others. */
  readonly gainAlone: Difference | null;
}

/** What a change is worth, and each of its parts, on dev tasks that nothing was selected on. */
export interface Ablation {
  readonly whole: Score;
  readonly parts: readonly PartResult[];
  readonly episodes: number;
  readonly missingReasons: readonly MissingReason[];
}

/** Episodes that an ablation plays at most: two genomes for each part, and the two that are compared. */
export function ablationEpisodes(parts: number, tasks: number, families: number): number {
  return (2 * parts + 2) * tasks * families;
}

/**
 * Which parts of a change its score comes from.
 *
 * @param change.tasks dev tasks a family
 * @param onPart told of each part before it is tried
 */
export async function ablate(
  trial: Trial,
  change: { parent: Genome; child: Genome; parts: readonly ChangePart[]; tasks: number },
  onPart: (part: string, index: number) => void,
): Promise<Ablation> {
  const { parent, child, parts, tasks } = change;
  const indices = Array.from({ length: tasks }, (_, index) => FIRST_TASK + index);
  const endings: Ending[] = [];
  const play = async (genome: Genome): Promise<Tried> => {
    const jobs: EpisodeJob[] = jobsAt(trial, actorOf(trial, genome), 'dev', indices);
    const trajectories = await trial.rollout.play(jobs);
    endings.push(...trajectories.map(({ end }) => end));
    return {
      outcomes: trajectories.map(outcomeOf),
      // A genome that fails on every task, as one does that imports what is not there, says nothing of a part's worth.
      runs: trajectories.some(({ end }) => end.stop !== 'agent-error'),
    };
  };
  const variant = (dropped: readonly ChangePart[]): Promise<Tried> =>
    play(genomeOf(withoutParts(parent.files, child.files, dropped)));
  const [ofParent, ofChild] = [await play(parent), await play(child)];
  const results: PartResult[] = [];
  for (const [index, part] of parts.entries()) {
    onPart(part.name, index);
    const [without, alone] = [await variant([part]), await variant(parts.filter((other) => other !== part))];
    results.push({
      part: part.name,
      loss: without.runs ? weighedDifferenceOf(pairsOf(without.outcomes, ofChild.outcomes)) : null,
      gainAlone: alone.runs ? weighedDifferenceOf(pairsOf(ofParent.outcomes, alone.outcomes)) : null,
    });
  }
  return {
    whole: differenceOf(pairsOf(ofParent.outcomes, ofChild.outcomes)),
    parts: results,
    episodes: endings.length,
    missingReasons: missingReasons(endings),
  };
}

interface Tried {
  readonly outcomes: readonly TaskOutcome[];
  readonly runs: boolean;
}
