import type { Json } from 'lamarck';

/** A record as the records family deals in: flat, with the fields that the signature names. */
export type Row = Readonly<Record<string, number | string | boolean>>;

/** The program environment's types, and the values that have them. */
export interface Values {
  number: number;
  string: string;
  boolean: boolean;
  'number[]': readonly number[];
  'string[]': readonly string[];
  record: Row;
  'record[]': readonly Row[];
}
export type Type = keyof Values;

/** What the program is called with, in the signature's order. */
export type Arguments = readonly Json[];

/** A step of a pipeline: a piece of everyday JavaScript that we can say, run and write down. */
export interface Block {
  readonly from: Type;
  readonly to: Type;
  /** How often it is drawn, relative to the others that fit. */
  readonly weight: number;
  /** The phrase with `#` for its operand: no pipeline does the same thing twice. */
  readonly operation: string;
  /** As the instruction says it, e.g. `keep the even numbers`. */
  readonly phrase: string;
  /** True where it reads the program's second argument. */
  readonly usesParameter: boolean;
  /**
   * Applies this block to a value in our own process; `undefined` where the block has no result, such as the largest
   * member of an empty list.
   */
  run(value: Json, args: Arguments): Json | undefined;
  /** The source of it, applied to the source of a value. */
  render(value: string): string;
}

/** A parameter of a program. */
export interface Parameter<Name extends Type = Type> {
  readonly name: string;
  readonly type: Name;
}

/** The second argument of most families that have one. */
export const K: Parameter<'number'> = { name: 'k', type: 'number' };

/** A value in a block: a constant, or the program's second argument. */
export interface Operand<Value = number> {
  readonly text: string;
  readonly usesParameter: boolean;
  of(args: Arguments): Value;
}

/** Small whole numbers, and the parameter `k` where the signature has one. */
export function operands(low: number, high: number, withParameter: boolean): Operand[] {
  const numbers = Array.from({ length: high - low + 1 }, (_, index) => low + index);
  return [...constants(numbers), ...(withParameter ? [secondArgument(K)] : [])];
}

/** Numbers or texts, as they are written in JavaScript. */
export function constants<Value extends number | string>(values: readonly Value[]): Operand<Value>[] {
  return values.map((value) => ({ text: JSON.stringify(value), usesParameter: false, of: () => value }));
}

/** What the program is given beside the value that a pipeline starts from. */
export function secondArgument<Name extends Type>({ name }: Parameter<Name>): Operand<Values[Name]> {
  return { text: name, usesParameter: true, of: (args) => args[1] as Values[Name] };
}

/**
 * Writes blocks between two types. In phrase and source `#` stands for the operand, in the source `@` for the value.
 * There is a block for each operand: the constants share the weight, the parameter has as much again. Types are checked
 * here, where a block is written, and nowhere after.
 *
 * @example
 * const change = blocksBetween('number[]', 'number[]');
 * change(3, 'add # to each', '@.map((x) => x + #)', (xs, c) => xs.map((x) => x + c), operands(1, 5, false)); // 5 blocks
 */
export function blocksBetween<From extends Type, To extends Type>(from: From, to: To) {
  return <Value = never>(
    weight: number,
    operation: string,
    source: string,
    run: (value: Values[From], operand: Value) => Values[To] | undefined,
    choices: readonly Operand<Value>[] = NO_OPERAND,
  ): Block[] => {
    const count = choices.filter((choice) => !choice.usesParameter).length;
    return choices.map((choice) => ({
      from,
      to,
      weight: choice.usesParameter ? weight : weight / count,
      operation,
      phrase: operation.replaceAll('#', () => choice.text),
      usesParameter: choice.usesParameter,
      run: (value, args) => run(value as Values[From], choice.of(args)),
      render: (value) => source.replace(/[#@]/g, (mark) => (mark === '#' ? choice.text : value)),
    }));
  };
}

const NO_OPERAND: readonly Operand<never>[] = [
  { text: '', usesParameter: false, of: () => undefined as never },
];
