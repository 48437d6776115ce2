import type { ActionNotation, ElementSign, Json } from 'lamarck';
import { z } from 'zod';
import type { BrowserObservation } from './observation.ts';

type Elements = BrowserObservation['elements'];

/** Parameters of actions that are references to elements. */
const REFERENCES = ['ref', 'to'];

const SignSchema = z.object({ role: z.string(), name: z.string(), place: z.number().optional() });

/** Elements are named by what they are, because the numbers of their references hang on all that stands before them. */
export const browserNotation: ActionNotation<BrowserObservation> = {
  write: (action, { elements }) =>
    withReferences(action, (ref) => {
      const element = elements.find((one) => one.ref === ref);
      if (!element) return ref;
      const { role, name } = element;
      const alike = elements.filter((one) => one.role === role && one.name === name);
      return { role, name, ...(alike.length > 1 && { place: alike.indexOf(element) }) };
    }),
  read: (written, { elements }) =>
    withReferences(written, (sign) => {
      const parsed = SignSchema.safeParse(sign);
      return parsed.success ? referenceOf(parsed.data, elements) : sign;
    }),
};

/** The last action of what was done by hand. */
export function ended(answer: string | null): Json {
  return { done: answer === null ? {} : { answer } };
}

function referenceOf({ role, name, place = 0 }: ElementSign, elements: Elements): string {
  const found = elements.filter((one) => one.role === role && one.name === name)[place];
  if (found) return found.ref;
  const named = elements.filter((one) => one.role === role).map((one) => `"${one.name}"`);
  throw new Error(
    `there is no ${role} "${name}"${place > 0 ? ` number ${place + 1}` : ''} (${named.length === 0 ? `nor any other ${role}` : `it has ${named.slice(0, 8).join(', ')}`}).`,
  );
}

function withReferences(action: Json, change: (value: Json) => Json): Json {
  const [name, parameters] = Object.entries(action as Record<string, Record<string, Json>>)[0] ?? [];
  if (name === undefined || parameters === undefined) return action;
  return {
    [name]: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [
        key,
        REFERENCES.includes(key) ? change(value) : value,
      ]),
    ),
  };
}
