/** A program task as it is shown: what the function takes and gives, and examples of it. */
import type { Json } from 'lamarck/agent';

export interface ProgramTask {
  readonly signature: {
    readonly parameters: readonly { readonly name: string; readonly type: string }[];
    readonly result: string;
    readonly fields?: Readonly<Record<string, string>>;
  };
  readonly examples: readonly { readonly input: readonly Json[]; readonly output: Json }[];
}

/** Whether an observation has the shape of a program task, whatever its environment is called. */
export function isProgramTask(observation: unknown): observation is ProgramTask {
  if (!isObject(observation) || !isObject(observation['signature'])) return false;
  const { signature, examples } = observation;
  return (
    typeof signature['result'] === 'string' &&
    isListOf(
      signature['parameters'],
      ({ name, type }) => typeof name === 'string' && typeof type === 'string',
    ) &&
    isListOf(examples, (example) => Array.isArray(example['input']) && 'output' in example)
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isListOf(value: unknown, is: (member: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((member) => isObject(member) && is(member));
}
