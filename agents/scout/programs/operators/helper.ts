/**
 * Helper functions: operators made of others. Their value and their source come from their body's operators, so that a
 * helper has a value exactly where its body has, and a program that uses it says what it does.
 */
import { isSound, type Operator, type Rendered } from 'lamarck/agent';
import { operators } from '../operators.ts';

/** A part of a helper's body before types are known: they follow from the operators' own. */
export interface Part {
  readonly operator: string;
  readonly arguments: readonly Part[];
  /** Which of the helper's parameters, from 0, it stands for. */
  readonly parameter?: number;
}

/** A part with the operators that its names stand for. */
interface TypedPart {
  readonly operator: Operator;
  readonly arguments: readonly TypedPart[];
  readonly parameter?: number;
}

/** Uses an operator, or another helper, by name. */
export const call = (operator: string, ...args: readonly Part[]): Part => ({ operator, arguments: args });
/** A small constant. */
export const number = (value: number): Part => call(`number ${value}`);

/**
 * A helper, as an operator for each typing of its body: operators that exist for several kinds of member make a helper
 * that does.
 *
 * @param definition `helpers` are those that the body uses.
 * @throws where the body has no typing, as when it names an operator that does not exist.
 */
export function defineHelper(definition: {
  readonly name: string;
  readonly helpers?: readonly (readonly Operator[])[];
  readonly body: (...parameters: Part[]) => Part;
}): Operator[] {
  const { name, helpers = [], body } = definition;
  const parameters = Array.from({ length: body.length }, (_, parameter) => parameterPart(parameter));
  return typedHelpers(name, body(...parameters), body.length, helpers.flat());
}

/** The `index`-th parameter of a helper, from 0, in its body. */
export const parameterPart = (index: number): Part => ({ ...call('parameter'), parameter: index });

/** A helper from its body as data; as {@link defineHelper}. */
export function typedHelpers(
  name: string,
  body: Part,
  parameters: number,
  helpers: readonly Operator[],
): Operator[] {
  const words = [...operators, ...helpers];
  const made = [...new Set(words.map(({ result }) => result))]
    .flatMap((type) => typingsOf(body, type, words))
    .flatMap((typed) => operatorOf(name, typed, parameters) ?? []);
  if (made.length > 0) return made;
  throw new Error(
    `The helper "${name}" has no typing: see that its body names operators that exist, and fit.`,
  );
}

function typingsOf(part: Part, type: string, words: readonly Operator[]): TypedPart[] {
  const value = /^number (\d+)$/.exec(part.operator)?.[1];
  if (part.parameter !== undefined) return [{ ...part, operator: leaf(part.operator, type), arguments: [] }];
  if (value !== undefined) return type === 'number' ? [{ operator: leaf(value, type), arguments: [] }] : [];
  return words
    .filter(({ name, result }) => name === part.operator && result === type)
    .filter(({ parameters }) => parameters.length === part.arguments.length)
    .flatMap((operator) => {
      let choices: TypedPart[][] = [[]];
      for (const [index, argument] of part.arguments.entries()) {
        const typings = typingsOf(argument, operator.parameters[index] as string, words);
        choices = choices.flatMap((args) => typings.map((typed) => [...args, typed]));
      }
      return choices.map((args) => ({ operator, arguments: args }));
    });
}

/** A constant by its source; a parameter has no value before it is given one. */
function leaf(source: string, result: string): Operator {
  return { name: source, parameters: [], result, evaluate: () => Number(source), render: () => source };
}

/** `undefined` where a parameter would have two types, or none. */
function operatorOf(name: string, body: TypedPart, count: number): Operator | undefined {
  const parameters = Array.from({ length: count }, (_, parameter) => typesOf(body, parameter));
  if (parameters.some((types) => types.size !== 1)) return undefined;
  const evaluate = evaluatorOf(body);
  return {
    name,
    parameters: parameters.flatMap((types) => [...types]),
    result: body.operator.result,
    evaluate: (...values: unknown[]) => evaluate(values),
    render: (...sources: Rendered[]) => render(body, sources),
  };
}

function typesOf({ operator, arguments: args, parameter }: TypedPart, wanted: number): Set<string> {
  return new Set([
    ...(parameter === wanted ? [operator.result] : []),
    ...args.flatMap((part) => [...typesOf(part, wanted)]),
  ]);
}

function evaluatorOf({
  operator,
  arguments: args,
  parameter,
}: TypedPart): (values: readonly unknown[]) => unknown {
  if (parameter !== undefined) return (values) => values[parameter];
  const evaluate = operator.evaluate as (...values: unknown[]) => unknown;
  const evaluators = args.map(evaluatorOf);
  return (values) => {
    const given = evaluators.map((one) => one(values));
    return given.every(isSound) ? evaluate(...given) : undefined;
  };
}

function render({ operator, arguments: args, parameter }: TypedPart, sources: readonly Rendered[]): Rendered {
  if (parameter !== undefined) return sources[parameter] as Rendered;
  return (operator.render as (...sources: Rendered[]) => Rendered)(
    ...args.map((part) => render(part, sources)),
  );
}
