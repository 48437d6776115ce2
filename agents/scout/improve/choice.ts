/** What to improve next: decided by what the tasks look like, and by what came of earlier tries in the lineage. */
import { isPage, type ImproverInput, type Lesson, type Random, type TrajectoryView } from 'lamarck/agent';
import { isProgramTask } from '../search.ts';

export type Kind = 'policy' | 'skills' | 'costs';
export type Shape = 'pages' | 'programs' | 'other';

/** How much a kind of change that was tried is worth trying again, by what came of it. */
const WORTH: Readonly<Record<Lesson['verdict'], number>> = {
  better: 3,
  undecided: 1,
  'not-better': 0.4,
  refused: 0.2,
};

/** What the tasks of each environment look like, from any episode in it. */
export function shapesOf(trajectories: readonly TrajectoryView[]): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const { environment, steps } of trajectories) {
    const [first] = steps;
    if (first === undefined || shapes.has(environment)) continue;
    shapes.set(
      environment,
      isPage(first.observation) ? 'pages' : isProgramTask(first.observation) ? 'programs' : 'other',
    );
  }
  return shapes;
}

/** Families whose tasks have a shape. */
export function familiesOf(
  families: ImproverInput['families'],
  shapes: ReadonlyMap<string, Shape>,
  shape: Shape,
): ImproverInput['families'] {
  return families.filter(({ environment }) => shapes.get(environment) === shape);
}

/**
 * Kinds that were never tried in the lineage come first, and the policy before skills, which are made from its wins.
 * Then what has earned a `better` comes more often. `undefined` where nothing applies.
 */
export function chooseKind(
  lessons: readonly Lesson[],
  shapes: Iterable<Shape>,
  random: Random,
): Kind | undefined {
  const seen = new Set(shapes);
  const applicable: Kind[] = [
    ...(seen.has('pages') || seen.has('other') ? (['policy'] as const) : []),
    ...(seen.has('programs') ? (['costs'] as const) : []),
  ];
  if (seen.has('pages') && lessons.some(({ kind }) => kind === 'policy')) applicable.push('skills');
  const untried = applicable.filter((kind) => !lessons.some((lesson) => lesson.kind === kind));
  if (untried.length > 0) return random.pick(untried);
  if (applicable.length === 0) return undefined;
  const worths = applicable.map((kind) => {
    const tries = lessons.filter((lesson) => lesson.kind === kind);
    return tries.reduce((sum, { verdict }) => sum + WORTH[verdict], 0) / tries.length;
  });
  let left = random.real() * worths.reduce((sum, worth) => sum + worth, 0);
  return applicable.find((_, at) => (left -= worths[at] as number) < 0) ?? applicable.at(-1);
}
