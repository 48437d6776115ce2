/** Which part of its own code to mend first: by what repairs of it have earned in the lineage. */
import { mutationsOf, type ImproverInput, type Random } from 'lamarck/agent';
import { drawInProportion } from './paired-play.ts';

interface Tally {
  readonly tried: number;
  /** Repairs that were better than what they mended. */
  readonly earned: number;
}

export interface EditPriors {
  /** Times that edits were tried and none of them was worth handing down. */
  readonly failures: number;
  readonly areas: Readonly<Partial<Record<string, Tally>>>;
}

/** What a repair is expected to earn of which nothing is known, and the number of tries that this belief is worth. */
const EXPECTED = 0.05;
const STRENGTH = 8;

export function readPriors(text: string | undefined): EditPriors {
  const { failures = 0, areas = {} } = JSON.parse(text ?? '{}') as Partial<EditPriors>;
  return { failures, areas };
}

/** The part of a genome that a file belongs to: its folder, or the file itself. */
export function areaOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path;
}

/**
 * One of these files, by what its part of the code has earned and how many of its edits can be tried, at most `runs`;
 * `undefined` where none offers any.
 */
export function drawModule(
  files: ImproverInput['files'],
  paths: readonly string[],
  priors: EditPriors,
  runs: number,
  random: Random,
): string | undefined {
  const weights = paths.map(
    (path) => worthOf(priors.areas[areaOf(path)]) * Math.min(runs, mutationsOf(files[path] ?? '').length),
  );
  return weights.some((weight) => weight > 0) ? paths[drawInProportion(weights, random)] : undefined;
}

/** The priors after a repair of a file. */
export function recordRepair(priors: EditPriors, path: string, isBetter: boolean): EditPriors {
  const { tried, earned } = priors.areas[areaOf(path)] ?? { tried: 0, earned: 0 };
  const tally = { tried: tried + 1, earned: earned + (isBetter ? 1 : 0) };
  return { ...priors, areas: { ...priors.areas, [areaOf(path)]: tally } };
}

/** Mean of what it earned, drawn towards what is expected of any. */
function worthOf({ tried, earned }: Tally = { tried: 0, earned: 0 }): number {
  return (STRENGTH * EXPECTED + earned) / (STRENGTH + tried);
}
