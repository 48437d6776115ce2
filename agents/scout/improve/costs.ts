/** What using an operator costs is learned from where it stood in programs that were verified: the dearer, the rarer. */
import type { ImproverInput, Term } from 'lamarck/agent';
import { placeName, type Costs } from '../programs/cost-model.ts';
import { isLeafOfTask } from '../programs/task-leaves.ts';
import type { ProgramTask } from '../programs/program-task.ts';
import { propertiesOf } from '../programs/properties.ts';
import { tallyWith } from '../programs/property-tally.ts';

/** The costs that a genome has. */
export function readCosts(files: ImproverInput['files']): Costs {
  return JSON.parse(files['costs.json'] ?? '{ "unknown": 8, "uses": {} }') as Costs;
}

/** A program that was verified, and the task that it solved. */
export interface Verified {
  readonly program: Term;
  readonly task: ProgramTask;
}

/** Counts the uses in verified programs, and what their examples had in common, on top of those that are known. */
export function learnCosts(known: Costs, verified: readonly Verified[]): Costs {
  const uses = new Map(
    Object.entries(known.uses).map(([place, counts]) => [place, new Map(Object.entries(counts))]),
  );
  const count = ({ operator, arguments: args }: Term, place: string): void => {
    const counts = uses.get(place) ?? new Map<string, number>();
    uses.set(place, counts.set(operator, (counts.get(operator) ?? 0) + 1));
    for (const [index, argument] of args.entries())
      count(argument, placeName(operator, index, argument.type));
  };
  for (const { program } of verified) count(program, placeName(undefined, 0, program.type));
  const inOrder = [...uses].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...known,
    uses: Object.fromEntries(inOrder.map(([place, counts]) => [place, Object.fromEntries(counts)])),
    properties: verified.reduce(countProperties, known.properties ?? {}),
  };
}

function countProperties(
  known: NonNullable<Costs['properties']>,
  { program, task }: Verified,
): NonNullable<Costs['properties']> {
  const { result } = task.signature;
  return { ...known, [result]: tallyWith(known[result], operatorsIn(program), propertiesOf(task)) };
}

function operatorsIn({ operator, arguments: args }: Term): string[] {
  return [operator, ...args.flatMap(operatorsIn)];
}

/** The operators that were used most, with how often. */
export function commonest({ uses }: Costs, most: number): [name: string, count: number][] {
  const totals = new Map<string, number>();
  for (const [name, count] of Object.values(uses).flatMap(Object.entries<number>))
    if (!isLeafOfTask(name) && !name.startsWith('number ')) totals.set(name, (totals.get(name) ?? 0) + count);
  return [...totals].sort(([, one], [, other]) => other - one).slice(0, most);
}
