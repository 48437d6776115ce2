/**
 * Which arms to search for first wins: those that nobody won yet, before tries are spent on them. A search costs little
 * beside a group of tries that is only lost.
 */
import { armName, darkArms, type Arm, type Curriculum } from './curriculum.ts';

/** Of each arm, how many tasks were searched, and for how many of them a win was found. */
export type Searches = Readonly<Record<string, { readonly asked: number; readonly found: number }>>;

/** Tasks of an arm that nobody won yet which are searched at first, and in all where a win was found. */
const FIRST = 2;
const ALL = 3;
const NEVER = { asked: 0, found: 0 };

/** Arms that are due to be searched, each as often as there are tasks of it to search. */
export function wantedSearches(curriculum: Curriculum, searches: Searches): Arm[] {
  return darkArms(curriculum).flatMap((arm) => {
    const { asked, found } = searches[armName(arm)] ?? NEVER;
    const wanted = found > 0 ? ALL : FIRST;
    return Array.from({ length: wanted - asked }, () => arm);
  });
}

/** @param asked the arms of the tasks that were searched, @param found of those that a win was found for. */
export function withSearches(
  searches: Searches,
  asked: readonly string[],
  found: readonly string[],
): Searches {
  const timesIn = (names: readonly string[], name: string) => names.filter((other) => other === name).length;
  const counted = [...new Set(asked)].map((name) => {
    const before = searches[name] ?? NEVER;
    return [
      name,
      { asked: before.asked + timesIn(asked, name), found: before.found + timesIn(found, name) },
    ] as const;
  });
  return { ...searches, ...Object.fromEntries(counted) };
}
