import { z } from 'zod';
import type { Environment } from './define-environment.ts';
import { clauseOf, type Json } from '../protocol/index.ts';
import { wordsOf, type Word } from './typed-words.ts';

type Actions = Pick<Environment, 'actions'>;

/**
 * What a person typed, as an action: the number of an affordance, from 1; an action's name and its parameters in their
 * order (`edit discount.ts "a, b" "b, a"`), of which the last may be the rest of the line as it is (`fill e3 Ada Lovelace`); or JSON.
 *
 * @returns the action, or a sentence why it is none
 */
export function typedAction(
  line: string,
  affordances: readonly Json[],
  environment: Actions,
): { action: Json } | { error: string } {
  if (/^\d+$/.test(line)) {
    const action = affordances[Number(line) - 1];
    return action === undefined
      ? { error: `There are ${affordances.length} of them, and no number ${line}.` }
      : { action };
  }
  if (line.startsWith('{')) return parsed(line);
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? [];
  const schema = Object.hasOwn(environment.actions, name) ? environment.actions[name] : undefined;
  if (schema === undefined)
    return {
      error: `There is no action "${name}": ${Object.keys(environment.actions).map(usageOf(environment)).join('; ')}.`,
    };
  const parameters = Object.entries(parametersOf(schema));
  const words = wordsOf(rest, parameters.length);
  return {
    action: {
      [name]: Object.fromEntries(
        words.flatMap((word, at) => {
          const [key, parameter] = parameters[at] ?? [];
          return key === undefined || parameter === undefined ? [] : [[key, valueOf(word, parameter)]];
        }),
      ),
    },
  };
}

/** `fill REF TEXT`; what may be left out is in brackets. */
export function usageOf(environment: Actions): (name: string) => string {
  return (name) => {
    const parameters = Object.entries(parametersOf(environment.actions[name]));
    const shown = parameters.map(([key, parameter]) =>
      parameter.safeParse(undefined).success ? `[${key.toUpperCase()}]` : key.toUpperCase(),
    );
    return [name, ...shown].join(' ');
  };
}

/** The schemas of an action's parameters by their names, in their order. */
export function parametersOf(schema: z.ZodType | undefined): Record<string, z.ZodType> {
  return schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
}

/** A quoted word is a text before it is anything else; another one is what it is as JSON, where the parameter takes that. */
function valueOf({ text, isQuoted }: Word, parameter: z.ZodType): Json {
  const value = parsed(text);
  const candidates: Json[] =
    'error' in value ? [text] : isQuoted ? [text, value.action] : [value.action, text];
  return candidates.find((candidate) => parameter.safeParse(candidate).success) ?? candidates[0] ?? text;
}

function parsed(text: string): { action: Json } | { error: string } {
  try {
    return { action: JSON.parse(text) as Json };
  } catch (error) {
    return { error: `That is no JSON: ${clauseOf(error)}.` };
  }
}
