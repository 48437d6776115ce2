import { z } from 'zod';
import {
  defineEnvironment,
  type ActionOf,
  type ActionSchemas,
  type Environment,
  type Repeatability,
} from './define-environment.ts';
import { OpenEnvError } from './openenv-protocol.ts';
import { connectRemote } from './remote-connection.ts';
import { rejectAction } from './session.ts';

const RemoteEvidenceSchema = z.object({
  /** The last one. */
  observation: z.json(),
  /** What the server rewarded last; null where it said nothing. */
  reward: z.number().nullable(),
  done: z.boolean(),
});

/** What our own servers tell beside an observation; others may, and need not. */
const MetadataSchema = z.object({
  error: z.string().optional().catch(undefined),
  affordances: z.array(z.json()).optional().catch(undefined),
});

export interface RemoteEnvironmentDefinition<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  Actions extends ActionSchemas,
> {
  name: string;
  /** Of an OpenEnv server: `http://host:port`. */
  url: string;
  /** One line for people. */
  description?: string;
  /** Whether the server shows the same for the same seed. Nobody here can know, so the default is `none`. */
  repeatability?: Repeatability;
  /** What a task sends with its reset: `seed`, and whatever else the server takes. */
  params: Params;
  observation: Observation;
  actions: Actions;
  /** The fields of a step. Default: the action as it is, `{ add: { amount: 3 } }`, as servers of Lamarck take it. */
  encode?(action: ActionOf<Actions>): unknown;
}

/**
 * An environment that an OpenEnv server keeps, as one of ours: each session is a WebSocket of its own. Evidence is what the
 * server rewarded, so a task's verifier may simply believe it. A refused action is an error that the agent sees;
 * all else that the server refuses is a fault of the environment, never scored.
 *
 * @example
 * const counter = defineRemoteEnvironment({
 *   name: 'remote-counter', url: 'http://127.0.0.1:8000', repeatability: 'seeded',
 *   params: z.object({ seed: z.number() }),
 *   observation: z.object({ value: z.number(), goal: z.number() }),
 *   actions: { add: z.object({ amount: z.number() }), submit: z.object({}) },
 * });
 * export const reach = defineTask({
 *   name: 'remote/reach', environment: counter,
 *   generate: ({ random }) => ({ instruction: 'Reach the goal.', params: { seed: random.int(0, 1e6) } }),
 *   verify: ({ evidence }) => evidence.reward ?? 0,
 *   oracle: function* () { yield { submit: {} }; },
 * });
 */
export function defineRemoteEnvironment<
  Params extends z.ZodType,
  Observation extends z.ZodType,
  const Actions extends ActionSchemas,
>(
  definition: RemoteEnvironmentDefinition<Params, Observation, Actions>,
): Environment<Params, Observation, Actions, typeof RemoteEvidenceSchema> {
  const { url, encode = (action) => action, ...rest } = definition;
  return defineEnvironment<Params, Observation, Actions, typeof RemoteEvidenceSchema>({
    repeatability: 'none',
    ...rest,
    evidence: RemoteEvidenceSchema,
    open: async ({ params, signal }) => {
      const connection = await connectRemote(url, signal);
      let last = await connection
        .request({ type: 'reset', data: params as Record<string, unknown> })
        .catch(async (error: unknown) => {
          await connection.close();
          throw error;
        });
      const metadata = (): z.output<typeof MetadataSchema> =>
        MetadataSchema.safeParse(last.observation['metadata']).data ?? {};
      const step = async (action: ActionOf<Actions>) => {
        try {
          last = await connection.request({ type: 'step', data: encode(action) as Record<string, unknown> });
        } catch (error) {
          if (error instanceof OpenEnvError && error.openEnvCode === 'VALIDATION_ERROR')
            throw rejectAction(error.message);
          throw error;
        }
        const { error } = metadata();
        return { done: last.done, ...(error === undefined ? {} : { error }) };
      };
      const names = Object.keys(definition.actions);
      const { affordances } = metadata();
      return {
        observe: () => last.observation as z.output<Observation>,
        act: Object.fromEntries(
          names.map((name) => [
            name,
            (parameters: unknown) => step({ [name]: parameters } as ActionOf<Actions>),
          ]),
        ) as never,
        ...(affordances && { affordances: () => (metadata().affordances ?? []) as ActionOf<Actions>[] }),
        evidence: () => ({
          observation: last.observation as z.output<ReturnType<typeof z.json>>,
          reward: last.reward,
          done: last.done,
        }),
        close: () => connection.close(),
      };
    },
  });
}
