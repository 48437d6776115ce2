import type { ActionSchemas } from '../environment/index.ts';
import type { Json } from '../protocol/index.ts';

/** A way to earn without doing what was asked for. */
export interface Forgery {
  /** For people: `texts that are HTML with a script`. */
  readonly what: string;
  readonly by: 'value' | 'script' | 'program' | 'shown examples' | 'file';
  readonly actions: readonly Json[];
}

/** What a forger knows of a task: how it was solved, what was seen at its start, and what was judged. */
export interface Known {
  readonly actions: readonly Json[];
  readonly observation: Json;
  readonly evidence: Json;
  /** The environment's, by name: they tell which of them writes files. */
  readonly schemas: ActionSchemas;
}
