/**
 * Which of some keys are found in a cache of `size` places, asked one after the other. A key that is not found is put in; where
 * there is no room, the one that was asked for longest ago goes.
 */
export function hits(keys: readonly string[], size: number): boolean[] {
  let cache: string[] = [];
  return keys.map((key) => {
    const isHit = cache.includes(key);
    cache = [...cache.filter((one) => one !== key), key];
    if (cache.length > size) cache.shift();
    return isHit;
  });
}

/** The share of keys that are found, in whole per cent, rounded down; 0 where none is asked for. */
export function hitRate(keys: readonly string[], size: number): number {
  if (keys.length === 0) return 0;
  const found = hits(keys, size).filter((isHit) => isHit).length;
  return Math.floor((100 * found) / keys.length);
}
