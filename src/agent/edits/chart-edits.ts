/** Edits of a statechart as it is written: the object that `createMachine` is given. */
import type { DescribedSplice, Splice } from './splice.ts';
import {
  childOf,
  childrenOf,
  nameOf,
  propertiesOf,
  stringValue,
  textOf,
  valueOf,
  type Source,
  type SyntaxNode,
} from './syntax.ts';

/** A state as it is written, among those beside it. */
interface State {
  readonly name: string;
  /** The property of this state in the object of its parent's `states`. */
  readonly property: SyntaxNode;
  readonly body: SyntaxNode;
  /** The object of states that it is in. */
  readonly region: SyntaxNode;
  readonly siblings: readonly string[];
}

export function* transitionEdits(source: Source): Generator<DescribedSplice> {
  const guards = guardsOf(source);
  for (const { body, siblings } of statesOf(source)) {
    for (const alternatives of transitionsOf(body)) {
      yield* reordered(source, alternatives);
      for (const transition of alternatives) {
        const target = targetOf(transition);
        const own = stringValue(target);
        if (target !== undefined && own !== undefined && siblings.includes(own))
          yield* others(target, siblings, 'target');
        const guard = transition.type === 'ObjectExpression' ? valueOf(transition, 'guard') : undefined;
        if (stringValue(guard) !== undefined) yield* others(guard as SyntaxNode, guards, 'guard');
      }
    }
  }
}

export function* stateEdits(source: Source): Generator<DescribedSplice> {
  const states = statesOf(source);
  const entries = states.map(({ body }) => valueOf(body, 'entry')).filter((entry) => entry !== undefined);
  const names = [...new Set(entries.flatMap((entry) => stringValue(entry) ?? []))];
  for (const chart of chartsOf(source)) {
    const [initial, regions] = [valueOf(chart, 'initial'), valueOf(chart, 'states')];
    if (stringValue(initial) !== undefined && regions?.type === 'ObjectExpression') {
      const all = propertiesOf(regions).map(({ name }) => name);
      yield* others(initial as SyntaxNode, all, 'initial');
    }
  }
  for (const state of states) {
    const entry = valueOf(state.body, 'entry');
    if (entry !== undefined && stringValue(entry) !== undefined) yield* others(entry, names, 'entry');
    yield* bypassed(source, state, states);
    yield* interposed(source, state, states);
  }
}

/** A literal for each other name. */
function* others(literal: SyntaxNode, names: readonly string[], what: string): Generator<DescribedSplice> {
  const own = stringValue(literal);
  for (const name of names) {
    if (name === own) continue;
    const replacement = JSON.stringify(name).replaceAll('"', "'");
    yield { start: literal.start, end: literal.end, replacement, says: `${what} ${own} → ${name}` };
  }
}

/** Alternatives of one event are tried in order: each may trade places with the next, and a guarded one may go. */
function* reordered(source: Source, alternatives: readonly SyntaxNode[]): Generator<DescribedSplice> {
  for (const [at, alternative] of alternatives.entries()) {
    const [previous, next] = [alternatives[at - 1], alternatives[at + 1]];
    const own = textOf(source, alternative);
    const to = stringValue(targetOf(alternative)) ?? 'nowhere';
    if (next !== undefined) {
      const replacement = `${textOf(source, next)}${source.text.slice(alternative.end, next.start)}${own}`;
      yield { start: alternative.start, end: next.end, replacement, says: `to ${to} after the next` };
    }
    const isGuarded = alternative.type === 'ObjectExpression' && valueOf(alternative, 'guard') !== undefined;
    if (!isGuarded || alternatives.length < 2) continue;
    const [start, end] = next
      ? [alternative.start, next.start]
      : [(previous as SyntaxNode).end, alternative.end];
    yield { start, end, replacement: '', says: `none to ${to}` };
  }
}

/** A state that goes on by itself is left out: what led to it leads to where it would have led in the end. */
function* bypassed(source: Source, state: State, states: readonly State[]): Generator<DescribedSplice> {
  const { region, property, name } = state;
  const always = valueOf(state.body, 'always');
  const last = always?.type === 'ArrayExpression' ? childrenOf(always, 'elements').at(-1) : always;
  const next = stringValue(last && targetOf(last));
  if (next === undefined || next === name || !state.siblings.includes(next)) return;
  const targets = targetsWithin(region, states).filter((target) => stringValue(target) === name);
  const following = source.text.slice(property.end).match(/^\s*,/)?.[0].length ?? 0;
  const gone = { start: property.start, end: property.end + following, replacement: '' };
  if (targets.length === 0) return;
  const splices = targets
    .filter(({ start }) => start < property.start || start >= property.end)
    .map(({ start, end }) => ({ start, end, replacement: `'${next}'` }));
  yield { ...rewritten(source, region, [...splices, gone]), says: `without ${name}` };
}

/** What another state does on entry is done on the way to a target. */
function* interposed(source: Source, state: State, states: readonly State[]): Generator<DescribedSplice> {
  const { region, siblings } = state;
  const beside = states.filter((other) => other.region === region);
  for (const target of transitionsOf(state.body).flat().map(targetOf)) {
    const to = stringValue(target);
    if (target === undefined || to === undefined || !siblings.includes(to)) continue;
    for (const other of beside) {
      const entry = valueOf(other.body, 'entry');
      const name = `${other.name}Before${to.slice(0, 1).toUpperCase()}${to.slice(1)}`;
      if (entry === undefined || other.name === to || siblings.includes(name)) continue;
      if (!/^[A-Za-z_]\w*$/.test(name)) continue;
      const added = `${name}: { entry: ${textOf(source, entry)}, always: '${to}' },\n      `;
      const splices = [
        { start: other.property.start, end: other.property.start, replacement: added },
        { start: target.start, end: target.end, replacement: `'${name}'` },
      ];
      const says = `${state.name} to ${to} by way of what ${other.name} does on entry`;
      yield { ...rewritten(source, region, splices), says };
    }
  }
}

/** Several changes within a node as one splice. */
function rewritten(source: Source, { start, end }: SyntaxNode, splices: readonly Splice[]): Splice {
  let [replacement, at] = ['', start];
  for (const splice of [...splices].sort((left, right) => left.start - right.start)) {
    replacement += source.text.slice(at, splice.start) + splice.replacement;
    at = splice.end;
  }
  return { start, end, replacement: replacement + source.text.slice(at, end) };
}

function chartsOf({ nodes }: Source): SyntaxNode[] {
  return nodes.flatMap(({ node }) => {
    if (node.type !== 'CallExpression' || nameOf(node) !== 'createMachine') return [];
    const [chart] = childrenOf(node, 'arguments');
    return chart?.type === 'ObjectExpression' ? [chart] : [];
  });
}

function statesOf(source: Source): State[] {
  return chartsOf(source).flatMap(statesIn);
}

function statesIn(parent: SyntaxNode): State[] {
  const region = valueOf(parent, 'states');
  if (region?.type !== 'ObjectExpression') return [];
  const properties = propertiesOf(region);
  const siblings = properties.map(({ name }) => name);
  return properties.flatMap(({ name, property, value: body }) =>
    body.type === 'ObjectExpression' ? [{ name, property, body, region, siblings }, ...statesIn(body)] : [],
  );
}

/** The transitions of a state: for each event, its alternatives in order. */
function transitionsOf(body: SyntaxNode): SyntaxNode[][] {
  const invoke = valueOf(body, 'invoke');
  const events = [body, ...(invoke?.type === 'ObjectExpression' ? [invoke] : [])].flatMap((object) =>
    propertiesOf(object).flatMap(({ name, value }) => {
      if (name === 'on' || name === 'after')
        return value.type === 'ObjectExpression' ? propertiesOf(value).map((event) => event.value) : [];
      return ['always', 'onDone', 'onError'].includes(name) ? [value] : [];
    }),
  );
  return events.map((event) => (event.type === 'ArrayExpression' ? childrenOf(event, 'elements') : [event]));
}

function targetsWithin(region: SyntaxNode, states: readonly State[]): SyntaxNode[] {
  return states
    .filter((state) => state.region === region)
    .flatMap(({ body }) =>
      transitionsOf(body)
        .flat()
        .flatMap((transition) => targetOf(transition) ?? []),
    );
}

/** The literal that says where a transition leads. */
function targetOf(transition: SyntaxNode): SyntaxNode | undefined {
  return transition.type === 'ObjectExpression' ? valueOf(transition, 'target') : transition;
}

/** Names of the guards that are set up. */
function guardsOf({ nodes }: Source): string[] {
  return nodes.flatMap(({ node }) => {
    const value = childOf(node, 'value');
    return node.type === 'ObjectProperty' &&
      nameOf(childOf(node, 'key')) === 'guards' &&
      value?.type === 'ObjectExpression'
      ? propertiesOf(value).map(({ name }) => name)
      : [];
  });
}
