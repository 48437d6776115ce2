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
  /** Our own closure of it; `undefined` where it has no value, as the largest of an empty list. */
  run(value: Json, args: Arguments): Json | undefined;
  /** The source of it, applied to the source of a value. */
  render(value: string): string;
}

/** A number in a block: a constant, or the program's second argument. */
export interface Operand {
  readonly text: string;
  readonly usesParameter: boolean;
  of(args: Arguments): number;
}

/** Small whole numbers, and the parameter `k` where the signature has one. */
export function operands(low: number, high: number, withParameter: boolean): Operand[] {
  const constants = Array.from({ length: high - low + 1 }, (_, index): Operand => {
    const value = low + index;
    return { text: String(value), usesParameter: false, of: () => value };
  });
  return withParameter
    ? [...constants, { text: 'k', usesParameter: true, of: (args) => Number(args[1]) }]
    : constants;
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
  return (
    weight: number,
    operation: string,
    source: string,
    run: (value: Values[From], operand: number) => Values[To] | undefined,
    choices: readonly Operand[] = NO_OPERAND,
  ): Block[] => {
    const constants = choices.filter((choice) => !choice.usesParameter).length;
    return choices.map((choice) => ({
      from,
      to,
      weight: choice.usesParameter ? weight : weight / constants,
      operation,
      phrase: operation.replaceAll('#', choice.text),
      usesParameter: choice.usesParameter,
      run: (value, args) => run(value as Values[From], choice.of(args)),
      render: (value) => source.replaceAll('#', choice.text).replaceAll('@', () => value),
    }));
  };
}

const NO_OPERAND: readonly Operand[] = [{ text: '', usesParameter: false, of: () => 0 }];
