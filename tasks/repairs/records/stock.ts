interface Item {
  readonly name: string;
  readonly count: number;
  readonly price: number;
}

/** What all items in stock are worth. */
export function worth(items: readonly Item[]): number {
  return items.reduce((sum, { count, price }) => sum + count * price, 0);
}

/** The names of what has to be ordered: fewer than `least`, the scarcest first. */
export function scarce(items: readonly Item[], least: number): string[] {
  return items
    .filter(({ count }) => count < least)
    .sort((one, other) => one.count - other.count)
    .map(({ name }) => name);
}

/** The stock after an order: nothing changes where an item is unknown or there are too few. */
export function afterOrder(items: readonly Item[], name: string, count: number): Item[] {
  const found = items.find((item) => item.name === name);
  if (!found || found.count < count) return [...items];
  return items.map((item) => (item === found ? { ...item, count: item.count - count } : item));
}
