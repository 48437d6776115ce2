import type { GuestAnswer, GuestFault, GuestReply } from 'lamarck';
import { z } from 'zod';

const MOST_PATCHED_FILES = 200;

/** Every segment starts with a letter, a digit or `_`: no absolute path, no `..`, no hidden file, no backslash. */
const GenomePathSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*(\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/);

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
          (files) => Object.keys(files).length <= MOST_PATCHED_FILES,
          `a patch has at most ${MOST_PATCHED_FILES} files`,
        ),
      kind: z.string().min(1).max(100),
      rationale: z.string().max(10_000),
    })
    .transform(({ files, kind, rationale }): GuestAnswer => ({
      kind: 'patch',
      files,
      improvement: kind,
      rationale,
    })),
]);

const changes = z.array(z.object({ from: z.string(), to: z.string(), event: z.string() }));

const GuestMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('emitted'), event: EmittedSchema, changes }),
  z.object({ kind: z.enum(['idle', 'end']), changes }),
  z.object({
    kind: z.literal('fault'),
    fault: z.enum(['throw', 'fuel', 'protocol', 'timeout']),
    message: z.string(),
  }),
]);

/** Reads what a guest wrote. Nothing in it is believed beyond its shape: a text of another shape is the guest's fault. */
export function readGuestMessage(text: string): GuestReply | { fault: GuestFault; message: string } {
  const protocol = (message: string): { fault: GuestFault; message: string } => ({
    fault: 'protocol',
    message,
  });
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return protocol('It answered with what is no JSON.');
  }
  const { data, error } = GuestMessageSchema.safeParse(message);
  if (error)
    return protocol(`It emitted what is no decision, call or patch: ${z.prettifyError(error).slice(0, 500)}`);
  if (data.kind === 'fault') return { fault: data.fault, message: data.message };
  return { answer: data.kind === 'emitted' ? data.event : { kind: data.kind }, changes: data.changes };
}
