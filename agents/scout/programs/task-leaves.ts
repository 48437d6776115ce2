/** What a task itself gives to programs: its arguments and fields, likely constants, and values to tell lambdas apart. */
import type { Json, Leaf } from 'lamarck/agent';
import type { ProgramTask } from './program-task.ts';

const SMALL_NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** Whether a leaf of this name stands for something else in every task. */
export function isLeafOfTask(name: string): boolean {
  return /^(argument \d+|field|separator|addition|digit|answer|letter|entry)$/.test(name);
}

/** @param names of the arguments in the program's source. */
export function leavesFor(task: ProgramTask, names: readonly string[]): Leaf[] {
  const { signature, examples } = task;
  const leaf = (name: string, result: string, value: (example: number) => unknown, source: string): Leaf => ({
    operator: { name, parameters: [], result, evaluate: () => undefined, render: () => source },
    values: examples.map((_, example) => value(example)),
  });
  return [
    ...signature.parameters.map(({ type }, index) =>
      leaf(
        `argument ${index + 1}`,
        type,
        (example) => examples[example]?.input[index],
        names[index] as string,
      ),
    ),
    ...Object.entries(signature.fields ?? {}).map(([field, type]) =>
      leaf('field', `${type} field`, () => field, JSON.stringify(field)),
    ),
    ...SMALL_NUMBERS.map((value) => leaf(`number ${value}`, 'number', () => value, String(value))),
    ...[...constantTexts(task)].map(([text, name]) => leaf(name, 'string', () => text, JSON.stringify(text))),
  ];
}

/** Texts that are likely constants of a program, by what they are named for: their costs are learned by that. */
function constantTexts({ signature, examples }: ProgramTask): Map<string, string> {
  const types = signature.parameters.map(({ type }) => type);
  const inputs = examples.flatMap(({ input }) => input.flatMap(textsIn));
  const outputs = examples.flatMap(({ output }) => textsIn(output));
  const said = (signature.result === 'string' ? outputs : []).filter(
    (text) => outputs.indexOf(text) !== outputs.lastIndexOf(text),
  );
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    [
      'separator',
      [
        '',
        ' ',
        ...mostFrequent(
          [...inputs, ...outputs].flatMap((text) => text.match(SEPARATOR) ?? []),
          6,
        ),
      ],
    ],
    [
      'addition',
      mostFrequent(outputs.flatMap(lettersOf), 60)
        .filter((letter) => !inputs.some((text) => text.includes(letter)))
        .slice(0, 3),
    ],
    ['digit', outputs.some((text) => /^0\d/.test(text)) ? ['0'] : []],
    ['answer', mostFrequent(said, 4)],
    ['letter', types.includes('string[]') ? mostFrequent(inputs.flatMap(lettersOf), 6) : []],
    ['entry', types.includes('record[]') ? mostFrequent(inputs, 4) : []],
  ];
  const names = new Map<string, string>();
  for (const [name, texts] of kinds) for (const text of texts) if (!names.has(text)) names.set(text, name);
  return names;
}

/** Members that occur in the inputs: what lambdas will be applied to. */
export function probesFor({ examples }: ProgramTask): Record<string, unknown[]> {
  const probes: Record<'number' | 'string' | 'record' | 'pair', unknown[]> = {
    number: [-7, -1, 0, 1, 2, 3, 5, 8],
    string: ['', 'ab'],
    record: [],
    pair: [],
  };
  const visit = (value: Json): void => {
    if (typeof value === 'number') probes.number.push(value);
    else if (typeof value === 'string') probes.string.push(value, ...value.split(' '));
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) probes.record.push(value);
  };
  for (const { input } of examples) input.forEach(visit);
  return {
    number: [...new Set(probes.number)].slice(0, 20),
    string: [...new Set(probes.string)].slice(0, 12),
    record: probes.record.slice(0, 16),
    pair: [
      [1, 2],
      [2, 1],
      [3, 3],
      [-4, 2],
      [0, -5],
      [7, 0],
    ],
  };
}

const SEPARATOR = /[^\p{L}\p{N}\s] ?/gu;
const lettersOf = (text: string): string[] => text.match(/\p{L}/gu) ?? [];

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function mostFrequent(texts: readonly string[], most: number): string[] {
  const counts = Map.groupBy(texts, (text) => text);
  return [...counts]
    .sort(([, one], [, other]) => other.length - one.length)
    .slice(0, most)
    .map(([text]) => text);
}
