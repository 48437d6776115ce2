/**
 * Which edits to try first, and which of those that pass to make: linear scores over facts. The weights are learned as those of a
 * conditional logit (McFadden 1974): an edit that mended is set against the others that could have been made.
 */
import { createRandom } from 'lamarck/agent';
import type { Facts } from './mend-facts.ts';
import type { Edit } from './mend-task.ts';

/** Weights by fact; what is not there counts 0. */
type Weights = Readonly<Record<string, number>>;

export interface MendOrder {
  /** What is worth trying. */
  readonly tries: Weights;
  /** What is likely to be right, among edits with which all shown tests pass. */
  readonly choices: Weights;
}

export const noOrder: MendOrder = { tries: {}, choices: {} };

/** Edits of one module, some of which were right, or one of which was wrong. */
export interface Choice {
  /** Of each edit that there was. */
  readonly facts: readonly Facts[];
  /** Those that are told of. */
  readonly chosen: readonly number[];
  /** Any of them was right; else, none. */
  readonly isRight: boolean;
}

/** What episodes of mending teach. */
export interface Taught {
  /** Among those that were tried, which were worth it. */
  readonly tries: readonly Choice[];
  /** Among those that passed all shown tests, which was right. */
  readonly choices: readonly Choice[];
}

const ROUNDS = 12;
/** Step of a weight, and what it loses in each round. Few edits pass all shown tests: what they teach is believed less. */
const TRYING = { rate: 0.3, decay: 0.01 };
const CHOOSING = { rate: 0.1, decay: 0.1 };
/** Keeps the first steps of a weight from being all there is to it. */
const SMALL = 0.01;

/** The edits, the most promising first; in an order of the seed where nothing speaks for one. */
export function inOrder(
  edits: readonly Edit[],
  factsOf: (edit: Edit) => Facts,
  weights: Weights,
  seed: string,
): Edit[] {
  const random = createRandom(seed);
  return edits
    .map((edit) => ({ edit, worth: scoreOf(factsOf(edit), weights), luck: random.real() }))
    .sort((one, other) => other.worth - one.worth || one.luck - other.luck)
    .map(({ edit }) => edit);
}

/** The order after some episodes. */
export function learnOrder(known: MendOrder, { tries, choices }: Taught): MendOrder {
  return {
    tries: learnWeights(known.tries, tries, TRYING),
    choices: learnWeights(known.choices, choices, CHOOSING),
  };
}

/**
 * Ascends the likelihood that the choice is one of the right ones, and none of the wrong ones, with steps that get smaller for facts that
 * have moved much (AdaGrad, Duchi et al. 2011).
 */
function learnWeights(
  known: Weights,
  choices: readonly Choice[],
  { rate, decay }: { rate: number; decay: number },
): Weights {
  const weights = new Map(Object.entries(known));
  const moved = new Map<string, number>();
  const examples = choices.filter(({ facts }) => facts.length > 1);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { facts, chosen, isRight } of examples) {
      const chances = chancesOf(facts, weights);
      const chance = chosen.reduce((sum, at) => sum + (chances[at] ?? 0), 0);
      const direction = isRight ? 1 : -Math.min(1, chance / Math.max(1e-6, 1 - chance));
      for (const [at, each] of facts.entries()) {
        const share = chosen.includes(at) ? (chances[at] ?? 0) / Math.max(1e-6, chance) : 0;
        const slope = direction * (share - (chances[at] ?? 0));
        for (const fact of each) {
          const sum = (moved.get(fact) ?? 0) + slope ** 2;
          moved.set(fact, sum);
          weights.set(fact, (weights.get(fact) ?? 0) + (rate * slope) / Math.sqrt(SMALL + sum));
        }
      }
    }
    if (examples.length > 0) for (const [fact, weight] of weights) weights.set(fact, weight * (1 - decay));
  }
  return Object.fromEntries(
    [...weights]
      .filter(([, weight]) => Math.abs(weight) >= 0.01)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([fact, weight]) => [fact, Math.round(weight * 100) / 100]),
  );
}

function chancesOf(facts: readonly Facts[], weights: ReadonlyMap<string, number>): number[] {
  const scores = facts.map((each) => each.reduce((sum, fact) => sum + (weights.get(fact) ?? 0), 0));
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function scoreOf(facts: Facts, weights: Weights): number {
  return facts.reduce((sum, fact) => sum + (weights[fact] ?? 0), 0);
}
