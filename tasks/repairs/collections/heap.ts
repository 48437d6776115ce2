/** Members put into a heap one after the other: each is no larger than the two below it, at 2n + 1 and 2n + 2. */
export function heaped(members: readonly number[]): number[] {
  const heap: number[] = [];
  for (const member of members) {
    heap.push(member);
    let at = heap.length - 1;
    while (at > 0) {
      const above = Math.floor((at - 1) / 2);
      const [own = 0, parent = 0] = [heap[at], heap[above]];
      if (parent <= own) break;
      heap[at] = parent;
      heap[above] = own;
      at = above;
    }
  }
  return heap;
}

/** Whether a list is such a heap. */
export function isHeap(list: readonly number[]): boolean {
  return list.every((member, at) => at === 0 || (list[Math.floor((at - 1) / 2)] ?? 0) <= member);
}

/** The `count` smallest, from small to large. */
export function smallest(members: readonly number[], count: number): number[] {
  return [...members].sort((one, other) => one - other).slice(0, count);
}
