/** A title as it stands in an address: small letters and digits, everything else as one dash between. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The slugs of some titles; one that was there before gets `-2`, `-3`, … */
export function slugs(titles: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return titles.map((title) => {
    const own = slug(title);
    const count = (counts.get(own) ?? 0) + 1;
    counts.set(own, count);
    return count === 1 ? own : `${own}-${count}`;
  });
}

/** The first letters of the words, as capitals; words of up to two letters are left out. */
export function acronym(text: string): string {
  return text
    .split(' ')
    .filter((word) => word.length > 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('');
}
