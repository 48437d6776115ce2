/** What using an operator costs is learned from where it stood in programs that were verified: the dearer, the rarer. */
import type { ImproverInput, Term } from 'lamarck/agent';
import { placeName, type Costs } from '../cost-model.ts';
import { isLeafOfTask } from '../leaves.ts';

/** The costs that a genome has. */
export function readCosts(files: ImproverInput['files']): Costs {
  return JSON.parse(files['costs.json'] ?? '{ "unknown": 8, "uses": {} }') as Costs;
}

/** Counts the uses in verified programs, on top of those that are known. */
export function learnCosts(known: Costs, programs: readonly Term[]): Costs {
  const uses = new Map(
    Object.entries(known.uses).map(([place, counts]) => [place, new Map(Object.entries(counts))]),
  );
  const count = ({ operator, arguments: args }: Term, place: string): void => {
    const counts = uses.get(place) ?? new Map<string, number>();
    uses.set(place, counts.set(operator, (counts.get(operator) ?? 0) + 1));
    for (const [index, argument] of args.entries())
      count(argument, placeName(operator, index, argument.type));
  };
  for (const program of programs) count(program, placeName(undefined, 0, program.type));
  const inOrder = [...uses].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    ...known,
    uses: Object.fromEntries(inOrder.map(([place, counts]) => [place, Object.fromEntries(counts)])),
  };
}

/** The operators that were used most, with how often. */
export function commonest({ uses }: Costs, most: number): [name: string, count: number][] {
  const totals = new Map<string, number>();
  for (const [name, count] of Object.values(uses).flatMap(Object.entries<number>))
    if (!isLeafOfTask(name) && !name.startsWith('number ')) totals.set(name, (totals.get(name) ?? 0) + count);
  return [...totals].sort(([, one], [, other]) => other - one).slice(0, most);
}
