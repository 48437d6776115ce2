/** What to improve next: decided by what the tasks look like, and by what each kind of change has earned in the lineage. */
import { isPage, type ImproverInput, type Lesson, type Random, type TrajectoryView } from 'lamarck/agent';
import { isProgramTask } from '../program-task.ts';

/** What is learned from episodes; the rest changes code. */
export type LearningKind = 'policy' | 'skills' | 'costs' | 'library';
export type Kind = LearningKind | 'recombine' | 'edit' | 'improver-edit' | 'feature';
export type Shape = 'pages' | 'programs' | 'other';

/** Gain that is expected of a kind before anything is known of it: a share of the tasks. */
const EXPECTED: Readonly<Record<LearningKind | 'recombine' | 'edit', number>> = {
  policy: 0.15,
  skills: 0.08,
  costs: 0.08,
  library: 0.08,
  recombine: 0.05,
  edit: 0.04,
};
/** Spread of a race's measure of gain, and of what is expected. */
const SPREAD = 0.1;
/** What a lesson counts beside the next of its kind: gains get smaller as they are made. */
const DECAY = 0.8;
/** What is taken for the gain where no race was run; what is undecided then says nothing. */
const UNMEASURED: Readonly<Record<Lesson['verdict'], number | undefined>> = {
  better: 0.1,
  undecided: undefined,
  'not-better': -0.05,
  refused: -0.05,
};
/** Chance that a kind of code change that was never tried has its turn. */
const CURIOSITY = 1 / 3;
/** Chance of each kind of edit that no play can measure: it has no gain of its own to be chosen by. */
const TRUST = 0.05;

/** What is known when the choice is made. */
export interface Occasion {
  readonly lessons: readonly Lesson[];
  readonly shapes: Iterable<Shape>;
  readonly scope: ImproverInput['scope'];
  readonly mates: number;
  /** Times that edits were tried in the lineage and nothing came of it. */
  readonly failedEdits: number;
}

/**
 * First every way of learning is tried once (the policy, and skills with it, which are made from its wins; costs before the
 * library, which is made of programs that they find). After that kinds
 * are drawn by what they may gain (Thompson sampling on a normal posterior of the gain of each), and now and then one
 * that was never tried, or cannot be measured. `undefined` where nothing applies.
 */
export function chooseKind(occasion: Occasion, random: Random): Kind | undefined {
  const { lessons, scope, mates } = occasion;
  const isTried = (kind: Kind) => lessons.some((lesson) => lesson.kind === kind);
  const learning = learningKinds(occasion);
  const untried = learning.filter((kind) => !isTried(kind) && !isPassedOver(kind, lessons));
  if (untried.length > 0) return random.pick(untried);
  if (scope === 'learning') return bestDraw(learning, occasion, random);
  const editing = [...(mates > 0 ? (['recombine'] as const) : []), 'edit' as const];
  const luck = random.real();
  if (luck < TRUST) return 'improver-edit';
  if (luck < 2 * TRUST && learning.includes('skills')) return 'feature';
  const fresh = editing.filter((kind) => !isTried(kind) && !(kind === 'edit' && occasion.failedEdits > 0));
  if (fresh.length > 0 && random.chance(CURIOSITY)) return random.pick(fresh);
  return bestDraw([...learning, ...editing], occasion, random);
}

/**
 * What need not be tried for its own sake: skills are made with every policy, and a library that was not found to help is
 * handed down as costs.
 */
function isPassedOver(kind: LearningKind, lessons: readonly Lesson[]): boolean {
  return (
    kind === 'skills' ||
    (kind === 'library' && lessons.filter((lesson) => lesson.kind === 'costs').length > 1)
  );
}

function learningKinds({ lessons, shapes }: Occasion): LearningKind[] {
  const seen = new Set(shapes);
  const isTried = (one: LearningKind) => lessons.some(({ kind }) => kind === one);
  return [
    ...(seen.has('pages') || seen.has('other') ? (['policy'] as const) : []),
    ...(seen.has('programs') ? (['costs'] as const) : []),
    ...(seen.has('pages') && isTried('policy') ? (['skills'] as const) : []),
    ...(seen.has('programs') && isTried('costs') ? (['library'] as const) : []),
  ];
}

function bestDraw<Measured extends keyof typeof EXPECTED>(
  kinds: readonly Measured[],
  { lessons, failedEdits }: Occasion,
  random: Random,
): Measured | undefined {
  const draws = kinds.map((kind) => {
    const failures = kind === 'edit' ? Array.from({ length: failedEdits }, () => 0) : [];
    const gains = lessons
      .filter((lesson) => lesson.kind === kind)
      .flatMap(({ gain, verdict }) => gain ?? UNMEASURED[verdict] ?? []);
    return { kind, worth: drawnGain(EXPECTED[kind], [...failures, ...gains], random) };
  });
  return draws.reduce<(typeof draws)[number] | undefined>(
    (best, draw) => (best === undefined || draw.worth > best.worth ? draw : best),
    undefined,
  )?.kind;
}

/** A draw from what a kind may gain next. @param gains those it made, oldest first. */
function drawnGain(expected: number, gains: readonly number[], random: Random): number {
  const weights = gains.map((_, at) => DECAY ** (gains.length - 1 - at));
  const count = 1 + weights.reduce((sum, weight) => sum + weight, 0);
  const sum = gains.reduce((total, gain, at) => total + gain * (weights[at] as number), expected);
  return sum / count + (SPREAD / Math.sqrt(count)) * standardNormal(random);
}

/** Box and Muller's transform of two uniform draws. */
function standardNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.real())) * Math.cos(2 * Math.PI * random.real());
}

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
