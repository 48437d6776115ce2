import { z } from 'zod';
import { clauseOf, LamarckError, messageOf } from '../protocol/index.ts';
import { OpenEnvSchemasSchema } from './openenv-protocol.ts';
import { endpointOf } from './remote-connection.ts';

/** Actions by name where the server offers some, as those of Lamarck do; otherwise the one action that it knows, as `step`. */
interface RemoteSchemas {
  observation: z.ZodType;
  actions: Record<string, z.ZodType>;
  encode(action: Record<string, unknown>): unknown;
}

/**
 * What an OpenEnv server says of its observations and actions, for {@link defineRemoteEnvironment}. Types are not known
 * then; where they matter, write the schemas out.
 *
 * @throws LamarckError `LAMARCK_REMOTE_LOST` where it cannot be reached, `LAMARCK_REMOTE_MALFORMED` where its answer is none
 *
 * @example
 * const echo = defineRemoteEnvironment({ name: 'echo', url, params: z.object({}), ...(await readRemoteSchemas(url)) });
 */
export async function readRemoteSchemas(url: string): Promise<RemoteSchemas> {
  const answer = await fetch(endpointOf(url, 'schema')).catch((error: unknown) => {
    throw new LamarckError({
      code: 'LAMARCK_REMOTE_LOST',
      boundary: 'environment',
      message: `The environment server at ${url} could not be reached: ${clauseOf(error)}.`,
      remedy: 'Start it first, or write its schemas into the definition.',
      cause: error,
    });
  });
  try {
    const { action, observation } = OpenEnvSchemasSchema.parse(await answer.json());
    const named = namedActions(action);
    return {
      observation: z.fromJSONSchema(observation),
      ...(named
        ? { actions: named, encode: (chosen: Record<string, unknown>): unknown => chosen }
        : {
            actions: { step: z.fromJSONSchema(action) },
            encode: ({ step }: Record<string, unknown>): unknown => step,
          }),
    };
  } catch (error) {
    throw new LamarckError({
      code: 'LAMARCK_REMOTE_MALFORMED',
      boundary: 'environment',
      message: `The environment server at ${url} does not tell its schemas: ${messageOf(error)}`,
      remedy: 'Give defineRemoteEnvironment() the observation and actions schemas yourself.',
      cause: error,
    });
  }
}

const OneActionSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())),
  required: z.tuple([z.string()]),
});

/** The members of a choice between objects of one required member each. */
function namedActions(schema: Record<string, unknown>): Record<string, z.ZodType> | undefined {
  const { data } = z.object({ anyOf: z.array(OneActionSchema) }).safeParse(schema);
  return (
    data &&
    Object.fromEntries(
      data.anyOf.flatMap(({ properties, required: [name] }) =>
        Object.entries(properties).flatMap(([key, parameters]) =>
          key === name
            ? [
                [
                  name,
                  z.fromJSONSchema({ ...parameters, $defs: schema['$defs'] } as z.core.JSONSchema.JSONSchema),
                ],
              ]
            : [],
        ),
      ),
    )
  );
}
