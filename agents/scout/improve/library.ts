/** Helper functions found by compression: what verified programs have in common, one after the other. */
import {
  abstracted,
  findAbstraction,
  HOLE,
  holesOf,
  type Abstraction,
  type Operator,
  type Term,
} from 'lamarck/agent';
import { isLeafOfTask } from '../programs/task-leaves.ts';
import { call, parameterPart, typedHelpers, type Part } from '../programs/operators/helper.ts';

export interface Helper extends Abstraction {
  readonly name: string;
}

export interface Library {
  /** In the order of definition: a helper may use those before it. */
  readonly helpers: readonly Helper[];
  /** The programs that it was found in, rewritten with it. */
  readonly programs: readonly Term[];
}

/** Finds at most so many helpers, the one that shortens the programs most first. */
export function compress(programs: readonly Term[], most: number, taken: readonly string[] = []): Library {
  const helpers: Helper[] = [];
  let corpus = programs;
  while (helpers.length < most) {
    const found = findAbstraction(corpus, isConstant);
    if (found === undefined) break;
    const name = nameOf(found.body, [...taken, ...helpers.map((helper) => helper.name)]);
    helpers.push({ ...found, name });
    corpus = corpus.map((program) => abstracted(program, found.body, name));
  }
  return { helpers, programs: corpus };
}

/** The helpers as operators, without writing them to files. */
export function operatorsOf(helpers: readonly Helper[]): Operator[] {
  return helpers.reduce<Operator[]>((before, { name, body }) => {
    let next = 0;
    const partOf = ({ operator, arguments: args }: Term): Part =>
      operator === HOLE ? parameterPart(next++) : call(operator, ...args.map(partOf));
    return [...before, ...typedHelpers(name, partOf(body), holesOf(body).length, before)];
  }, []);
}

const isConstant = ({ operator }: Term): boolean => !isLeafOfTask(operator);

/** What it is made of, from the outside in: `sum of map of times`. */
function nameOf(body: Term, taken: readonly string[]): string {
  const name = wordsOf(body).join(' of ');
  let unique = name;
  for (let count = 2; taken.includes(unique); count++) unique = `${name} (${count})`;
  return unique;
}

function wordsOf({ operator, arguments: args }: Term): string[] {
  return operator === HOLE ? [] : [operator.replace(/^number /, ''), ...args.flatMap(wordsOf)];
}
