import { z } from 'zod';
import { OpenEnvStateSchema, type Environment } from '../environment/index.ts';

/** A JSON Schema, draft 2020-12. */
type JsonSchema = Record<string, unknown>;

/** What stands beside an observation's own members. */
const ObservationExtrasSchema = z.object({
  done: z.boolean(),
  /** The verdict in [0, 1] when the episode is over; null before. */
  reward: z.number().nullable(),
  /** The episode was cut by a limit, and did not come to an end of its own. */
  truncated: z.boolean(),
  metadata: z.looseObject({
    instruction: z.string(),
    family: z.string(),
    seed: z.number(),
    difficulty: z.number(),
    step: z.number(),
    max_steps: z.number(),
    /** Actions that are possible now, where the environment knows them. */
    affordances: z.array(z.json()).optional(),
    /** Why the last action was rejected. */
    error: z.string().optional(),
    /** Why the episode is over. */
    stop: z.string().optional(),
  }),
});

/** Tools of the protocol's own, beside those that actions are. */
const OWN_TOOLS = ['reset', 'observe'];

/** Schemas of what travels, as OpenEnv's `/schema` tells them. */
export function openEnvSchemas({
  actions,
  observation,
}: Environment): Record<'action' | 'observation' | 'state', JsonSchema> {
  return {
    action: schemaOf(
      z.union(Object.entries(actions).map(([name, schema]) => z.strictObject({ [name]: schema }))),
      'input',
    ),
    observation: schemaOf(z.intersection(observation, ObservationExtrasSchema), 'output'),
    state: schemaOf(OpenEnvStateSchema, 'output'),
  };
}

/** Input of a tool: the parameters of an action, or of a reset. */
export function toolInput(schema: z.ZodType): JsonSchema & { type: 'object' } {
  return { ...schemaOf(schema, 'input'), type: 'object' };
}

/** What keeps an environment from being served, in clauses: both protocols send objects, and have members and tools of their own. */
export function misfitsOf({ actions, observation }: Environment): string[] {
  const seen = schemaOf(observation, 'output');
  const taken = Object.keys(ObservationExtrasSchema.shape).filter((name) => membersOf(seen).includes(name));
  return [
    ...(isObject(seen) ? [] : ['its observation is not an object']),
    ...taken.map((name) => `its observation has a member "${name}", which the protocol has too`),
    ...Object.entries(actions).flatMap(([name, schema]) => [
      ...(OWN_TOOLS.includes(name) ? [`its action "${name}" has the name of a tool of the protocol's`] : []),
      ...(isObject(schemaOf(schema, 'input'))
        ? []
        : [`the parameters of its action "${name}" are not an object`]),
    ]),
  ];
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
}

/** The schemas that one is a choice between, or is made of. */
function partsOf(schema: JsonSchema): JsonSchema[] {
  return [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap(
    (parts) => (parts as JsonSchema[] | undefined) ?? [],
  );
}

function isObject(schema: JsonSchema): boolean {
  const parts = partsOf(schema);
  return schema['type'] === 'object' || (parts.length > 0 && parts.every(isObject));
}

function membersOf(schema: JsonSchema): string[] {
  return [...Object.keys(schema['properties'] ?? {}), ...partsOf(schema).flatMap(membersOf)];
}
