import type { Judgement, Verdict, VerdictPart } from '../task/index.ts';

type Criteria = Readonly<Record<string, Judgement>>;

/**
 * All of the criteria: the reward is that of the worst.
 *
 * @example
 * verify: ({ evidence, params }) =>
 *   gate(
 *     { 'nothing was deleted': evidence.deleted === 0 },
 *     weighted({
 *       'the right total': [2, evidence.total === params.total],
 *       'lines in order': [1, evidence.inOrder / evidence.lines],
 *     }),
 *   ),
 * @throws RangeError where there are none, or one is no share in [0, 1]; so do the others below
 */
export function all(criteria: Criteria): Verdict {
  const parts = partsOf(criteria);
  return { reward: Math.min(...rewardsOf(parts)), by: 'all', parts };
}

/**
 * Any of the criteria: the reward is that of the best.
 *
 * @example any({ exact: false, near: 0.5 }).reward // 0.5
 */
export function any(criteria: Criteria): Verdict {
  const parts = partsOf(criteria);
  return { reward: Math.max(...rewardsOf(parts)), by: 'any', parts };
}

/**
 * The mean of the criteria, each with a weight above 0.
 *
 * @example weighted({ right: [3, true], short: [1, false] }).reward // 0.75
 */
export function weighted(
  criteria: Readonly<Record<string, readonly [weight: number, judgement: Judgement]>>,
): Verdict {
  const parts = partsOf(
    Object.fromEntries(Object.entries(criteria).map(([name, [, judgement]]) => [name, judgement])),
  ).map((part) => ({ ...part, weight: weightOf(part.name, criteria[part.name]?.[0]) }));
  const sum = (of: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  const reward = sum((part) => part.reward * part.weight) / sum(({ weight }) => weight);
  return { reward, by: 'weighted', parts };
}

/** What follows, and nothing unless all of the conditions hold whole. */
export function gate(conditions: Criteria, then: Judgement): Verdict {
  const parts = partsOf(conditions);
  const following = partsOf({ then });
  const isOpen = parts.every(({ reward }) => reward === 1);
  return { reward: isOpen ? (following[0]?.reward ?? 0) : 0, by: 'gate', parts: [...parts, ...following] };
}

/** @throws RangeError where its reward is no share in [0, 1] */
export function verdictFrom(judgement: Judgement): Verdict {
  const isVerdict = typeof judgement === 'object' && judgement !== null;
  const given = isVerdict ? judgement.reward : judgement;
  const reward = typeof given === 'boolean' ? Number(given) : given;
  if (typeof reward !== 'number' || !(reward >= 0 && reward <= 1))
    throw new RangeError(`${String(given)} is neither a boolean nor a number in [0, 1]`);
  return isVerdict ? judgement : { reward, by: 'itself', parts: [] };
}

function partsOf(criteria: Criteria): VerdictPart[] {
  const named = Object.entries(criteria);
  if (named.length === 0) throw new RangeError('a rubric without criteria judges nothing');
  return named.map(([name, judgement]) => {
    try {
      return { name, ...verdictFrom(judgement) };
    } catch (error) {
      throw new RangeError(`"${name}": ${(error as RangeError).message}`, { cause: error });
    }
  });
}

function rewardsOf(parts: readonly VerdictPart[]): number[] {
  return parts.map(({ reward }) => reward);
}

function weightOf(name: string, weight: number | undefined): number {
  if (weight !== undefined && weight > 0 && weight < Infinity) return weight;
  throw new RangeError(`"${name}" has the weight ${String(weight)}: a weight is a finite number above 0`);
}
