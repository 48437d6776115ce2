/**
 * Learning what operators cost: the genome solves program tasks, and what its verified programs are made of becomes
 * cheap, so that longer programs of the same words come within reach of the same number of candidates.
 */
import type { ImproverInput } from 'lamarck/agent';
import { commonest } from './costs.ts';
import { solvePrograms, type Solved } from './solving.ts';
import { finished, jsonFile, type Patch, type Study } from './study.ts';

/** Episodes after which a further one teaches next to nothing. */
const MOST_EPISODES = 240;

/** @param families those whose tasks are programs. */
export function studyCosts(
  input: ImproverInput,
  families: ImproverInput['families'],
  episodes: number,
): Study {
  return solvePrograms(input, families, Math.min(episodes, MOST_EPISODES), (solved) =>
    finished(costsPatch(solved)),
  );
}

/** Costs as they are handed down; `undefined` where no program was verified. */
export function costsPatch({ verified, costs, rates, episodes }: Solved): Patch | undefined {
  if (verified.length === 0) return undefined;
  const words = commonest(costs, 3).map(([name, count]) => `"${name}" ${count}`);
  return {
    files: { 'costs.json': jsonFile(costs) },
    kind: 'costs',
    rationale: `costs: by place and by what examples have in common, from ${verified.length} verified programs; most used ${words.join(', ')}; train success ${(rates[0] ?? 0).toFixed(2)} → ${(rates.at(-1) ?? 0).toFixed(2)} in ${episodes} episodes as tasks got harder`,
  };
}
