const STEPS: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];

/**
 * Where a robot ends that begins at 0, 0 and looks north: `F` steps forward, `B` back, `L` and `R` turn. East is the first
 * number, north the second.
 */
export function walk(commands: string): number[] {
  let [east, north, facing] = [0, 0, 0];
  for (const command of commands) {
    if (command === 'L') facing = (facing + 3) % 4;
    else if (command === 'R') facing = (facing + 1) % 4;
    else {
      const [right, up] = STEPS[facing] ?? [0, 0];
      const way = command === 'B' ? -1 : 1;
      east += way * right;
      north += way * up;
    }
  }
  return [east, north];
}

/** How far a place is, along streets that go north and east. */
export function distance(commands: string): number {
  const [east = 0, north = 0] = walk(commands);
  return Math.abs(east) + Math.abs(north);
}
