import type { Action, TrajectoryView } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { taughtBy } from '../improve/mending-study.ts';
import { choosingFacts, tryingFacts } from './mend-facts.ts';
import { readPhrases } from './mend-phrases.ts';
import { inOrder, learnOrder, noOrder } from './mend-order.ts';
import { isMendTask, type Edit, type MendTask, type Trial } from './mend-task.ts';
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
  ran: null,
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

const probe = (
  mutation: Edit,
  passed: number,
  changes: number | null = null,
): MendTask['probed'][number] => ({
  mutation,
  passed,
  changes,
  breaks: changes === null ? null : 0,
});

describe('mending', () => {
  it('tests first, probes all it can, and makes an edit that passes', () => {
    expect(next(task({ results: null }))).toEqual({ test: {} });
    const { probe: first } = next(task()) as unknown as { probe: { mutations: Edit[] } };
    expect(new Set(first.mutations)).toEqual(new Set(EDITS));
    const known = seeMending(mendingNothing, task());
    const probed = EDITS.map((edit) => probe(edit, edit.kind === 'direction' ? 2 : 1));
    expect(next(task({ probed }), known)).toEqual({ mutate: edit('direction', 2) });
    const edited = seeMending(known, task({ files: { 'larger.ts': 'other' } }));
    const passing = { files: { 'larger.ts': 'other' }, results: [{ ok: true }, { ok: true }] };
    expect(next(task(passing), edited)).toEqual({ submit: {} });
  });

  it('looks for a fault that the tests do not show, among edits that change something else', () => {
    const results = [{ ok: true }, { ok: true }];
    expect(next(task({ results }))).toHaveProperty('probe');
    const known = seeMending(mendingNothing, task({ results }));
    const probed = EDITS.map((edit) => probe(edit, 2, edit.kind === 'boundary' ? 0.1 : 0));
    expect(next(task({ results, probed }), known)).toEqual({ mutate: edit('boundary', 2) });
    const silent = EDITS.map((edit) => probe(edit, 2, 0));
    expect(next(task({ results, probed: silent }), known)).toEqual({ submit: {} });
  });

  it('goes on with an edit that helps in part once nothing else is left, and hands in what it has in the end', () => {
    const known = seeMending(mendingNothing, task());
    const probed = EDITS.map((edit) => probe(edit, 1));
    expect(next(task({ probed }), known)).toEqual({ submit: {} });
    const helps = EDITS.map((edit, at) => probe(edit, at === 0 ? 1 : 0));
    expect(next(task({ probed: helps, results: [{ ok: false }, { ok: false }] }), known)).toEqual({
      mutate: edit('addition', 6),
    });
    expect(next(task({ results: null, left: 0 }))).toEqual({ submit: {} });
    expect(next(task({ left: 1 }))).toEqual({ submit: {} });
  });

  it('forgets what was probed on another text', () => {
    const before = seeMending(mendingNothing, task({ files: { 'larger.ts': 'other' } }));
    const probed = EDITS.map((edit) => probe(edit, 2));
    expect(seeMending(before, task({ probed })).tried).toEqual({});
  });

  it('begins with ten edits, and probes more and more', () => {
    const many = Array.from({ length: 200 }, (_, at) => ({ mutate: { ...edit('number-up', 2, at) } }));
    const sizeAfter = (count: number): number => {
      const probed = many.slice(0, count).map(({ mutate }) => probe(mutate, 0));
      const known = seeMending(mendingNothing, task());
      const { probe: then } = next(task({ probed }), known, many) as unknown as {
        probe: { mutations: Edit[] };
      };
      return then.mutations.length;
    };
    expect([0, 10, 30, 70].map(sizeAfter)).toEqual([10, 20, 40, 50]);
  });
});

describe('what is known of an edit', () => {
  it('before it is tried is its kind, whether what it belongs to fails, and who runs its line', () => {
    const facts = tryingFacts(task({ ran: [[2, 3], [6]] }), EDITS);
    expect(facts(edit('direction', 2))).toEqual([
      'direction',
      'what fails',
      'run by all that fail, no that pass',
      'among one of its kind',
      'makes no phrase again',
      'breaks no phrase of several',
    ]);
    expect(facts(edit('addition', 6))).toEqual([
      'addition',
      'what passes',
      'run by no that fail, all that pass',
      'among one of its kind',
      'makes no phrase again',
      'breaks no phrase of several',
    ]);
    expect(tryingFacts(task(), EDITS)(edit('direction', 2))).toContain('run by any that fail, any that pass');
    expect(tryingFacts(task({ ran: [null, [6]] }), EDITS)(edit('direction', 2))).toContain(
      'run by all that fail, no that pass',
    );
  });

  it('is what it does to names, too', () => {
    const text =
      '/** Of one, by two. */\nexport function larger(one: number, two: number): number {\n  return one + one;\n}\n';
    const facts = tryingFacts(task({ files: { 'larger.ts': text } }), EDITS);
    expect(facts(edit('variable', 3))).toContain('uses what was not used');
    expect(facts(edit('addition', 3))).not.toContain('uses what was not used');
    const unreadable = tryingFacts(task({ files: { 'larger.ts': 'no module (' } }), EDITS);
    expect(unreadable(edit('variable', 3))).toHaveLength(4);
  });

  it('is what it does to phrases of three tokens that stand in the module more than once', () => {
    const change = (from: string, to: string): string[] => {
      const text = 'a = b[i] + c; d = b[i] - c; e = b[j]; // b[k]\n';
      return readPhrases(text)({
        start: text.indexOf(from),
        end: text.indexOf(from) + from.length,
        replacement: to,
      });
    };
    expect(change('j', 'i')).toEqual(['makes phrases again', 'breaks no phrase of several']);
    expect(change('i', 'k')).toEqual(['makes no phrase again', 'breaks phrases of several']);
    expect(change('// b', '// a')).toEqual([]);
  });

  it('once all tests pass with it is how much else it changes', () => {
    const trial = (changes: number | null, breaks: number | null): Trial => ({ passed: 2, changes, breaks });
    const factsOf = (one: Trial) => choosingFacts({ 'direction 2 0': one })(edit('direction', 2));
    expect(factsOf(trial(0, 0))).toEqual(['direction', 'changes nothing else']);
    expect(factsOf(trial(0.5, 0.2))).toEqual(['direction', 'changes much', 'breaks on other inputs']);
    expect(factsOf(trial(null, null))).toEqual(['direction']);
  });
});

describe('the order of edits', () => {
  const orderOf = (weights: Readonly<Record<string, number>>, seed: string): Edit[] =>
    inOrder(EDITS, tryingFacts(task(), EDITS), weights, seed);

  it('is of the seed where nothing is known', () => {
    const orders = ['a', 'b', 'c'].map((seed) =>
      orderOf({}, seed)
        .map(({ kind }) => kind)
        .join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
    expect(orderOf({}, 'a')).toEqual(orderOf({}, 'a'));
  });

  const choice = (chosen: number, isRight = true) => ({
    facts: EDITS.map(tryingFacts(task(), EDITS)),
    chosen: [chosen],
    isRight,
  });

  it('is learned from what mended, by kind, place, and what fails', () => {
    const tries = Array.from({ length: 5 }, () => choice(2));
    const { tries: weights, choices } = learnOrder(noOrder, { tries, choices: [] });
    expect(weights['direction']).toBeGreaterThan(0);
    expect(weights['boundary']).toBeLessThan(0);
    expect(weights['what fails']).toBeGreaterThan(weights['what passes'] ?? 0);
    expect(orderOf(weights, 'a')[0]).toEqual(edit('direction', 2));
    expect(choices).toEqual({});
    expect(learnOrder(noOrder, { tries: [], choices: [] })).toEqual(noOrder);
  });

  it('learns from choices that were wrong, too', () => {
    const choices = Array.from({ length: 5 }, () => choice(3, false));
    const { choices: weights } = learnOrder(noOrder, { tries: [], choices });
    expect(weights['negation']).toBeLessThan(0);
    expect(orderOf(weights, 'a').at(-1)).toEqual(edit('negation', 2));
  });

  it('takes what it learns from episodes that came to a conclusion', () => {
    const probed = [1, 2, 3].map((at) => probe(EDITS[at] as Edit, at === 1 ? 1 : 2, 0.5));
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
    const kinds = ({ facts }: { facts: readonly (readonly string[])[] }) => facts.map(([kind]) => kind);
    const won = taughtBy([view(1)]);
    // Of what was tried, both edits that pass were worth it, and one was right.
    expect(won.tries.map(kinds)).toEqual([['boundary', 'direction', 'negation']]);
    expect(won.tries.map(({ chosen }) => chosen)).toEqual([[1, 2]]);
    expect(won.choices.map(kinds)).toEqual([['direction', 'negation']]);
    expect(won.choices.map(({ chosen }) => chosen)).toEqual([[1]]);
    const both = taughtBy([view(0)], won);
    expect(both.tries.map(({ isRight }) => isRight)).toEqual([true, true]);
    expect(both.choices.map(({ isRight }) => isRight)).toEqual([true, false]);
    expect(taughtBy([view(null)])).toEqual({ tries: [], choices: [] });
  });
});

it('knows a repair by its shape', () => {
  expect(isMendTask(task())).toBe(true);
  expect(isMendTask({ elements: [], url: '/' })).toBe(false);
  expect(isMendTask(null)).toBe(false);
});
