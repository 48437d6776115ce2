/** What to improve next: decided by what the tasks look like, and by what each kind of change has earned in the lineage. */
import {
  isPage,
  type ImproverInput,
  type Json,
  type Lesson,
  type Random,
  type TrajectoryView,
} from 'lamarck/agent';
import { isMendTask } from '../repairs/mend-task.ts';
import { isProgramTask } from '../programs/program-task.ts';

/** What is learned from episodes; the rest changes code. */
export type LearningKind = 'policy' | 'skills' | 'costs' | 'library' | 'mending';
export type Kind = LearningKind | 'recombine' | 'edit' | 'improver-edit' | 'feature';
export type Shape = 'pages' | 'programs' | 'repairs' | 'other';

/** Gain that is expected of a kind before anything is known of it: a share of the tasks. */
const EXPECTED: Readonly<Record<Kind, number>> = {
  policy: 0.15,
  skills: 0.08,
  costs: 0.08,
  library: 0.08,
  mending: 0.08,
  recombine: 0.05,
  edit: 0.04,
  'improver-edit': 0.02,
  feature: 0.02,
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
 * that was never tried. `undefined` where nothing applies.
 */
export function chooseKind(occasion: Occasion, random: Random): Kind | undefined {
  const { lessons, scope, mates } = occasion;
  const isTried = (kind: Kind) => lessons.some((lesson) => lesson.kind === kind);
  const learning = learningKinds(occasion);
  const untried = learning.filter((kind) => !isTried(kind) && !isPassedOver(kind, lessons));
  if (untried.length > 0) return random.pick(untried);
  if (scope === 'learning') return bestDraw(learning, occasion, random);
  const editing = [...(mates > 0 ? (['recombine'] as const) : []), 'edit' as const];
  const fresh = editing.filter((kind) => !isTried(kind) && !(kind === 'edit' && occasion.failedEdits > 0));
  if (fresh.length > 0 && random.chance(CURIOSITY)) return random.pick(fresh);
  const onTrust = ['improver-edit' as const, ...(learning.includes('skills') ? (['feature'] as const) : [])];
  return bestDraw([...learning, ...editing, ...onTrust], occasion, random);
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
    ...(seen.has('repairs') ? (['mending'] as const) : []),
    ...(seen.has('pages') && isTried('policy') ? (['skills'] as const) : []),
    ...(seen.has('programs') && isTried('costs') ? (['library'] as const) : []),
  ];
}

function bestDraw<Choice extends Kind>(
  kinds: readonly Choice[],
  { lessons, failedEdits }: Occasion,
  random: Random,
): Choice | undefined {
  const draws = kinds.map((kind) => {
    const failures = kind === 'edit' ? Array.from({ length: failedEdits }, () => 0) : [];
    const gains = isOnTrust(kind) ? earnedLater(kind, lessons) : gainsOf(kind, lessons);
    const { mean, deviation } = posterior(EXPECTED[kind], [...failures, ...gains]);
    return { kind, worth: mean + deviation * standardNormal(random) };
  });
  return draws.reduce<(typeof draws)[number] | undefined>(
    (best, draw) => (best === undefined || draw.worth > best.worth ? draw : best),
    undefined,
  )?.kind;
}

/** What no play can measure: it is for what comes after it to show its worth. */
function isOnTrust(kind: Kind): boolean {
  return kind === 'improver-edit' || kind === 'feature';
}

/** What the changes of a kind gained, oldest first. */
function gainsOf(kind: string, lessons: readonly Lesson[]): number[] {
  return lessons.filter((lesson) => lesson.kind === kind).flatMap((lesson) => gainOf(lesson) ?? []);
}

function gainOf({ gain, verdict }: Lesson): number | undefined {
  return gain ?? UNMEASURED[verdict];
}

/**
 * What the changes on trust of a kind have earned, oldest first: by how much those that came after each gained more than
 * was to be expected by what came before them.
 */
function earnedLater(kind: Kind, lessons: readonly Lesson[]): number[] {
  return lessons.flatMap((lesson, at) => {
    if (lesson.kind !== kind) return [];
    if (lesson.verdict === 'refused') return UNMEASURED.refused ?? [];
    const surprises = lessons.flatMap((later, place) => {
      const gain = gainOf(later);
      if (place <= at || gain === undefined || !isKind(later.kind) || isOnTrust(later.kind)) return [];
      return gain - posterior(EXPECTED[later.kind], gainsOf(later.kind, lessons.slice(0, place))).mean;
    });
    if (surprises.length === 0) return [];
    return surprises.reduce((sum, surprise) => sum + surprise, 0) / surprises.length;
  });
}

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(EXPECTED, kind);
}

/** What a kind may gain next. @param gains those it made, oldest first. */
function posterior(expected: number, gains: readonly number[]): { mean: number; deviation: number } {
  const weights = gains.map((_, at) => DECAY ** (gains.length - 1 - at));
  const count = 1 + weights.reduce((sum, weight) => sum + weight, 0);
  const sum = gains.reduce((total, gain, at) => total + gain * (weights[at] as number), expected);
  return { mean: sum / count, deviation: SPREAD / Math.sqrt(count) };
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
    shapes.set(environment, shapeOf(first.observation));
  }
  return shapes;
}

function shapeOf(observation: Json): Shape {
  if (isPage(observation)) return 'pages';
  if (isProgramTask(observation)) return 'programs';
  return isMendTask(observation) ? 'repairs' : 'other';
}

/** Families whose tasks have a shape. */
export function familiesOf(
  families: ImproverInput['families'],
  shapes: ReadonlyMap<string, Shape>,
  shape: Shape,
): ImproverInput['families'] {
  return families.filter(({ environment }) => shapes.get(environment) === shape);
}
