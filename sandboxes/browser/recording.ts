import { z } from 'zod';

const SignSchema = z.object({ role: z.string(), name: z.string(), place: z.number().exactOptional() });
const ActionSchema = z.record(z.string(), z.record(z.string(), z.union([z.string(), SignSchema])));

type RecordedAction = z.output<typeof ActionSchema>;

/** What was done by hand, without what only led to a text: clicks into its field, and its letters one by one. */
export class Recording {
  readonly #actions: RecordedAction[] = [];

  get actions(): readonly RecordedAction[] {
    return this.#actions;
  }

  add(action: RecordedAction): void {
    if ('fill' in action) while (isOnTheWay(this.#actions.at(-1), action)) this.#actions.pop();
    this.#actions.push(action);
  }

  /** Takes what the page told; its own scripts could have told something else. */
  hear(told: string): void {
    let value: unknown;
    try {
      value = JSON.parse(told);
    } catch {
      return;
    }
    const parsed = ActionSchema.safeParse(value);
    if (parsed.success) this.add(parsed.data);
  }
}

function isOnTheWay(before: RecordedAction | undefined, entry: RecordedAction): boolean {
  if (before === undefined || !('click' in before || 'fill' in before)) return false;
  return JSON.stringify(targetOf(before)) === JSON.stringify(targetOf(entry));
}

function targetOf(action: RecordedAction): unknown {
  return Object.values(action)[0]?.['ref'];
}
