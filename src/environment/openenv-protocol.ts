import { z } from 'zod';
import { LamarckError } from '../protocol/index.ts';

// OpenEnv's messages, for its servers and clients alike: https://github.com/meta-pytorch/OpenEnv

/** What can be wrong, as OpenEnv calls it. */
export const OPENENV_CODES = [
  'INVALID_JSON',
  'UNKNOWN_TYPE',
  'VALIDATION_ERROR',
  'EXECUTION_ERROR',
  'CAPACITY_REACHED',
  'FACTORY_ERROR',
  'SESSION_ERROR',
] as const;
export type OpenEnvCode = (typeof OPENENV_CODES)[number];

/** An error of the protocol: its code is `LAMARCK_OPENENV_` and the code on the wire. */
export class OpenEnvError extends LamarckError {
  readonly openEnvCode: OpenEnvCode;
  /** What goes beside message and code, e.g. `max_sessions`. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    openEnvCode: OpenEnvCode,
    message: string,
    more: { details?: Readonly<Record<string, unknown>>; remedy?: string; cause?: unknown } = {},
  ) {
    const { details = {}, ...rest } = more;
    super({ code: `LAMARCK_OPENENV_${openEnvCode}`, boundary: 'environment', message, ...rest });
    this.openEnvCode = openEnvCode;
    this.details = details;
  }
}

const FieldsSchema = z.record(z.string(), z.unknown());

/** Options of a reset. Others than these are allowed, and left to the environment. */
export const OpenEnvResetSchema = z.looseObject({
  seed: z.number().int().nonnegative().nullish(),
  episode_id: z.string().max(255).nullish(),
});

/** From a client, over the WebSocket. A step's data are the fields of the action. */
export const OpenEnvRequestSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reset'), data: FieldsSchema.default({}) }),
  z.object({ type: z.literal('step'), data: FieldsSchema }),
  z.object({ type: z.literal('state') }),
  z.object({ type: z.literal('close') }),
  z.object({ type: z.literal('mcp'), data: z.unknown() }),
]);
export type OpenEnvRequest = z.input<typeof OpenEnvRequestSchema>;

/** The types of {@link OpenEnvRequestSchema}. */
export const OPENENV_REQUESTS: readonly string[] = OpenEnvRequestSchema.options.map(
  ({ shape }) => shape.type.value,
);

/** Result of a reset or a step. */
const OpenEnvResultSchema = z.object({
  observation: FieldsSchema,
  // Some environments reward with a boolean.
  reward: z
    .union([z.number(), z.boolean()])
    .nullable()
    .default(null)
    .transform((reward) => (reward === null ? null : Number(reward))),
  done: z.boolean(),
});

export const OpenEnvStateSchema = z.looseObject({
  episode_id: z.string().nullable(),
  step_count: z.number().int().nonnegative(),
});

/** To a client, over the WebSocket. */
export const OpenEnvReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('observation'), data: OpenEnvResultSchema }),
  z.object({ type: z.literal('state'), data: OpenEnvStateSchema }),
  z.object({ type: z.literal('mcp'), data: z.unknown() }),
  z.object({ type: z.literal('error'), data: z.looseObject({ message: z.string(), code: z.string() }) }),
]);
export type OpenEnvReply = z.output<typeof OpenEnvReplySchema>;

/** What `/schema` answers: JSON Schemas. */
export const OpenEnvSchemasSchema = z.object({
  action: FieldsSchema,
  observation: FieldsSchema,
  state: FieldsSchema,
});
