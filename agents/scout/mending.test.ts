import type { Action, TrajectoryView } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { taughtBy } from './improve/mending-study.ts';
import { inOrder, learnOrder, noOrder } from './mend-order.ts';
import { isMendTask, type Edit, type MendTask } from './mend-task.ts';
import { mend, mendingNothing, seeMending, type Mending } from './mending.ts';

const TEXT = `export function larger(one: number, other: number): number {
  if (one < other) return one;
  return other;
}
export function twice(one: number): number {
  return one + one;
}
`;
const edit = (kind: string, line: number, nth = 0): Edit => ({ path: 'larger.ts', kind, line, nth });
const EDITS = [
  edit('addition', 6),
  edit('boundary', 2),
  edit('direction', 2),
  edit('negation', 2),
  edit('variable', 3),
];
const CAN: Action[] = [...EDITS.map((mutate) => ({ mutate: { ...mutate } })), { submit: {} }];
const task = (given: Partial<MendTask> = {}): MendTask => ({
  module: 'larger.ts',
  files: { 'larger.ts': TEXT },
  tests: [{ call: 'larger' }, { call: 'twice' }],
  results: [{ ok: false }, { ok: true }],
  probed: [],
  left: 400,
  ...given,
});
const next = (shown: MendTask, known: Mending = mendingNothing, can = CAN) =>
  mend(shown, seeMending(known, shown), can, noOrder, 'seed').action;

describe('mending', () => {
  it('tests first, probes all it can, and makes an edit that passes', () => {
    expect(next(task({ results: null }))).toEqual({ test: {} });
    const { probe } = next(task()) as unknown as { probe: { mutations: Edit[] } };
    expect(new Set(probe.mutations)).toEqual(new Set(EDITS));
    const known = seeMending(mendingNothing, task());
    const probed = EDITS.map((mutation) => ({ mutation, passed: mutation.kind === 'direction' ? 2 : 1 }));
    expect(next(task({ probed }), known)).toEqual({ mutate: edit('direction', 2) });
    expect(next(task({ results: [{ ok: true }, { ok: true }] }))).toEqual({ submit: {} });
  });

  it('goes on with an edit that helps in part once nothing else is left, and hands in what it has in the end', () => {
    const known = seeMending(mendingNothing, task());
    const probed = EDITS.map((mutation) => ({ mutation, passed: 1 }));
    expect(next(task({ probed }), known)).toEqual({ submit: {} });
    const helps = EDITS.map((mutation, at) => ({ mutation, passed: at === 0 ? 1 : 0 }));
    expect(next(task({ probed: helps, results: [{ ok: false }, { ok: false }] }), known)).toEqual({
      mutate: edit('addition', 6),
    });
    expect(next(task({ results: null, left: 0 }))).toEqual({ submit: {} });
    expect(next(task({ left: 1 }))).toEqual({ submit: {} });
  });

  it('forgets what was probed on another text', () => {
    const before = seeMending(mendingNothing, task({ files: { 'larger.ts': 'other' } }));
    const probed = EDITS.map((mutation) => ({ mutation, passed: 2 }));
    expect(seeMending(before, task({ probed })).tried).toEqual({});
  });

  it('begins with ten edits, and probes more and more', () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ mutate: { ...edit('number-up', 2, at) } }));
    const sizeAfter = (count: number): number => {
      const probed = many.slice(0, count).map(({ mutate }) => ({ mutation: mutate, passed: 0 }));
      const known = seeMending(mendingNothing, task());
      const { probe } = next(task({ probed }), known, many) as unknown as { probe: { mutations: Edit[] } };
      return probe.mutations.length;
    };
    expect([0, 10, 30, 70].map(sizeAfter)).toEqual([10, 20, 40, 50]);
  });
});

describe('the order of edits', () => {
  it('is of the seed where nothing is known', () => {
    const orders = ['a', 'b', 'c'].map((seed) =>
      inOrder(task(), EDITS, {}, seed)
        .map(({ kind }) => kind)
        .join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
    expect(inOrder(task(), EDITS, {}, 'a')).toEqual(inOrder(task(), EDITS, {}, 'a'));
  });

  const choice = (chosen: number, isRight = true) => ({ task: task(), edits: EDITS, chosen, isRight });

  it('is learned from what mended, by kind, place, and what fails', () => {
    const tries = Array.from({ length: 5 }, () => choice(2));
    const { tries: weights, choices } = learnOrder(noOrder, { tries, choices: [] });
    expect(weights['direction']).toBeGreaterThan(0);
    expect(weights['boundary']).toBeLessThan(0);
    expect(weights['what fails']).toBeGreaterThan(weights['what passes'] ?? 0);
    expect(inOrder(task(), EDITS, weights, 'a')[0]).toEqual(edit('direction', 2));
    expect(choices).toEqual({});
    expect(learnOrder(noOrder, { tries: [], choices: [] })).toEqual(noOrder);
  });

  it('learns from choices that were wrong, too', () => {
    const choices = Array.from({ length: 5 }, () => choice(3, false));
    const { choices: weights } = learnOrder(noOrder, { tries: [], choices });
    expect(weights['negation']).toBeLessThan(0);
    expect(inOrder(task(), EDITS, weights, 'a').at(-1)).toEqual(edit('negation', 2));
  });

  it('takes what it learns from episodes that came to a conclusion', () => {
    const probed = [2, 3].map((at) => ({ mutation: EDITS[at] as Edit, passed: 2 }));
    const view = (reward: number | null): TrajectoryView => ({
      family: 'family-1',
      environment: 'workspace',
      task: 0,
      difficulty: 1,
      instruction: 'Mend it.',
      steps: [
        { observation: task() as never, affordances: CAN, action: { probe: { mutations: [] } } },
        {
          observation: task({ probed }) as never,
          affordances: CAN,
          action: { mutate: { ...edit('negation', 2) } },
        },
        { observation: task() as never, affordances: CAN, action: { submit: {} } },
      ],
      reward,
      stop: 'environment-done',
    });
    const won = taughtBy([view(1)]);
    expect(won.tries.map(({ chosen, edits }) => edits[chosen]?.kind)).toEqual(['negation']);
    expect(won.choices.map(({ edits }) => edits.map(({ kind }) => kind))).toEqual([
      ['direction', 'negation'],
    ]);
    const both = taughtBy([view(0)], won);
    expect(both.tries).toEqual(won.tries);
    expect(both.choices.map(({ isRight }) => isRight)).toEqual([true, false]);
    expect(taughtBy([view(null)])).toEqual({ tries: [], choices: [] });
  });
});

it('knows a repair by its shape', () => {
  expect(isMendTask(task())).toBe(true);
  expect(isMendTask({ elements: [], url: '/' })).toBe(false);
  expect(isMendTask(null)).toBe(false);
});
