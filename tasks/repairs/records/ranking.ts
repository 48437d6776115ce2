interface Player {
  readonly name: string;
  readonly points: number;
  readonly age: number;
}

/** Names by points, most first; of equal points the younger first, then by name. */
export function ranking(players: readonly Player[]): string[] {
  return [...players]
    .sort(
      (one, other) => other.points - one.points || one.age - other.age || (one.name < other.name ? -1 : 1),
    )
    .map(({ name }) => name);
}

/** The names of the first `count` of those who have at least `least` points. */
export function best(players: readonly Player[], count: number, least: number): string[] {
  return ranking(players.filter(({ points }) => points >= least)).slice(0, count);
}
