/**
 * Which edits to try first: a linear score over what is known of an edit before it is tried. The weights are learned as those of a
 * conditional logit (McFadden 1974): an edit that mended is set against all others of its module.
 */
import { createRandom } from 'lamarck/agent';
import { textOf, type Edit, type MendTask } from './mend-task.ts';

/** Weights by fact; what is not there counts 0. */
type Weights = Readonly<Record<string, number>>;

export interface MendOrder {
  /** What is worth trying. */
  readonly tries: Weights;
  /** What is likely to be right, among edits with which all shown tests pass. */
  readonly choices: Weights;
}

export const noOrder: MendOrder = { tries: {}, choices: {} };

/** An edit that was made, among those that could be made in its place, and what became of it. */
export interface Choice {
  readonly task: MendTask;
  readonly edits: readonly Edit[];
  readonly chosen: number;
  /** The repair was verified. */
  readonly isRight: boolean;
}

/** What episodes of mending teach. */
export interface Taught {
  /** Among all edits of a module; only right ones. */
  readonly tries: readonly Choice[];
  /** Among those that passed all shown tests. */
  readonly choices: readonly Choice[];
}

const ROUNDS = 40;
const RATE = 0.3;
/** What a weight loses in each round. */
const DECAY = 0.002;

/** The edits, the most promising first; in an order of the seed where nothing speaks for one. */
export function inOrder(task: MendTask, edits: readonly Edit[], weights: Weights, seed: string): Edit[] {
  const random = createRandom(seed);
  const factsOf = readerOf(task);
  return edits
    .map((edit) => ({ edit, worth: scoreOf(factsOf(edit), weights), luck: random.real() }))
    .sort((one, other) => other.worth - one.worth || one.luck - other.luck)
    .map(({ edit }) => edit);
}

/** The order after some episodes. */
export function learnOrder(known: MendOrder, { tries, choices }: Taught): MendOrder {
  return { tries: learnWeights(known.tries, tries), choices: learnWeights(known.choices, choices) };
}

/** Ascends the likelihood of the right choices, and of not having made the wrong ones. */
function learnWeights(known: Weights, choices: readonly Choice[]): Weights {
  const weights: Record<string, number> = { ...known };
  const examples = choices
    .filter(({ edits }) => edits.length > 1)
    .map(({ task, edits, ...rest }) => ({ ...rest, facts: edits.map(readerOf(task)) }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const { facts, chosen, isRight } of examples) {
      const scores = facts.map((each) => Math.exp(scoreOf(each, weights)));
      const total = scores.reduce((sum, score) => sum + score, 0);
      const chances = scores.map((score) => score / total);
      const chance = chances[chosen] ?? 0;
      const direction = isRight ? 1 : -Math.min(1, chance / Math.max(1e-6, 1 - chance));
      for (const [at, each] of facts.entries()) {
        const step = RATE * direction * ((at === chosen ? 1 : 0) - (chances[at] ?? 0));
        for (const fact of each) weights[fact] = (weights[fact] ?? 0) + step;
      }
    }
    for (const fact of Object.keys(weights)) weights[fact] = (weights[fact] ?? 0) * (1 - DECAY);
  }
  return Object.fromEntries(
    Object.entries(weights)
      .filter(([, weight]) => Math.abs(weight) >= 0.01)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([fact, weight]) => [fact, Math.round(weight * 100) / 100]),
  );
}

function scoreOf(facts: readonly string[], weights: Weights): number {
  return facts.reduce((sum, fact) => sum + (weights[fact] ?? 0), 0);
}

/** Facts about the edits of a module: their kind, what kind of line they are on, and whether what it belongs to fails. */
function readerOf(task: MendTask): (edit: Edit) => string[] {
  const lines = textOf(task).split('\n');
  const failing = new Set(
    task.tests.flatMap(({ call }, at) => (task.results?.[at]?.ok === false ? [call] : [])),
  );
  let around = '';
  const functions = lines.map(
    (line) => (around = /^(?:export )?(?:function|const) (\w+)/.exec(line)?.[1] ?? around),
  );
  const tested = new Set(task.tests.map(({ call }) => call));
  return ({ kind, line }) => {
    const owner = functions[line - 1] ?? '';
    const text = lines[line - 1] ?? '';
    const fate = failing.has(owner) ? 'fails' : tested.has(owner) ? 'passes' : 'is not called';
    const signs = SIGNS.filter(([, sign]) => sign.test(text)).map(([name]) => `${kind} beside ${name}`);
    return [kind, `${kind} where it ${sortOf(text)}`, `what ${fate}`, ...signs];
  };
}

/** What a line may hold that speaks for an edit of it, or against. */
const SIGNS: readonly (readonly [string, RegExp])[] = [
  ['<=', /<=/],
  ['<', /<(?!=)/],
  ['>=', />=/],
  ['>', /[^=]>(?!=)/],
  ['+ 1', /\+ 1\b/],
  ['- 1', /- 1\b/],
  ['a length', /\.length\b/],
  ['zero', /\b0\b/],
  ['!', /![^=]/],
  ['a minus', /[(,=] ?-\w/],
  ['true or false', /\b(true|false)\b/],
];

function sortOf(line: string): string {
  const [, word] = /^\s*(?:\} )?(for|while|if|else|return|const|let|continue|break|throw)\b/.exec(line) ?? [];
  if (word !== undefined) return `says ${word}`;
  if (/^\s*\.?\w[\w.]*\(/.test(line)) return 'calls';
  return /[^=!<>]=[^=>]/.test(line) ? 'assigns' : 'is another line';
}
