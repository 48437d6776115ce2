import type { Json } from '../protocol/index.ts';

/** Evidence with one thing changed. */
export interface EvidenceMutant {
  /** Where, e.g. `state.orders.0.count`. */
  readonly path: string;
  /** The member of the evidence that it is in. */
  readonly field: string;
  readonly evidence: Json;
  /** A small step of a number: a verifier may tolerate it, if it refuses the far ones at the same place. */
  readonly isNear: boolean;
}

/** A step of a number that no task means by `about`; not a prime, so that remainders of it stay the same. */
const FAR = 1000;

/** All single changes: a number raised or lowered by little or much, a truth turned, a text longer at either end, nothing for something, a member gone or twice. */
export function* evidenceMutants(evidence: Json): Generator<EvidenceMutant> {
  for (const { path, value, isNear = false } of changesOf(evidence))
    yield { path: path.join('.'), field: path[0] ?? '', evidence: value, isNear };
}

/** What is no evidence of the kind at all: other types, members gone, members nobody asked for as the only ones. */
export function malformedEvidence(
  evidence: Json,
): readonly { readonly what: string; readonly evidence: Json }[] {
  const others = [null, true, 0, 'solved', [], {}].map((value) => ({
    what: JSON.stringify(value),
    evidence: value as Json,
  }));
  if (!isObject(evidence)) return others.filter(({ evidence: other }) => typeof other !== typeof evidence);
  const names = Object.keys(evidence);
  return [
    ...others,
    { what: '{"solved":true,"reward":1}', evidence: { solved: true, reward: 1 } },
    ...names.map((name) => ({
      what: `no "${name}"`,
      evidence: Object.fromEntries(Object.entries(evidence).filter(([other]) => other !== name)),
    })),
  ];
}

interface Change {
  readonly path: readonly string[];
  readonly value: Json;
  readonly isNear?: boolean;
}

function* changesOf(value: Json): Generator<Change> {
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    for (const [index, member] of list.entries())
      for (const change of changesOf(member))
        yield {
          ...change,
          path: [String(index), ...change.path],
          value: list.with(index, change.value),
        };
    const last = list.at(-1);
    if (last !== undefined) {
      yield { path: ['one fewer'], value: list.slice(0, -1) };
      yield { path: ['one twice'], value: [...list, last] };
    }
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value))
      for (const change of changesOf(member))
        yield { ...change, path: [name, ...change.path], value: { ...value, [name]: change.value } };
  } else if (typeof value === 'number') {
    for (const step of [1, -1]) yield { path: [], value: value + step, isNear: true };
    for (const step of [FAR, -FAR]) yield { path: [], value: value + step };
  } else if (typeof value === 'boolean') yield { path: [], value: !value };
  else if (typeof value === 'string') {
    yield { path: [], value: `${value}x` };
    yield { path: [], value: `x${value}` };
  } else yield { path: [], value: 'x' };
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
