import { z } from 'zod';
import type { Environment } from './define-environment.ts';
import type { Json } from '../protocol/index.ts';
import { parametersOf, usageOf } from './typed-action.ts';

/**
 * Every action of an environment: how it is typed, and how it is written as JSON. That is what is possible right now, where there
 * is such an affordance, and else made up from what its parameters may be.
 */
export function actionExamples(
  environment: Pick<Environment, 'actions'>,
  affordances: readonly Json[],
): { usage: string; example: Json }[] {
  return Object.entries(environment.actions).map(([name, schema]) => {
    const offered = affordances.find((action) => Object.hasOwn(action as object, name));
    return { usage: usageOf(environment)(name), example: offered ?? { [name]: exampleOf(schema) } };
  });
}

function exampleOf(schema: z.ZodType): Json {
  return Object.fromEntries(
    Object.entries(parametersOf(schema)).map(([key, parameter]) => [
      key,
      valueLike(z.toJSONSchema(parameter, { io: 'input', unrepresentable: 'any' })),
    ]),
  );
}

function valueLike({ type, enum: choices, items, minimum }: z.core.JSONSchema.BaseSchema): Json {
  if (choices !== undefined) return (choices[0] ?? null) as Json;
  switch (type) {
    case 'integer':
    case 'number':
      return Math.max(1, minimum ?? 1);
    case 'boolean':
      return true;
    case 'array':
      return typeof items === 'object' && !Array.isArray(items) ? [valueLike(items)] : [];
    case 'object':
      return {};
    default:
      return '…';
  }
}
