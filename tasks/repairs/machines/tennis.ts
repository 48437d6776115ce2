const POINTS = ['love', '15', '30', '40'];

/** The score of a game of tennis after points of `A` and `B`: `15-love`, `40-40`, `advantage A`, `game B`. */
export function score(points: string): string {
  let [one, other] = [0, 0];
  for (const point of points) {
    if (point === 'A') one++;
    else other++;
    if (Math.max(one, other) >= 4 && Math.abs(one - other) >= 2) return `game ${one > other ? 'A' : 'B'}`;
  }
  if (one >= 3 && other >= 3) {
    if (one === other) return '40-40';
    return `advantage ${one > other ? 'A' : 'B'}`;
  }
  return `${POINTS[one]}-${POINTS[other]}`;
}

/** Who has won more games, `A` or `B`; '' where neither has. */
export function leader(games: readonly string[]): string {
  const won = games.map(score).filter((text) => text.startsWith('game'));
  const wins = won.filter((text) => text.endsWith('A')).length;
  const losses = won.length - wins;
  if (wins === losses) return '';
  return wins > losses ? 'A' : 'B';
}
