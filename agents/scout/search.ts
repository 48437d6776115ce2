/**
 * Thinking about a program task: the examples say what is wanted, and expressions are tried from the cheapest up until
 * one gives every example's output. Costs are learned; the number of expressions tried is not (thinking-budget.ts).
 */
import { enumerate, operatorsIn, renderExpression, type Json, type Leaf } from 'lamarck/agent';
import { operators } from './operators.ts';
import { withoutParentheses } from './operators/typed.ts';

export interface ProgramTask {
  readonly signature: {
    readonly parameters: readonly { readonly name: string; readonly type: string }[];
    readonly result: string;
    readonly fields?: Readonly<Record<string, string>>;
  };
  readonly examples: readonly { readonly input: readonly Json[]; readonly output: Json }[];
}

/** Cost of using an operator once, by its name: small whole numbers. */
export interface Costs {
  /** For those that are not listed. */
  readonly unknown: number;
  readonly operators: Readonly<Record<string, number>>;
}

export interface Thought {
  /** A module text; `undefined` where nothing fitted within the candidates. */
  readonly source: string | undefined;
  readonly operators: readonly string[];
  readonly candidates: number;
}

/** Whether an observation has the shape of a program task, whatever its environment is called. */
export function isProgramTask(observation: unknown): observation is ProgramTask {
  return (
    typeof observation === 'object' &&
    observation !== null &&
    'signature' in observation &&
    'examples' in observation
  );
}

/** Looks for the cheapest program that gives every example's output. */
export function think(task: ProgramTask, costs: Costs, candidates: number): Thought {
  const { signature, examples } = task;
  const names = signature.parameters.map(({ name }, index) =>
    isSafeName(name) ? name : `argument${index + 1}`,
  );
  const finding = enumerate({
    leaves: leavesFor(task, names),
    operators,
    costOf: ({ name }) => costs.operators[name] ?? costs.unknown,
    goal: { type: signature.result, values: examples.map(({ output }) => output) },
    probes: probesFor(task),
    candidates,
  });
  if (finding.expression === undefined)
    return { source: undefined, operators: [], candidates: finding.candidates };
  const body = withoutParentheses(String(renderExpression(finding.expression)));
  return {
    source: `export default (${names.join(', ')}) => ${body};\n`,
    operators: operatorsIn(finding.expression),
    candidates: finding.candidates,
  };
}

const SMALL_NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

function leavesFor({ signature, examples }: ProgramTask, names: readonly string[]): Leaf[] {
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
    ...separatorsIn(examples).map((text) => leaf('separator', 'string', () => text, JSON.stringify(text))),
  ];
}

/** Texts that are likely constants: nothing, a space, and what stands between words in inputs and outputs. */
function separatorsIn(examples: ProgramTask['examples']): string[] {
  const found = new Set(['', ' ']);
  const visit = (value: Json): void => {
    if (typeof value === 'string')
      for (const match of value.match(/[^\p{L}\p{N}\s]/gu) ?? []) found.add(match);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const { input, output } of examples) {
    input.forEach(visit);
    visit(output);
  }
  return [...found].slice(0, 6);
}

/** Members that occur in the inputs: what lambdas will be applied to. */
function probesFor({ examples }: ProgramTask): Record<string, unknown[]> {
  const probes: Record<'number' | 'string' | 'record', unknown[]> = {
    number: [-7, -1, 0, 1, 2, 3, 5, 8],
    string: ['', 'ab'],
    record: [],
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
  };
}

function isSafeName(name: string): boolean {
  return (
    /^[a-z][A-Za-z0-9]*$/.test(name) &&
    name !== 'it' &&
    !['in', 'do', 'if', 'of', 'let', 'new', 'var', 'for', 'try'].includes(name)
  );
}
