import type { AnyStateMachine } from 'xstate';
import type { GuestDefinition } from '../protocol/index.ts';

/**
 * A genome's `agent.ts` exports the result of this as its default: an XState machine (input {@link AgentInput}) that is
 * sent `observe` events and emits one `decision` for each.
 *
 * @example
 * export default defineAgent({
 *   machine: setup({ types: { input: {} as AgentInput, events: {} as AgentEvent, emitted: {} as AgentEmitted } })
 *     .createMachine({ on: { observe: { actions: emit({ type: 'decision', action: { submit: {} } }) } } }),
 * });
 */
export function defineAgent(definition: { machine: AnyStateMachine }): GuestDefinition {
  return { kind: 'agent', machine: definition.machine };
}

/**
 * A genome's `improve.ts` exports the result of this as its default: an XState machine (input {@link ImproverInput})
 * that writes the genome's child: it may emit `call` (to `play`), and ends by emitting a `patch`.
 */
export function defineImprover(definition: { machine: AnyStateMachine }): GuestDefinition {
  return { kind: 'improver', machine: definition.machine };
}
