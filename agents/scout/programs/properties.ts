/**
 * What the examples of a program task have in common, in words: whether an output is sorted, made of the input's members,
 * as long as it, and so on. Such a property says which operators are likely, once it was seen beside them in verified
 * programs (property signatures, Odena & Sutton 2020).
 */
import type { Json } from 'lamarck/agent';
import type { ProgramTask } from './program-task.ts';

type Test<Output, Input = readonly Json[]> = (output: Output, input: Input) => boolean;

/** The names of the properties that hold in every example. They are about one type of result, and say which. */
export function propertiesOf({ signature, examples }: ProgramTask): string[] {
  const names: string[] = [];
  const add = (name: string, holds: boolean): void => {
    if (holds) names.push(`${signature.result}: ${name}`);
  };
  const pairs = examples.map(({ input, output }) => ({ output, source: sourceOf(input), input }));
  const note = <Output, Input>(
    tests: Readonly<Record<string, Test<Output, Input>>>,
    isOutput: (value: unknown) => value is Output,
    isInput: (value: unknown) => value is Input,
  ): void => {
    if (!pairs.every(({ output, source }) => isOutput(output) && isInput(source))) return;
    for (const [name, test] of Object.entries(tests))
      add(
        name,
        pairs.every(({ output, source }) => test(output as Output, source as Input)),
      );
  };
  add('takes several arguments', signature.parameters.length > 1);
  note(LISTS_OF_LISTS, isList, isList);
  note(LISTS_OF_TEXTS, isList, isText);
  note(NUMBERS_OF_LISTS, isNumber, isList);
  note(NUMBERS_OF_TEXTS, isNumber, isText);
  note(TEXTS_OF_TEXTS, isText, isText);
  note(TEXTS_OF_LISTS, isText, isList);
  note(NUMBERS_OF_NUMBERS, isNumber, isNumber);
  note(LISTS_OF_NUMBERS, isList, isNumber);
  add('has one length', isOneLength(pairs.map(({ output }) => output)));
  return names;
}

/** What an output is most likely made of: the first list among the arguments, else the first text, else the first. */
function sourceOf(input: readonly Json[]): Json {
  return input.find(isList) ?? input.find(isText) ?? input[0] ?? null;
}

const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';

const LISTS_OF_LISTS: Readonly<Record<string, Test<readonly Json[]>>> = {
  'as long as the input': (output, input) => output.length === input.length,
  'no longer than the input': (output, input) => output.length <= input.length,
  'all members': (output, input) => keysOf(output).sort().join() === keysOf(input).sort().join(),
  'only members': (output, input) => isWithin(keysOf(output), keysOf(input)),
  'only values of members': (output, input) => isWithin(keysOf(output), keysOf(input.flatMap(valuesIn))),
  'members in their order': (output, input) => isSubsequence(keysOf(output), keysOf(input)),
  'neighbours of the input': (output, input) =>
    `,${keysOf(input).join()},`.includes(`,${keysOf(output).join()},`),
  'begins as the input does': (output, input) => sameAt(output, input, 0),
  'ends as the input does': (output, input) => sameAt(output, input, -1),
  'begins as the input ends': (output, input) =>
    keysOf(output.slice(0, 1)).join() === keysOf(input.slice(-1)).join(),
  ascending: (output) => isOrdered(output, 1),
  descending: (output) => isOrdered(output, -1),
  'nothing twice': (output) => new Set(keysOf(output)).size === output.length,
  'each larger': (output, input) => isEach(output, input, (one, other) => one > other),
  'each smaller': (output, input) => isEach(output, input, (one, other) => one < other),
  'each as far away': (output, input) => isSteady(output, input, (one, other) => one - other),
  'each in proportion': (output, input) => isSteady(output, input, (one, other) => one / other),
  'none below zero': (output) => output.every((member) => !isNumber(member) || member >= 0),
  'all even': (output) => output.every((member) => isNumber(member) && member % 2 === 0),
  'none in lower case': (output) =>
    output.every((member) => isText(member) && member === member.toUpperCase()),
};

const LISTS_OF_TEXTS: Readonly<Record<string, Test<readonly Json[], string>>> = {
  'pieces of the text': (output, input) => output.every((member) => input.includes(String(member))),
  'as many as words': (output, input) => output.length === wordsIn(input).length,
  'as many as letters': (output, input) => output.length === input.length,
  ascending: (output) => isOrdered(output, 1),
  'nothing twice': (output) => new Set(keysOf(output)).size === output.length,
};

const NUMBERS_OF_LISTS: Readonly<Record<string, Test<number>>> = {
  'a member': (output, input) => input.includes(output),
  'a value of a member': (output, input) => input.flatMap(valuesIn).includes(output),
  'no more than the count': (output, input) => output >= 0 && output <= input.length,
  'above all values': (output, input) => output >= Math.max(...input.flatMap(valuesIn).filter(isNumber)),
  'below all values': (output, input) => output <= Math.min(...input.flatMap(valuesIn).filter(isNumber)),
  whole: (output) => Number.isInteger(output),
  even: (output) => output % 2 === 0,
  'not below zero': (output) => output >= 0,
};

const NUMBERS_OF_TEXTS: Readonly<Record<string, Test<number, string>>> = {
  'the length': (output, input) => output === input.length,
  'no more than the length': (output, input) => output <= input.length,
  'no more than the words': (output, input) => output <= wordsIn(input).length,
  'is in the text': (output, input) => input.includes(String(output)),
};

const NUMBERS_OF_NUMBERS: Readonly<Record<string, Test<number, number>>> = {
  larger: (output, input) => output > input,
  smaller: (output, input) => output < input,
  'a multiple': (output, input) => output % input === 0,
  even: (output) => output % 2 === 0,
  'no more than its digits': (output, input) => output >= 0 && output <= String(input).length,
};

const LISTS_OF_NUMBERS: Readonly<Record<string, Test<readonly Json[], number>>> = {
  'as many as the number': (output, input) => output.length === input,
  'as many as its digits': (output, input) => output.length === String(input).length,
  'has the number': (output, input) => output.includes(input),
  'none above the number': (output, input) => output.every((member) => isNumber(member) && member <= input),
  'all multiples': (output, input) => output.every((member) => isNumber(member) && member % input === 0),
  ascending: (output) => isOrdered(output, 1),
  descending: (output) => isOrdered(output, -1),
};

const TEXTS_OF_TEXTS: Readonly<Record<string, Test<string, string>>> = {
  'as long as the input': (output, input) => output.length === input.length,
  'no longer than the input': (output, input) => output.length <= input.length,
  'a piece of the input': (output, input) => input.toLowerCase().includes(output.toLowerCase()),
  'holds the input': (output, input) => output.toLowerCase().includes(input.toLowerCase()),
  'letters of the input': (output, input) => [...output].sort().join('') === [...input].sort().join(''),
  'words of the input': (output, input) => isWithin(wordsIn(output), wordsIn(input)),
  'as many words': (output, input) => wordsIn(output).length === wordsIn(input).length,
  'in the same case': (output, input) => isWithin([...output], [...input]),
  'begins as the input does': (output, input) => output[0]?.toLowerCase() === input[0]?.toLowerCase(),
  'ends as the input does': (output, input) => output.at(-1)?.toLowerCase() === input.at(-1)?.toLowerCase(),
  ...ofText(),
};

const TEXTS_OF_LISTS: Readonly<Record<string, Test<string>>> = {
  'a member': (output, input) => input.includes(output),
  'a value of a member': (output, input) => input.flatMap(valuesIn).includes(output),
  'holds all members': (output, input) => input.every((member) => output.includes(String(member))),
  'as long as the count': (output, input) => output.length === input.length,
  ...ofText(),
};

function ofText(): Readonly<Record<string, (output: string) => boolean>> {
  return {
    'no upper case': (output) => output === output.toLowerCase(),
    'no lower case': (output) => output === output.toUpperCase(),
    'begins in upper case': (output) => /^\p{Lu}/u.test(output),
    'one word': (output) => !output.includes(' '),
    'only digits': (output) => /^\d+$/.test(output),
    'has punctuation': (output) => /[^\p{L}\p{N}\s]/u.test(output),
  };
}

function isOneLength(outputs: readonly Json[]): boolean {
  const lengths = outputs.map((output) => (isList(output) || isText(output) ? output.length : Number.NaN));
  return lengths.every((length) => length === lengths[0]);
}

const keysOf = (list: readonly Json[]): string[] => list.map((member) => JSON.stringify(member));
const valuesIn = (value: Json): Json[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(valuesIn) : [value];
const wordsIn = (text: string): string[] => text.split(' ').filter((word) => word !== '');

function isWithin(some: readonly string[], all: readonly string[]): boolean {
  const known = new Set(all);
  return some.every((one) => known.has(one));
}

function isSubsequence(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const one of all) if (at < some.length && some[at] === one) at++;
  return at === some.length;
}

function sameAt(output: readonly Json[], input: readonly Json[], at: number): boolean {
  return JSON.stringify(output.at(at)) === JSON.stringify(input.at(at));
}

function isOrdered(list: readonly Json[], direction: 1 | -1): boolean {
  return list.every((member, at) => {
    const before = list[at - 1];
    if (at === 0) return true;
    if (isNumber(member) && isNumber(before)) return direction * (member - before) >= 0;
    return isText(member) && isText(before) && (direction > 0 ? before <= member : before >= member);
  });
}

/** Whether the members of lists of numbers that are of one length stand in a relation, each to its counterpart. */
function isEach(
  output: readonly Json[],
  input: readonly Json[],
  relation: (one: number, other: number) => boolean,
): boolean {
  return (
    output.length === input.length &&
    output.every((member, at) => {
      const other = input[at];
      return isNumber(member) && isNumber(other) && relation(member, other);
    })
  );
}

function isSteady(
  output: readonly Json[],
  input: readonly Json[],
  distance: (one: number, other: number) => number,
): boolean {
  const [first, other] = [output[0], input[0]];
  if (!isNumber(first) || !isNumber(other)) return false;
  return isEach(output, input, (one, counterpart) => distance(one, counterpart) === distance(first, other));
}
