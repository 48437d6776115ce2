import { z } from 'zod';
import { TaskReferenceSchema, type Json } from '../protocol/index.ts';

const JsonSchema = z.json() as z.ZodType<Json>;
// The channel carries JSON only; an action is checked by its session, in bounds.
const AnyJsonSchema = z.custom<Json>((value) => value !== undefined);

/** From the orchestrator to an environment process. `session` is chosen by the orchestrator. */
export const RequestSchema = z.discriminatedUnion('method', [
  z.object({ id: z.number(), method: z.literal('open'), session: z.number(), task: TaskReferenceSchema }),
  z.object({ id: z.number(), method: z.literal('act'), session: z.number(), action: AnyJsonSchema }),
  z.object({ id: z.number(), method: z.literal('evidence'), session: z.number() }),
  z.object({ id: z.number(), method: z.literal('tampering'), session: z.number() }),
  z.object({ id: z.number(), method: z.literal('demonstrate'), session: z.number() }),
  z.object({
    id: z.number(),
    method: z.literal('explore'),
    session: z.number(),
    tries: z.number().int().positive(),
    steps: z.number().int().positive(),
    seed: z.string(),
  }),
  z.object({ id: z.number(), method: z.literal('close'), session: z.number() }),
]);
export type Request = z.infer<typeof RequestSchema>;

const ViewSchema = z.object({ observation: JsonSchema, affordances: z.array(JsonSchema).optional() });
const FeedbackSchema = z.object({
  error: z.string().optional(),
  progress: z.number().optional(),
  done: z.boolean().optional(),
});

export const OpenReplySchema = z.object({ first: ViewSchema, instruction: z.string().optional() });
export const ActReplySchema = z.object({ feedback: FeedbackSchema, view: ViewSchema });
export const TamperingReplySchema = z.array(z.string());
export const DemonstrateReplySchema = z.array(JsonSchema);
/** Null where the environment cannot be explored. */
export const ExploreReplySchema = z
  .array(z.object({ actions: z.array(JsonSchema), evidence: JsonSchema }))
  .nullable();

/** From an environment process to the orchestrator. */
export const ResponseSchema = z.union([
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('notice'), text: z.string() }),
  z.object({ type: z.literal('hold'), session: z.number(), isHeld: z.boolean() }),
  z.object({ type: z.literal('reply'), id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.object({
    type: z.literal('reply'),
    id: z.number(),
    ok: z.literal(false),
    error: z.object({
      code: z.string(),
      boundary: z.string(),
      message: z.string(),
      remedy: z
        .object({ text: z.string(), command: z.string().optional(), option: z.string().optional() })
        .optional(),
    }),
  }),
]);
export type Response = z.infer<typeof ResponseSchema>;
