import {
  GENOME_PATH_SEGMENT,
  LONGEST_GENOME_PATH,
  MOST_GENOME_FILES,
  type Chart,
  type GuestAnswer,
  type GuestFault,
  type GuestReply,
} from 'lamarck';
import { z } from 'zod';

const GenomePathSchema = z
  .string()
  .max(LONGEST_GENOME_PATH)
  .refine((path) => path.split('/').every((segment) => GENOME_PATH_SEGMENT.test(segment)));

// The text was read by JSON.parse: whatever stands here is JSON already.
const JsonSchema = z.custom<NonNullable<Extract<GuestAnswer, { kind: 'decision' }>['action']>>(() => true);

const ActionSchema = z
  .record(z.string(), z.record(z.string(), JsonSchema))
  .refine((action) => Object.keys(action).length === 1, 'an action has one name');

/** What a chart may emit, in answer form. */
const EmittedSchema = z.discriminatedUnion('type', [
  z
    .object({ type: z.literal('decision'), action: ActionSchema, note: JsonSchema.optional() })
    .transform(({ action, note }): GuestAnswer => ({
      kind: 'decision',
      action,
      ...(note === undefined ? {} : { note }),
    })),
  z
    .object({
      type: z.literal('call'),
      id: z.number().int().nonnegative(),
      name: z.string().max(100),
      arguments: JsonSchema,
    })
    .transform(({ id, name, arguments: given }): GuestAnswer => ({
      kind: 'call',
      id,
      name,
      arguments: given,
    })),
  z
    .object({
      type: z.literal('patch'),
      files: z
        .record(GenomePathSchema, z.string().nullable())
        .refine(
          (files) => Object.keys(files).length <= MOST_GENOME_FILES,
          `a patch has at most ${MOST_GENOME_FILES} files`,
        ),
      kind: z.string().min(1).max(100),
      mate: z.string().max(100).optional(),
      rationale: z.string().max(10_000),
    })
    .transform(({ files, kind, mate, rationale }): GuestAnswer => ({
      kind: 'patch',
      files,
      improvement: kind,
      ...(mate === undefined ? {} : { mate }),
      rationale,
    })),
]);

const changes = z.array(z.object({ from: z.string(), to: z.string(), event: z.string() }));

const FaultSchema = z.object({
  kind: z.literal('fault'),
  fault: z.enum(['throw', 'fuel', 'protocol', 'timeout']),
  message: z.string(),
});

const GuestMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('emitted'), event: EmittedSchema, changes }),
  z.object({ kind: z.enum(['idle', 'end']), changes }),
  FaultSchema,
]);

const ChartSchema = z.object({
  states: z.array(
    z.object({
      name: z.string(),
      parent: z.string().nullable(),
      kind: z.enum(['atomic', 'compound', 'parallel', 'final', 'history']),
      initial: z.array(z.string()),
      emits: z.boolean(),
      transitions: z.array(
        z.object({
          event: z.string(),
          targets: z.array(z.string()),
          isGuarded: z.boolean(),
          emits: z.boolean(),
        }),
      ),
    }),
  ),
  sends: z.union([z.array(z.string()), z.literal('any')]),
}) satisfies z.ZodType<Chart>;

const ChartMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chart'), chart: ChartSchema }),
  FaultSchema,
]);

/** A guest that is to blame, and for what. */
export interface Fault {
  readonly fault: GuestFault;
  readonly message: string;
}

/** Reads what a guest wrote. Nothing in it is believed beyond its shape: a text of another shape is the guest's fault. */
export function readGuestMessage(text: string): GuestReply | Fault {
  const data = readAs(GuestMessageSchema, text, 'It emitted what is no decision, call or patch');
  if ('fault' in data) return data;
  return { answer: data.kind === 'emitted' ? data.event : { kind: data.kind }, changes: data.changes };
}

/** Reads the chart that a guest said it has. */
export function readChartMessage(text: string): Chart | Fault {
  const data = readAs(ChartMessageSchema, text, 'Its chart cannot be read');
  return 'fault' in data ? data : data.chart;
}

function readAs<Message>(schema: z.ZodType<Message>, text: string, problem: string): Message | Fault {
  const protocol = (message: string): Fault => ({ fault: 'protocol', message });
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return protocol('It answered with what is no JSON.');
  }
  const { data, error } = schema.safeParse(message);
  return error ? protocol(`${problem}: ${z.prettifyError(error).slice(0, 500)}`) : (data as Message);
}
