import type { AnyStateMachine } from 'xstate';
import type { Json } from './json.ts';

/** An action as it travels: one name, its parameters: `{ click: { ref: 'e3' } }`. */
export type Action = { readonly [name: string]: { readonly [parameter: string]: Json } };

/** The `input` of a genome's `agent.ts` machine. The task's family is not told. */
export interface AgentInput {
  readonly instruction: string;
  /** Name of the environment, e.g. `browser`, `program`. */
  readonly environment: string;
  readonly maxSteps: number;
  /** For `createRandom`; `Math.random` is seeded from it too. Says nothing of the task. */
  readonly seed: string;
}

/** What an agent's machine is sent. */
export type AgentEvent =
  | {
      readonly type: 'observe';
      readonly step: number;
      readonly observation: Json;
      /** What can be done right now; absent where the environment does not list it. */
      readonly affordances?: readonly Action[];
      /** Why the last action was rejected. */
      readonly error?: string;
    }
  | { readonly type: 'reply'; readonly id: number; readonly value: Json };

/** What an agent's machine emits (XState's `emit`). Exactly one decision answers an `observe`. */
export type AgentEmitted = { readonly type: 'decision'; readonly action: Action; readonly note?: Json };

/** One step as an improver reads it. */
export interface StepView {
  readonly observation: Json;
  readonly affordances?: readonly Action[];
  readonly action: Action;
  readonly note?: Json;
  readonly error?: string;
}

/** One episode as an improver reads it: always from the train split. */
export interface TrajectoryView {
  /** Opaque name of the task's family, the same for all its tasks in a run: `family-2`. */
  readonly family: string;
  readonly environment: string;
  /** Index of the task within the family's train split. */
  readonly task: number;
  readonly difficulty: number;
  readonly instruction: string;
  readonly steps: readonly StepView[];
  /** In [0, 1]; null where nothing may be concluded. */
  readonly reward: number | null;
  readonly stop: string;
}

/** What was tried before in the lineage, and what came of it: newest last. */
export interface Lesson {
  /** The kind that the improver named. */
  readonly kind: string;
  readonly verdict: 'better' | 'not-better' | 'undecided' | 'refused';
  /** Child minus parent on the same dev tasks, in [-1, 1]; null where there was no race. */
  readonly gain: number | null;
}

/** Another member of the archive, for recombination. */
export interface Mate {
  /** Opaque: `mate-1`. A patch that takes from it names it. */
  readonly id: string;
  readonly files: Readonly<Record<string, string>>;
  /** What was tried in its own lineage, and what came of it. */
  readonly lessons: readonly Lesson[];
}

/** The `input` of a genome's `improve.ts` machine. */
export interface ImproverInput {
  /** The genome's own files. */
  readonly files: Readonly<Record<string, string>>;
  /** The families to learn from, with the environment and the difficulties of each. */
  readonly families: readonly {
    readonly family: string;
    readonly environment: string;
    readonly difficulties: number;
  }[];
  readonly lessons: readonly Lesson[];
  /**
   * What the child may differ in: with `learning` only in `.json` files, `skills/` and `library/` (a patch that goes
   * further is refused), with `everything` in any file, this improver's own among them.
   */
  readonly scope: 'learning' | 'everything';
  /** Other members of the archive, at most 3; none while learning alone is asked for. */
  readonly mates: readonly Mate[];
  /** The parent's trajectories on the train split so far. */
  readonly trajectories: readonly TrajectoryView[];
  /** Games on the train split that people won. */
  readonly demonstrations: readonly TrajectoryView[];
  /** Train episodes that this improvement may play. */
  readonly budget: { readonly episodes: number };
  readonly seed: string;
}

/** Arguments of the call `play`: a draft of the child tries tasks of the train split. */
export type PlayRequest = {
  /** Files that differ from the genome's own; null deletes. */
  readonly files: { readonly [path: string]: string | null };
  /** `task` is an index into the family's train split, from 0 to 2^20 − 1. */
  readonly tasks: readonly { readonly family: string; readonly task: number; readonly difficulty: number }[];
  /** Tries at each task (a group); repeats differ in the agent's randomness only. */
  readonly repeats: number;
};

/**
 * Arguments of the call `explore`: each task is searched for a first win by synthetic play inside its world, `tries` playouts
 * at most, and a playout that wins is played again as a normal episode. A task costs one episode, its win another.
 */
export type ExploreRequest = {
  readonly tasks: readonly { readonly family: string; readonly task: number; readonly difficulty: number }[];
  readonly tries: number;
};

/**
 * Arguments of the call `mend`: the genome's own agent plays an episode of `workspace` whose files are its own code. A test is a task
 * of the train split, passed by a draft that wins it; hidden ones are tried with what is handed in and with the genome as it is,
 * and the episode is worth 1 where the former is clearly better.
 */
export type MendRequest = {
  /** The file whose typed edits are offered. */
  readonly module: string;
  readonly tests: PlayRequest['tasks'];
  readonly hidden: PlayRequest['tasks'];
  /** Runs of the tests, on the files or on an edit. Each costs as many episodes as there are tests. */
  readonly runs: number;
};

/**
 * Reply to `play`: trajectories task by task, each with its repeats; fewer where the budget ended, none when it is spent.
 * Reply to `explore`: the wins that real input confirmed, at most one a task.
 * Reply to `mend`: the repair, whose last observation shows the files as they were handed in.
 */
export type PlayReply = { readonly trajectories: readonly TrajectoryView[]; readonly episodesLeft: number };

export type ImproverEvent = { readonly type: 'reply'; readonly id: number; readonly value: PlayReply };

/** What an improver's machine emits. A `patch` ends its work; reaching the final state without one means no child. */
export type ImproverEmitted =
  | { readonly type: 'call'; readonly id: number; readonly name: 'play'; readonly arguments: PlayRequest }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly name: 'explore';
      readonly arguments: ExploreRequest;
    }
  | { readonly type: 'call'; readonly id: number; readonly name: 'mend'; readonly arguments: MendRequest }
  | {
      readonly type: 'patch';
      readonly files: { readonly [path: string]: string | null };
      /** What kind of change it is, in a word: `policy`, `skills`, `costs`, `edit`, `recombine`. */
      readonly kind: string;
      /** The mate that it takes from, where it does. */
      readonly mate?: string;
      /** One line for people: what changed, and why. */
      readonly rationale: string;
    };

/** A genome's entry as {@link defineAgent} or {@link defineImprover} returns it. */
export interface GuestDefinition {
  readonly kind: 'agent' | 'improver';
  readonly machine: AnyStateMachine;
}
