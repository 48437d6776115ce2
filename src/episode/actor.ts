import type { AgentEvent, AgentInput } from '../agent/index.ts';
import type { ActorReference, Json, StateChange } from '../protocol/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';
import type { World } from './world.ts';

/** What an actor chose; no `action` means that it has come to its own end. */
export interface Choice {
  action?: Json;
  note?: Json;
  changes: readonly StateChange[];
}

/** An actor at one task. Its own failures are thrown with boundary `agent`. */
export interface LiveActor {
  decide(event: AgentEvent & { type: 'observe' }): Promise<Choice>;
  dispose(): Promise<void>;
}

/** Who acts in episodes: a genome, or a reference that genomes are compared with. */
export interface Actor {
  readonly reference: ActorReference;
  /** Tries the task beforehand on a session of its own, where it has to; who then acts in its place. */
  rehearse?(family: TaskFamily, task: Task, world: World, signal: AbortSignal): Promise<Actor | undefined>;
  start(input: AgentInput, family: TaskFamily, task: Task, signal: AbortSignal): Promise<LiveActor>;
}
