/** Cuts a list into pieces of `size` members; the last may be shorter. A size below 1 counts as 1. */
export function chunk(list: readonly number[], size: number): number[][] {
  const step = Math.max(1, size);
  const pieces: number[][] = [];
  for (let at = 0; at < list.length; at += step) {
    pieces.push(list.slice(at, at + step));
  }
  return pieces;
}

/** The pieces put together again. */
export function unchunk(pieces: readonly (readonly number[])[]): number[] {
  return pieces.flatMap((piece) => [...piece]);
}
