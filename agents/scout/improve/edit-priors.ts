/** Which edits to try first: by what edits of their kind, and of their part of the code, have earned in the lineage. */
import type { EditKind, Random, SourceEdit } from 'lamarck/agent';
import { drawInProportion } from './paired-play.ts';

interface Tally {
  readonly tried: number;
  /** Sum of what each earned, from 0 to 1. */
  readonly earned: number;
}

export interface EditPriors {
  /** Times that edits were tried and none of them was worth handing down. */
  readonly failures: number;
  readonly kinds: Readonly<Partial<Record<string, Tally>>>;
  readonly areas: Readonly<Partial<Record<string, Tally>>>;
}

/** What an edit is expected to earn of which nothing is known, and the number of tries that this belief is worth. */
const EXPECTED = 0.05;
const STRENGTH = 8;

export function readPriors(text: string | undefined): EditPriors {
  return { failures: 0, kinds: {}, areas: {}, ...(JSON.parse(text ?? '{}') as Partial<EditPriors>) };
}

/** The part of a genome that a file belongs to: its folder, or the file itself. */
export function areaOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path;
}

/** Up to `count` different edits. A kind and an area are drawn first, so that kinds with many edits crowd out none. */
export function drawEdits(
  edits: Iterable<SourceEdit>,
  priors: EditPriors,
  count: number,
  random: Random,
): SourceEdit[] {
  const cells = new Map<string, { weight: number; edits: SourceEdit[] }>();
  for (const edit of edits) {
    const [kind, area] = [edit.kind, areaOf(edit.path)];
    const key = `${kind} in ${area}`;
    const weight = worthOf(priors.kinds[kind]) * worthOf(priors.areas[area]);
    const cell = cells.get(key) ?? { weight, edits: [] };
    cell.edits.push(edit);
    cells.set(key, cell);
  }
  const drawn: SourceEdit[] = [];
  while (drawn.length < count && cells.size > 0) {
    const open = [...cells];
    const at = drawInProportion(
      open.map(([, { weight }]) => weight),
      random,
    );
    const [key, cell] = open[at] as (typeof open)[number];
    drawn.push(...cell.edits.splice(random.int(0, cell.edits.length - 1), 1));
    if (cell.edits.length === 0) cells.delete(key);
  }
  return drawn;
}

/** The priors after an edit was tried. @param earned its mean gain over the genome, cut to 0 … 1. */
export function recordEdit(priors: EditPriors, { kind, path }: SourceEdit, earned: number): EditPriors {
  const gain = Math.max(0, Math.min(1, earned));
  return {
    ...priors,
    kinds: { ...priors.kinds, [kind]: counted(priors.kinds[kind], gain) },
    areas: { ...priors.areas, [areaOf(path)]: counted(priors.areas[areaOf(path)], gain) },
  };
}

function counted(tally: Tally | undefined, earned: number): Tally {
  const sum = (tally?.earned ?? 0) + earned;
  return { tried: (tally?.tried ?? 0) + 1, earned: Math.round(sum * 1000) / 1000 };
}

/** Mean of what it earned, drawn towards what is expected of any. */
function worthOf({ tried, earned }: Tally = { tried: 0, earned: 0 }): number {
  return (STRENGTH * EXPECTED + earned) / (STRENGTH + tried);
}

/** Kinds of edits that can be seen in play: a new feature says nothing until its weight has been learned. */
export const PLAYABLE: readonly EditKind[] = [
  'operator',
  'number',
  'text',
  'condition',
  'call',
  'statement',
  'feature-removed',
  'transition',
  'state',
];
