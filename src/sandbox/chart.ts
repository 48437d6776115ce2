/** A guest's statechart as data: what can be said of it without running it. */
export interface Chart {
  /** The root first, every state before those inside it. */
  readonly states: readonly ChartState[];
  /** Names of the events that it sends itself; `any` where its code decides. */
  readonly sends: readonly string[] | 'any';
}

export interface ChartState {
  /** Path from the root, joined by dots; the root's is empty. */
  readonly name: string;
  readonly parent: string | null;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final' | 'history';
  /** States that are entered with it, where it says so. A parallel state enters all inside it. */
  readonly initial: readonly string[];
  /** Whether an action on the way in or out may emit. */
  readonly emits: boolean;
  /** In the order in which they are tried. */
  readonly transitions: readonly ChartTransition[];
}

export interface ChartTransition {
  /** As XState names it (`observe`, `*`, `xstate.after.…`); empty for one that is always tried. */
  readonly event: string;
  /** Names of the states that the transition leads to; empty where it does not leave its state. */
  readonly targets: readonly string[];
  readonly isGuarded: boolean;
  /** Whether one of its actions may emit. */
  readonly emits: boolean;
}
