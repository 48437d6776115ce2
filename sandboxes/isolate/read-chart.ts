import type { Chart, ChartState, ChartTransition } from 'lamarck';
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { pristine } from './pristine.ts';

const MOST_STATES = 1_000;
const MOST_TRANSITIONS = 10_000;

/** Actions of XState's own that send no event to the chart. */
const SILENT = new Set(['xstate.assign', 'xstate.emit', 'xstate.log', 'xstate.cancel', 'xstate.stopChild']);

/**
 * A machine as data, read from its definition; nothing of it is run. Which actor an invocation runs, and what a function
 * among the actions does, is not known: both may send any event.
 *
 * @throws an Error whose message says what is wrong with the chart.
 */
export function readChart(machine: AnyStateMachine): Chart {
  const states: ChartState[] = [];
  const sent = new Set<string>();
  let sendsAny = false;
  let transitionCount = 0;

  /** Whether the actions may emit; notes what they may send. */
  const emits = (actions: readonly unknown[]): boolean => {
    let found = false;
    for (const reference of actions) {
      const action = implementationOf(machine, reference);
      if (action?.type === 'xstate.emit' || action?.type === 'xstate.enqueueActions') found = true;
      if (action?.type === 'xstate.raise' && typeof action.event?.type === 'string')
        sent.add(action.event.type);
      else if (action && !SILENT.has(String(action.type))) sendsAny = true;
    }
    return found;
  };

  const readTransition = (transition: AnyTransitionDefinition): ChartTransition => {
    if (++transitionCount > MOST_TRANSITIONS)
      throw new pristine.Error(`the chart has more than ${MOST_TRANSITIONS} transitions`);
    const { target, guard, actions } = transition;
    return {
      event: String(transition.eventType),
      targets: (target ?? []).map(nameOf),
      isGuarded: guard !== undefined,
      emits: emits(actions),
    };
  };

  const visit = (node: AnyStateNode, parent: string | null): void => {
    if (states.length === MOST_STATES)
      throw new pristine.Error(`the chart has more than ${MOST_STATES} states`);
    if (node.invoke.length > 0) sendsAny = true;
    const first = node.type === 'compound' ? node.initial : undefined;
    const target = first?.target ?? (node.type === 'history' ? historyTarget(node) : []);
    states.push({
      name: nameOf(node),
      parent,
      kind: node.type,
      initial: target.map(nameOf),
      emits: emits([...node.entry, ...node.exit, ...(first?.actions ?? [])]),
      transitions: [...(node.always ?? []), ...[...node.transitions.values()].flat()].map(readTransition),
    });
    for (const child of Object.values(node.states) as AnyStateNode[]) visit(child, nameOf(node));
  };

  visit(machine.root as AnyStateNode, null);
  return { states, sends: sendsAny ? 'any' : [...sent] };
}

interface Action {
  readonly type?: unknown;
  readonly event?: { readonly type?: unknown };
}

/** What stands behind a reference to an action: a function that is inline, or one that the machine has by that name. */
function implementationOf(machine: AnyStateMachine, reference: unknown): Action | undefined {
  if (typeof reference === 'function') return reference as Action;
  const name = typeof reference === 'string' ? reference : (reference as Action).type;
  const actions = machine.implementations.actions as Record<string, Action | undefined>;
  return pristine.hasOwn(actions, String(name)) ? actions[String(name)] : undefined;
}

function historyTarget(node: AnyStateNode): readonly AnyStateNode[] {
  const { target } = node.config as { target?: string };
  const siblings = node.parent?.states ?? {};
  const name = target?.replace(/^\./, '') ?? '';
  return pristine.hasOwn(siblings, name) ? [siblings[name] as AnyStateNode] : [];
}

function nameOf({ path }: { readonly path: readonly string[] }): string {
  return path.join('.');
}
