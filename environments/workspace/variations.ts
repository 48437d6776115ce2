import type { Json, Random } from 'lamarck';
import type { Case } from './cases.ts';

/** Inputs like those of some tests: one or two values changed a little. What comes of them nobody says. */
export function variationsOf(cases: readonly Case[], count: number, random: Random): Omit<Case, 'output'>[] {
  const known = new Set<string>();
  const variations: Omit<Case, 'output'>[] = [];
  for (let tries = 0; variations.length < count && tries < 10 * count; tries++) {
    const { call, input } = random.pick(cases);
    if (input.length === 0) continue;
    const once = varied(input, random);
    const changed = random.chance(0.4) ? varied(once, random) : once;
    const name = JSON.stringify([call, changed]);
    if (known.has(name)) continue;
    known.add(name);
    variations.push({ call, input: changed });
  }
  return variations;
}

/** A list with one of its members another. */
function varied(list: readonly Json[], random: Random): Json[] {
  const at = random.int(0, list.length - 1);
  return list.with(at, otherValue(list[at] ?? null, random));
}

function otherValue(value: Json, random: Random): Json {
  if (typeof value === 'number')
    return random.pick([0, value + 1, value - 1, value * 2, random.int(-3, 12)] as const);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return otherText([...value], random);
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return otherList(list, random);
  }
  const names = value === null ? [] : Object.keys(value);
  if (value === null || names.length === 0) return value;
  const name = random.pick(names);
  return { ...(value as object), [name]: otherValue(Reflect.get(value, name) as Json, random) };
}

function otherText(characters: readonly string[], random: Random): string {
  if (characters.length === 0) return 'a';
  const at = random.int(0, characters.length - 1);
  const character = characters[at] ?? '';
  const changed = random.pick([
    () => characters.toSpliced(at, 1),
    () => characters.toSpliced(at, 0, random.pick(characters)),
    () => characters.with(at, random.pick(characters)),
    () => characters.with(at, random.pick([character.toUpperCase(), character.toLowerCase()])),
  ]);
  return changed().join('');
}

function otherList(list: readonly Json[], random: Random): Json[] {
  if (list.length === 0) return [];
  const at = random.int(0, list.length - 1);
  const changed = random.pick([
    (): Json[] => list.toSpliced(at, 1),
    () => list.toSpliced(at, 0, random.pick(list)),
    () => varied(list, random),
    () => varied(list, random),
  ]);
  return changed();
}
