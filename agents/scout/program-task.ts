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
  return (
    typeof observation === 'object' &&
    observation !== null &&
    'signature' in observation &&
    'examples' in observation
  );
}
