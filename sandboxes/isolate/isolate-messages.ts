import type { Json } from 'lamarck';
import { z } from 'zod';

/** What crosses between the orchestrator and a process that owns isolates. Both sides check; texts from guests stay texts. */

const id = z.number().int().nonnegative();
const milliseconds = z.number().positive();

export const AgentProcessRequestSchema = z.discriminatedUnion('type', [
  /** First of all: what each context begins with. */
  z.object({ id, type: z.literal('prelude'), code: z.string() }),
  z.object({
    id,
    type: z.literal('boot'),
    guest: id,
    hash: z.string(),
    /** Sent again only if the process answered `missing`. */
    code: z.string().optional(),
    /** JSON text of the guest's options. */
    options: z.string(),
    /** JSON text of the machine's input. */
    input: z.string(),
    memoryMegabytes: z.number().int().min(8),
    milliseconds,
  }),
  z.object({ id, type: z.literal('deliver'), guest: id, event: z.string(), milliseconds }),
  z.object({ id, type: z.literal('dispose'), guest: id }),
]);
export type AgentProcessRequest = z.infer<typeof AgentProcessRequestSchema>;

const GuestFaultSchema = z.enum(['compile', 'throw', 'fuel', 'memory', 'timeout', 'protocol']);

export const AgentProcessReplySchema = z.discriminatedUnion('type', [
  z.object({ id, type: z.literal('done') }),
  /** The genome of this hash is not (or no longer) loaded. */
  z.object({ id, type: z.literal('missing') }),
  /** JSON text of a {@link GuestMessageSchema}, as the guest wrote it. */
  z.object({ id, type: z.literal('answer'), text: z.string() }),
  z.object({ id, type: z.literal('fault'), fault: GuestFaultSchema, message: z.string() }),
]);
export type AgentProcessReply = z.infer<typeof AgentProcessReplySchema>;

const ProgramLimitsSchema = z.object({
  fuel: z.number().int().positive(),
  memoryMegabytes: z.number().int().min(8),
  wallMilliseconds: milliseconds,
});

export const ProgramRequestSchema = z.discriminatedUnion('type', [
  z.object({ id, type: z.literal('prelude'), code: z.string() }),
  z.object({
    id,
    type: z.literal('run'),
    limits: ProgramLimitsSchema,
    /** Compiled code, and the JSON text of each argument list. */
    candidates: z.array(z.object({ code: z.string(), inputs: z.array(z.string()) })),
  }),
]);
export type ProgramRequest = z.infer<typeof ProgramRequestSchema>;

const tampering = z.array(z.string()).readonly().exactOptional();
export const ProgramOutcomeSchema = z.discriminatedUnion('ok', [
  // The value was read by JSON.parse, so it is JSON already.
  z.object({ ok: z.literal(true), value: z.custom<Json>((value) => value !== undefined), tampering }),
  z.object({
    ok: z.literal(false),
    kind: z.enum(['syntax', 'throw', 'fuel', 'memory', 'timeout', 'output', 'killed']),
    message: z.string(),
    tampering,
  }),
]);

export const ProgramReplySchema = z.discriminatedUnion('type', [
  z.object({ id, type: z.literal('done') }),
  /** By candidate, by input: the JSON text of a {@link ProgramOutcomeSchema}. */
  z.object({ id, type: z.literal('outcomes'), outcomes: z.array(z.array(z.string())) }),
]);
export type ProgramReply = z.infer<typeof ProgramReplySchema>;
