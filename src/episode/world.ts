import type { Feedback, HoldClock, Playout } from '../environment/index.ts';
import type { Json, TaskReference } from '../protocol/index.ts';

/** What can be seen at a moment, and done. */
export interface View {
  observation: Json;
  affordances?: readonly Json[];
}

/** A session as an episode uses it, wherever it lives. */
export interface WorldSession {
  readonly first: View;
  /** What is asked, where only the world knows it. */
  readonly instruction?: string | undefined;
  /** Acts, then looks: one round trip. */
  act(action: Json): Promise<{ feedback: Feedback; view: View }>;
  evidence(): Promise<Json>;
  /** Asked after the evidence, see the hook of the same name. */
  tampering?(): Promise<readonly string[]>;
  /** Playouts that the world found by exploring itself, see the hook of the same name; undefined where it cannot. */
  explore?(search: { tries: number; steps: number; seed: string }): Promise<readonly Playout[] | undefined>;
  /** Performs the family's reference solution that is no list of actions, and tells the actions that come to the same. */
  demonstrate?(): Promise<readonly Json[]>;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** Stops the clock while opening waits for what is no work of the episode, such as the start of a server. */
  readonly hold?: HoldClock;
  /**
   * No other session is to share what could fail, such as a process or a browser: what fails then is the doing of this session, or of
   * nobody. A world whose sessions share nothing, or that cannot tell, ignores it.
   */
  readonly isAlone?: boolean;
}

/** Where sessions are opened. Its faults are thrown with boundary `sandbox` or `environment`, never scored. */
export interface World {
  open(task: TaskReference, signal: AbortSignal, options?: WorldOptions): Promise<WorldSession>;
}
