/**
 * What using an operator costs, by how often it stood where in verified programs: −log₂ of its chance, in whole points. A
 * probabilistic grammar in which the chance depends on the place: the operator around, and which of its arguments. Where a
 * place was seldom seen, wider groups of places decide (hierarchical Dirichlet smoothing), so that what was learned in
 * some families of tasks holds in others.
 */
import type { Operator, Place } from 'lamarck/agent';
import type { ProgramTask } from './program-task.ts';
import { propertiesOf } from './properties.ts';
import { liftsFrom, type PropertyTally } from './property-tally.ts';

/** What was learned of costs. */
export interface Costs {
  /** What everything costs while nothing was learned. */
  readonly unknown: number;
  /** How often operators and leaves stood at a place, by the place's name and their own. */
  readonly uses: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What the examples of verified programs had in common, by their type of result. */
  readonly properties?: Readonly<Record<string, PropertyTally>>;
}

/** How many uses what is known of a wider group of places counts for in a narrower one. */
const PRIOR = 60;

/** The place of an argument, from 0, of an operator, with its type; or of a whole program. */
export function placeName(parent: string | undefined, argument: number, type: string): string {
  return `${parent === undefined ? 'program' : `${parent} ${argument + 1}`}: ${type}`;
}

/**
 * Groups that a place belongs to, from the widest: all, the same argument, the same type, both, the same operator. That
 * of a whole program has no argument and no operator: its own uses count twice, which was found to solve a little more.
 */
function groupsOf(place: string): string[] {
  const [where = '', type = ''] = place.split(': ');
  const argument = `# ${where.split(' ').at(-1)}`;
  return ['', argument, type, `${argument}: ${type}`, where, place];
}

type Counts = ReadonlyMap<string, number>;

function countGroups(uses: Costs['uses']): ReadonlyMap<string, Counts> {
  const groups = new Map<string, Map<string, number>>();
  for (const [place, counts] of Object.entries(uses)) {
    for (const group of groupsOf(place)) {
      const known = groups.get(group) ?? new Map<string, number>();
      groups.set(group, known);
      for (const [name, count] of Object.entries(counts)) known.set(name, (known.get(name) ?? 0) + count);
    }
  }
  return groups;
}

/**
 * For a search: whole numbers from 1 for the operators and leaves of the type that is wanted at a place.
 *
 * @param task whose examples say what is likelier than elsewhere
 */
export function createCostModel(
  { unknown, uses, properties }: Costs,
  task?: ProgramTask,
): (place: Place, fillers: readonly Operator[]) => number[] {
  const groups = countGroups(uses);
  const tally = task && properties?.[task.signature.result];
  const liftOf = tally && task ? liftsFrom(tally, propertiesOf(task)) : () => 1;
  if (groups.size === 0) return (_place, fillers) => fillers.map(() => unknown);
  return (place, fillers) => {
    const [first] = fillers;
    if (first === undefined) return [];
    // Leaves of one name, as the letters of a task, share its chance.
    const sharers = new Map<string, number>();
    for (const { name } of fillers) sharers.set(name, (sharers.get(name) ?? 0) + 1);
    const names = groupsOf(placeName(place?.parent.name, place?.argument ?? 0, first.result));
    const chances = names.reduce<Counts>(
      (wider, group) => narrowed(wider, groups.get(group)),
      new Map([...sharers.keys()].map((name) => [name, 1 / sharers.size])),
    );
    const lifted = new Map([...chances].map(([name, chance]) => [name, chance * liftOf(name)]));
    const total = lifted.values().reduce((sum, chance) => sum + chance, 0);
    return fillers.map(({ name }) => {
      const chance = (lifted.get(name) as number) / total / (sharers.get(name) as number);
      return Math.max(1, Math.round(-Math.log2(chance)));
    });
  };
}

/** The chances in a group, given those in a wider one. */
function narrowed(wider: Counts, counts: Counts | undefined): Counts {
  if (counts === undefined) return wider;
  const seen = (name: string): number => counts.get(name) ?? 0;
  let total = 0;
  for (const name of wider.keys()) total += seen(name);
  if (total === 0) return wider;
  const chances = new Map<string, number>();
  for (const [name, chance] of wider) chances.set(name, (seen(name) + PRIOR * chance) / (total + PRIOR));
  return chances;
}
