/** The last `size` of the members that were added one after the other, the oldest first. */
export function lastOf(members: readonly number[], size: number): number[] {
  const ring: number[] = [];
  let next = 0;
  for (const member of members) {
    if (ring.length < size) ring.push(member);
    else ring[next] = member;
    next = size === 0 ? 0 : (next + 1) % size;
  }
  const oldest = ring.length < size ? 0 : next;
  return [...ring.slice(oldest), ...ring.slice(0, oldest)].slice(0, size);
}

/** The mean of the last `size` members after each that is added, rounded down. */
export function movingMeans(members: readonly number[], size: number): number[] {
  return members.map((_, at) => {
    const last = members.slice(Math.max(0, at + 1 - size), at + 1);
    return Math.floor(last.reduce((sum, member) => sum + member, 0) / last.length);
  });
}
