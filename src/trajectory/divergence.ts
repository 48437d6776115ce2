import { hashOf } from '../host/index.ts';
import { isInconclusive, type Json, type Trajectory } from '../protocol/index.ts';

/** What a session showed before a step, and what it had said of the action that led there. */
export interface Moment {
  readonly observation: Json;
  readonly affordances?: readonly Json[] | undefined;
  /** Error of the action before, where it was rejected. */
  readonly error?: string | undefined;
  /** Whether the action before ended the environment. */
  readonly done?: boolean | undefined;
}

/** The first step at which a re-execution is not what was recorded. */
export interface Divergence {
  readonly step: number;
  /** Hashes of the observations; equal where only something beside them differs. */
  readonly expectedHash: string;
  readonly actualHash: string;
  /** Lines for people: `elements[3].name: "Go" became "Stop"`. */
  readonly differences: readonly string[];
}

/** The moments of a recorded trajectory, by step. What was not recorded is undefined. */
export function momentsOf({ records, end }: Trajectory): Moment[] {
  const errors = new Map<number, string>();
  const moments: Moment[] = [];
  for (const record of records) {
    if (record.type === 'action-error') errors.set(record.step, record.message);
    if (record.type === 'observation') {
      const { step, observation, affordances } = record;
      moments[step] = { observation, affordances, error: errors.get(step - 1), done: false };
    }
  }
  const last = moments.at(-1);
  // A fault hides whether the last action had ended the environment.
  const done = isInconclusive(end.stop) ? undefined : end.stop === 'environment-done';
  if (last) moments[moments.length - 1] = { ...last, done };
  return moments;
}

/** Compares what was recorded at a step with what came now. */
export function compareMoments(step: number, expected: Moment, actual: Moment): Divergence | undefined {
  const [expectedHash, actualHash] = [hashOf(expected.observation), hashOf(actual.observation)];
  const differences =
    expectedHash === actualHash ? [] : describeDifferences(expected.observation, actual.observation);
  if (expected.affordances) {
    differences.push(...describeDifferences(expected.affordances, actual.affordances ?? null, 'affordances'));
  }
  differences.push(...describeDifferences(expected.error ?? null, actual.error ?? null, 'action error'));
  if (expected.done !== undefined) {
    differences.push(...describeDifferences(expected.done, actual.done ?? false, 'environment done'));
  }
  return differences.length > 0 ? { step, expectedHash, actualHash, differences } : undefined;
}

/** Most lines that a description has. */
const LINES = 12;
/** Most characters of a value that a line shows. */
const CHARACTERS = 80;

/** Where two values differ, one line a place, by path; at most 12 lines. */
export function describeDifferences(expected: Json, actual: Json, path = ''): string[] {
  const lines = [...differences(expected, actual, path)];
  const more = lines.length - LINES;
  return more > 0 ? [...lines.slice(0, LINES), `and ${more} more ${more === 1 ? 'place' : 'places'}`] : lines;
}

function* differences(expected: Json | undefined, actual: Json | undefined, path: string): Generator<string> {
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const isList = Array.isArray(expected);
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const inner = isList ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
      yield* differences(member(expected, key), member(actual, key), inner);
    }
  } else if (expected === undefined) yield `${path}: ${short(actual)} is new`;
  else if (actual === undefined) yield `${path}: ${short(expected)} is gone`;
  else if (!isSame(expected, actual))
    yield `${path || 'the value'}: ${short(expected)} became ${short(actual)}`;
}

function isObject(value: Json | undefined): value is Json & object {
  return value !== null && typeof value === 'object';
}

function member(value: Json & object, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? (value as { readonly [key: string]: Json })[key] : undefined;
}

/** Equal as JSON: 0 and -0 have the same text. */
function isSame(left: Json, right: Json): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

function short(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > CHARACTERS ? `${text.slice(0, CHARACTERS)}…` : text;
}
