import { z } from 'zod';
import type { Environment } from '../environment/index.ts';
import { clauseOf, type Json } from '../protocol/index.ts';

/**
 * What a person typed, as an action: the number of an affordance, from 1; an action's name and its parameters in their
 * order, of which the last takes the rest of the line (`fill e3 Ada Lovelace`); or JSON.
 *
 * @returns the action, or a sentence why it is none
 */
export function typedAction(
  line: string,
  affordances: readonly Json[],
  environment: Environment,
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
  const keys = parametersOf(schema);
  const words = rest.split(' ').filter((word) => word !== '');
  const values = keys.map((_, at) => (at === keys.length - 1 ? restAfter(rest, at) : (words[at] ?? '')));
  return {
    action: {
      [name]: Object.fromEntries(
        keys.flatMap((key, at) => (values[at] === '' ? [] : [[key, valueOf(values[at] ?? '', schema, key)]])),
      ),
    },
  };
}

/** `fill REF TEXT`. */
export function usageOf(environment: Environment): (name: string) => string {
  return (name) => {
    const schema = environment.actions[name];
    const keys = schema ? parametersOf(schema) : [];
    return [name, ...keys.map((key) => key.toUpperCase())].join(' ');
  };
}

function parametersOf(schema: z.ZodType): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** A text where the parameter takes one, and else what it is as JSON. */
function valueOf(text: string, schema: z.ZodType, key: string): Json {
  const parameter = schema instanceof z.ZodObject ? (schema.shape[key] as z.ZodType) : z.string();
  if (parameter.safeParse(text).success) return text;
  const value = parsed(text);
  return 'action' in value ? value.action : text;
}

/** What follows so many words, with its spaces. */
function restAfter(text: string, words: number): string {
  return new RegExp(`^(?:\\S+\\s+){${words}}(.*)$`, 's').exec(text)?.[1]?.trim() ?? '';
}

function parsed(text: string): { action: Json } | { error: string } {
  try {
    return { action: JSON.parse(text) as Json };
  } catch (error) {
    return { error: `That is no JSON: ${clauseOf(error)}.` };
  }
}
