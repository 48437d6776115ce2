/** A typed building block of programs. A lambda type is written `number=>boolean`; its values are functions. */
export interface Operator {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly result: string;
  /**
   * Computes the operator's value from those of its arguments; `undefined` (or anything that JSON cannot hold) where
   * it has none.
   */
  readonly evaluate: (...values: never[]) => unknown;
  /** Source of it, given the source of its arguments. Lambdas, here and there, are functions from the source of their argument. */
  readonly render: (...sources: never[]) => Rendered;
}

/** The source of a value, or of a lambda's body as a function of its argument's source. */
export type Rendered = string | ((argument: string) => string);

/** An expression together with its value on each example. */
export interface Expression {
  readonly operator: Operator;
  readonly arguments: readonly Expression[];
  readonly values: readonly unknown[];
}

/** The source of an expression; a lambda's, of its body. */
export function renderExpression(expression: Expression): Rendered {
  const sources = expression.arguments.map(renderExpression);
  return (expression.operator.render as (...sources: Rendered[]) => Rendered)(...sources);
}

/** An expression as plain data: what it is made of, without values. */
export interface Term {
  readonly operator: string;
  /** Of its value. */
  readonly type: string;
  readonly arguments: readonly Term[];
}

/** An expression without its values: what is kept of it, and compared. */
export function termOf({ operator, arguments: args }: Expression): Term {
  return { operator: operator.name, type: operator.result, arguments: args.map(termOf) };
}
