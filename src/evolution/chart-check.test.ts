import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign, createActor, emit, fromPromise, raise, setup, type AnyStateMachine } from 'xstate';
import { readChart } from '../../sandboxes/isolate/read-chart.ts';
import type { Chart, ChartTransition } from '../sandbox/index.ts';
import { chartFault, reachedFrom, unreachedStates } from './chart-check.ts';
import { chartGraph } from './chart-graph.ts';

const decide = emit({ type: 'decision' });
const maybe = { guard: () => false };

function machineOf(definition: object): AnyStateMachine {
  return setup({ actors: { think: fromPromise(() => Promise.resolve(1)) } }).createMachine(
    definition as never,
  ) as unknown as AnyStateMachine;
}

const faultOf = (definition: object, kind: 'agent' | 'improver' = 'agent'): string | undefined =>
  chartFault(readChart(machineOf(definition)), kind);

describe('the chart of an agent', () => {
  it.each<[string, object]>([
    ['has one state', { on: { observe: { actions: decide } } }],
    [
      'thinks, and waits again',
      {
        initial: 'waiting',
        states: {
          waiting: { on: { observe: 'thinking' } },
          thinking: { invoke: { src: 'think', onDone: 'resting', onError: 'waiting' } },
          resting: { after: { 100: 'deciding' } },
          deciding: { entry: decide, always: 'waiting' },
        },
      },
    ],
    [
      'gives up in a final state',
      {
        initial: 'waiting',
        states: {
          waiting: { on: { observe: [{ ...maybe, target: 'over' }, { actions: decide }] } },
          over: { type: 'final' },
        },
      },
    ],
    [
      'answers from the state around it',
      {
        initial: 'a',
        states: { a: { on: { observe: { ...maybe, target: 'b' } } }, b: {} },
        on: { observe: { actions: decide } },
      },
    ],
    [
      'answers in one of two regions',
      {
        type: 'parallel',
        states: {
          hands: { initial: 'still', states: { still: {} } },
          eyes: { on: { observe: { actions: decide } } },
        },
      },
    ],
    [
      'sends itself an event',
      {
        initial: 'waiting',
        states: {
          waiting: { on: { observe: { actions: raise({ type: 'think' }) }, think: 'thinking' } },
          thinking: { always: { target: 'waiting', actions: decide } },
        },
      },
    ],
    [
      'waits beside a way out of a circle',
      {
        initial: 'a',
        states: {
          a: { on: { observe: 'b' } },
          b: { entry: decide, always: [{ ...maybe, target: 'a' }, { target: 'c' }] },
          c: { always: 'b' },
        },
      },
    ],
  ])('is sound where it %s', (_name, definition) => {
    expect(faultOf(definition)).toBeUndefined();
  });

  it.each<[string, object, string]>([
    [
      'a state that nothing leads to, once for all inside it',
      {
        initial: 'a',
        states: { a: { on: { observe: { actions: decide } } }, b: { initial: 'c', states: { c: {} } } },
      },
      'its state "b" can never be reached',
    ],
    [
      'a state behind a transition that never has its turn',
      {
        initial: 'a',
        states: { a: { on: { observe: [{ actions: decide }, { target: 'b' }] } }, b: { always: 'a' } },
      },
      'its state "b" can never be reached',
    ],
    [
      'a state that is not left',
      {
        initial: 'a',
        states: { a: { on: { observe: [{ ...maybe, target: 'b' }, { actions: decide }] } }, b: {} },
      },
      'from its state "b" it can never come to answer an observation, or to end',
    ],
    [
      'a wait for an event that nobody sends',
      { initial: 'a', states: { a: { on: { obzerve: { actions: decide } } } } },
      'from its state "a" it can never come to answer an observation, or to end',
    ],
    [
      'nothing to say',
      { on: { observe: { actions: assign({}) } } },
      'from its outermost state it can never come to answer an observation, or to end',
    ],
    [
      'an answer only after a second observation',
      {
        initial: 'a',
        states: {
          a: { on: { observe: 'b' } },
          b: { on: { observe: { target: 'c', actions: decide } } },
          c: {},
        },
      },
      'from its state "c" it can never come to answer an observation, or to end',
    ],
    [
      'a circle without a guard',
      {
        initial: 'a',
        states: {
          a: { on: { observe: { target: 'b', actions: decide } } },
          b: { always: 'c' },
          c: { always: 'b' },
        },
      },
      'its state "b" leads back to itself without waiting',
    ],
  ])('is refused for %s', (_name, definition, fault) => {
    expect(faultOf(definition)).toBe(fault);
  });
});

describe('the chart of an improver', () => {
  const call = emit({ type: 'call' });

  it('must be able to come to a final state', () => {
    const playing = {
      entry: call,
      on: { reply: [{ ...maybe, target: 'playing', reenter: true }, { target: 'done' }] },
    };
    expect(
      faultOf({ initial: 'playing', states: { playing, done: { type: 'final' } } }, 'improver'),
    ).toBeUndefined();
    expect(faultOf({ initial: 'playing', states: { playing, done: {} } }, 'improver')).toBe(
      'from its state "playing" it can never come to an end',
    );
  });

  it('is not at its end in a final state inside another that goes on', () => {
    const inner = { initial: 'a', states: { a: { on: { reply: 'b' } }, b: { type: 'final' } } };
    expect(faultOf({ initial: 'work', states: { work: inner } }, 'improver')).toMatch(
      /can never come to an end/,
    );
    const work = { ...inner, onDone: 'done' };
    expect(
      faultOf({ initial: 'work', states: { work, done: { type: 'final' } } }, 'improver'),
    ).toBeUndefined();
  });

  it('is at its end when all its regions are', () => {
    const region = { initial: 'a', states: { a: { on: { reply: 'b' } }, b: { type: 'final' } } };
    expect(
      faultOf({ type: 'parallel', states: { left: region, right: region } }, 'improver'),
    ).toBeUndefined();
  });
});

describe('a chart that a guest made up', () => {
  const state = (name: string, parent: string | null, targets: string[] = []): Chart['states'][number] => ({
    name,
    parent,
    kind: parent === null ? 'compound' : 'atomic',
    initial: parent === null ? ['a'] : [],
    emits: false,
    transitions: [{ event: 'reply', targets, isGuarded: false, emits: false }],
  });

  it.each<[string, Chart['states'], RegExp]>([
    [
      'leads to a state that there is not',
      [state('', null), state('a', '', ['nowhere'])],
      /leads to "nowhere"/,
    ],
    ['has two states of one name', [state('', null), state('a', ''), state('a', '')], /same name/],
    ['has a state inside itself', [state('', null), state('a', 'b'), state('b', 'a')], /inside itself/],
    ['has no outermost state', [state('a', 'a')], /outermost/],
  ])('is refused where it %s', (_name, states, fault) => {
    expect(chartFault({ states, sends: [] }, 'improver')).toMatch(fault);
  });
});

describe('a chart with more ways through it than can be walked', () => {
  type State = Chart['states'][number];
  const SIZE = 999;
  const state = (name: string, given: Partial<State> = {}): State => ({
    ...{ name, parent: '', kind: 'atomic', initial: [], emits: false, transitions: [] },
    ...given,
  });
  const way = (event: string, targets: string[], isGuarded = true): ChartTransition => ({
    ...{ event, targets, isGuarded, emits: false },
  });
  const root = (initial: string[], given: Partial<State> = {}): State =>
    state('', { parent: null, kind: 'compound', initial, ...given });
  const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `s${at}`);

  const CHARTS: Readonly<Record<string, State[]>> = {
    'regions that start in each other': [
      root(['s0', 't0']),
      ...names(60).flatMap((_, at) =>
        ['s', 't'].map((side) =>
          at === 59
            ? state(`${side}${at}`)
            : state(`${side}${at}`, { kind: 'compound', initial: [`s${at + 1}`, `t${at + 1}`] }),
        ),
      ),
    ],
    'transitions of the outermost state to all states': [
      root(['s0'], { transitions: names(9000).map((event, at) => way(event, [`s${at % SIZE}`])) }),
      ...names(SIZE).map((name) => state(name)),
    ],
    'a circle through all states that nothing waits in': [
      root(['s0']),
      ...names(SIZE).map((name, at) =>
        state(name, { transitions: [way('', [`s${(at + 1) % SIZE}`], at > 0)] }),
      ),
    ],
    'a thousand regions at once, which are entered from each': [
      root([], { kind: 'parallel', transitions: names(900).map((event) => way(event, [''])) }),
      ...names(SIZE).map((name) => state(name)),
    ],
    'states within states, a thousand deep': [
      root(['s0']),
      ...names(SIZE).map((name, at) =>
        state(name, {
          parent: at === 0 ? '' : `s${at - 1}`,
          ...(at === SIZE - 1 ? {} : { kind: 'compound', initial: [`s${at + 1}`] }),
          transitions: names(10).map((event) => way(event, [`s${SIZE - 1 - at}`])),
        }),
      ),
    ],
    'a hundred thousand states': [
      root(['s0']),
      ...names(100_000).map((name, at) => state(name, { transitions: [way('reply', [`s${at + 1}`])] })),
    ],
  };

  it.each(Object.entries(CHARTS))('is found faulty or too large, and soon: %s', (_what, states) => {
    for (const kind of ['agent', 'improver'] as const)
      expect(chartFault({ states, sends: 'any' }, kind)).toMatch(
        /too large to be checked|more than 11000|never|leads back|does not exist/,
      );
  });

  it('is no chart that an agent needs: one of a thousand states in a row is checked whole', () => {
    const states = [
      root(['s0']),
      ...names(SIZE).map((name, at) =>
        at === SIZE - 1
          ? state(name, { kind: 'final' })
          : state(name, { transitions: [way('reply', [`s${at + 1}`])] }),
      ),
    ];
    expect(chartFault({ states, sends: [] }, 'improver')).toBeUndefined();
  });
});

describe('any chart', () => {
  const SIZE = 5;
  const names = Array.from({ length: SIZE }, (_, at) => `s${at}`);
  const edge = fc.record({ to: fc.nat(SIZE - 1), isGuarded: fc.boolean(), isAlways: fc.boolean() });
  const edges = fc.array(fc.array(edge, { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE });

  it('visits no state that is called out of reach, whatever its guards say', () => {
    fc.assert(
      fc.property(edges, fc.infiniteStream(fc.boolean()), (ways, coins) => {
        const toss = (): boolean => coins.next().value as boolean;
        const states = Object.fromEntries(
          ways.map((list, at) => {
            const transitions = (always: boolean): object[] =>
              list
                .filter(({ isAlways }) => isAlways === always)
                // Only forwards without an event, so that every walk comes to a halt.
                .filter(({ to }) => !always || to > at)
                .map(({ to, isGuarded }) => ({ target: `s${to}`, ...(isGuarded ? { guard: toss } : {}) }));
            return [`s${at}`, { on: { reply: transitions(false) }, always: transitions(true) }];
          }),
        );
        const machine = machineOf({ initial: 's0', states });
        const chart = readChart(machine);
        const graph = chartGraph(chart, ['reply']);
        const lost = unreachedStates(
          chart,
          reachedFrom(graph.start, (leaf) => graph.stepsOf(leaf).flatMap(({ to }) => to)),
        );
        const actor = createActor(machine).start();
        for (let step = 0; step < 12; step++) {
          expect(lost).not.toContain(actor.getSnapshot().value);
          actor.send({ type: 'reply' });
        }
      }),
    );
  });

  it('is sound just where a table of paths says so', () => {
    fc.assert(
      fc.property(edges, fc.nat(SIZE - 1), (ways, last) => {
        const states = ways.map((list, at) => ({
          name: `s${at}`,
          parent: '',
          kind: at === last ? ('final' as const) : ('atomic' as const),
          initial: [],
          emits: false,
          transitions:
            at === last
              ? []
              : list.map(({ to }): ChartTransition => ({
                  event: 'reply',
                  targets: [`s${to}`],
                  isGuarded: true,
                  emits: false,
                })),
        }));
        const root = {
          ...states[0],
          name: '',
          parent: null,
          kind: 'compound' as const,
          initial: ['s0'],
          transitions: [],
        };
        const path = names.map((_, from) =>
          names.map(
            (__, to) => from === to || (from !== last && (ways[from] ?? []).some((way) => way.to === to)),
          ),
        );
        for (const [via] of names.entries())
          for (const from of path)
            path[via]?.forEach((isPath, to) => (from[to] ||= Boolean(from[via]) && isPath));
        const isSound = path[0]?.every(Boolean) && path.every((row) => row[last]);
        const fault = chartFault({ states: [root as never, ...states], sends: [] }, 'improver');
        expect(fault === undefined).toBe(isSound);
      }),
      { numRuns: 1000 },
    );
  });
});
