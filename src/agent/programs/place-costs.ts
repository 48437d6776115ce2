import type { Operator } from './expression.ts';

/** Where an operator stands: as the `argument`-th argument, from 0, of another; `undefined` for the outermost of all. */
export type Place = { readonly parent: Operator; readonly argument: number } | undefined;

/**
 * An operator or leaf as the outermost of expressions. While one is built nobody knows where it will stand, so it counts
 * for the least that its outermost operator costs anywhere; each place adds its extra when it is filled.
 */
export interface Root {
  readonly operator: Operator;
  readonly leastCost: number;
  /** What each place, by its number, adds to the least cost. */
  readonly extras: readonly number[];
  readonly mostExtra: number;
  /** Numbers of the places of its own arguments. */
  readonly places: readonly number[];
}

/**
 * @param goalType type of the whole program.
 * @param costsAt what each of some operators of the type that is wanted at a place costs there: whole numbers from 1.
 */
export function rootsOf(
  operators: readonly Operator[],
  goalType: string,
  costsAt: (place: Place, fillers: readonly Operator[]) => readonly number[],
): Root[] {
  const fillersOf = Map.groupBy(operators, ({ result }) => result);
  const costs = new Map<Operator, Map<number, number>>(operators.map((operator) => [operator, new Map()]));
  let places = 0;
  const addPlace = (place: Place, type: string): number => {
    const fillers = fillersOf.get(type) ?? [];
    for (const [index, cost] of costsAt(place, fillers).entries())
      costs.get(fillers[index] as Operator)?.set(places, cost);
    return places++;
  };
  addPlace(undefined, goalType);
  const own = operators.map((parent) =>
    parent.parameters.map((type, argument) => addPlace({ parent, argument }, type)),
  );
  return operators.map((operator, index) => {
    const byPlace = costs.get(operator) as Map<number, number>;
    const leastCost = byPlace.size === 0 ? 1 : Math.min(...byPlace.values());
    const extras = new Array<number>(places).fill(0);
    for (const [place, cost] of byPlace) extras[place] = cost - leastCost;
    return {
      operator,
      leastCost,
      extras,
      mostExtra: Math.max(0, ...byPlace.values().map((cost) => cost - leastCost)),
      places: own[index] as number[],
    };
  });
}
