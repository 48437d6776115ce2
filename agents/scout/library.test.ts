import { createRandom, type ImproverInput, type Operator, type Term } from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { libraryFiles, helperNames } from './improve/library-files.ts';
import { compress, operatorsOf } from './improve/library.ts';
import { studyLibrary } from './improve/library-study.ts';
import * as helpers from './programs/operators/helper.ts';
import { think } from './programs/search.ts';

const term = (operator: string, type: string, ...args: Term[]): Term => ({ operator, type, arguments: args });
const xs = term('argument 1', 'number[]');
const greater = (value: number): Term =>
  term('greater than', 'number=>boolean', term(`number ${value}`, 'number'));
const kept = (value: number, list = xs): Term => term('filter', 'number[]', list, greater(value));
const sumOf = (list: Term): Term => term('sum', 'number', list);
/** Programs in which `sum(filter(?, greater than(?)))` comes back, and within it `filter(?, greater than(?))`. */
const PROGRAMS = [
  ...[1, 2, 3, 4].map((value) => sumOf(kept(value))),
  ...[1, 2, 3].map((value) => term('largest', 'number', kept(value))),
];

/** Runs a module of the library as the genome would, with the modules that it imports. */
function load(files: Readonly<Record<string, string>>, path: string): Operator[] {
  const source = files[path] as string;
  const imported = [...source.matchAll(/import (helper\w+) from '\.\/([^']+)'/g)].map(
    ([, name, module]) => [name as string, load(files, `skills/library/${module}`)] as const,
  );
  const body = source.replaceAll(/^import .*$/gm, '').replace('export default', 'return');
  const known = { call: helpers.call, number: helpers.number, defineHelper: helpers.defineHelper };
  const names = [...Object.keys(known), ...imported.map(([name]) => name)];
  return new Function(...names, body)(
    ...Object.values(known),
    ...imported.map(([, value]) => value),
  ) as Operator[];
}

const signatureOf = ({ name, parameters, result }: Operator): string =>
  `${name}: ${parameters.join(', ')} → ${result}`;

describe('compress', () => {
  it('finds helpers one after the other, and rewrites the programs with them', () => {
    const { helpers: found, programs } = compress(PROGRAMS, 4);
    expect(found.length).toBeGreaterThan(1);
    const names = (one: Term): string[] => [one.operator, ...one.arguments.flatMap(names)];
    expect(programs.flatMap(names).length).toBeLessThan(PROGRAMS.flatMap(names).length);
    for (const { name } of found)
      expect(
        found
          .concat()
          .flatMap(({ body }) => names(body))
          .concat(programs.flatMap(names)),
      ).toContain(name);
    expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
  });
});

describe('a helper', () => {
  const [operator] = helpers.defineHelper({
    name: 'sum of filter',
    body: (list, test) => helpers.call('sum', helpers.call('filter', list, test)),
  }) as [Operator];

  it('has the value and the source of its body', () => {
    const evaluate = operator.evaluate as (...values: unknown[]) => unknown;
    expect(signatureOf(operator)).toBe('sum of filter: number[], number=>boolean → number');
    expect(evaluate([1, 5, 7], (x: number) => x > 2)).toBe(12);
    const render = operator.render as (...sources: unknown[]) => string;
    expect(render('xs', (x: string) => `${x} > 2`)).toBe(
      'xs.filter((it) => it > 2).reduce((a, b) => a + b, 0)',
    );
  });

  it('has no value where a part of its body has none', () => {
    const [first] = helpers.defineHelper({
      name: 'text of first',
      body: (list) => helpers.call('text of', helpers.call('first', list)),
    }) as [Operator];
    expect((first.evaluate as (list: number[]) => unknown)([])).toBeUndefined();
  });

  it('exists for every kind of member that its operators exist for', () => {
    const made = helpers.defineHelper({
      name: 'first of reverse',
      body: (list) => helpers.call('first', helpers.call('reverse', list)),
    });
    expect(made.map(({ parameters }) => parameters[0]).sort()).toEqual(['number[]', 'record[]', 'string[]']);
  });

  it('may use a parameter twice, or a constant', () => {
    const [twice] = helpers.defineHelper({
      name: 'doubled and one',
      body: (n) => helpers.call('add', helpers.call('add', n, n), helpers.number(1)),
    }) as [Operator];
    expect((twice.evaluate as (n: number) => unknown)(4)).toBe(9);
  });

  it('is refused where its body fits no types', () => {
    const define = () =>
      helpers.defineHelper({ name: 'lost', body: (n) => helpers.call('no such operator', n) });
    expect(define).toThrow('The helper "lost" has no typing');
  });

  it('is used by the search, which writes out what it does', () => {
    const lists = [
      [1, 5, 7],
      [4, 4, 0, 9],
      [3, 2, 8],
      [6, 1, 3],
    ];
    const task = {
      signature: { parameters: [{ name: 'xs', type: 'number[]' }], result: 'number' },
      examples: lists.map((list) => ({
        input: [list],
        output: list.filter((x) => x > 3).reduce((a, b) => a + b, 0),
      })),
    };
    const costs = {
      unknown: 8,
      uses: { 'program: number': { 'sum of filter': 60 }, 'sum of filter 1: number[]': { 'argument 1': 60 } },
    };
    const { source, program } = think(task, { costs, library: [operator] }, 20_000);
    expect(program?.operator).toBe('sum of filter');
    expect(source).toBe('export default (xs) => xs.filter((it) => it > 3).reduce((a, b) => a + b, 0);\n');
  });
});

describe('the files of a library', () => {
  const { helpers: found } = compress(PROGRAMS, 4);
  const files = libraryFiles({}, found);

  it('hold a readable function for each helper, in the order of definition', () => {
    expect([...helperNames(files).keys()]).toEqual(found.map(({ name }) => name));
    expect(files['skills/library/sum-of-filter-of-greater-than.ts'])
      .toBe(`import { call, defineHelper } from '../../programs/operators/helper.ts';

/** Found 4 times in verified programs, which it shortens by 5 operators. */
export default defineHelper({
  name: 'sum of filter of greater than',
  helpers: [],
  body: (xs, n) => call('sum', call('filter', xs, call('greater than', n))),
});
`);
    expect(files['skills/library/index.ts']).toContain(
      'library: readonly Operator[] = [...helperSumOfFilterOfGreaterThan, ',
    );
  });

  it('let helpers use helpers', () => {
    const inner = { name: 'inner', body: kept(2, term('?', 'number[]')), uses: 3, utility: 1 };
    const outer = {
      name: 'outer',
      body: term('sum', 'number', term('inner', 'number[]', term('?', 'number[]'))),
      uses: 3,
      utility: 1,
    };
    const nested = libraryFiles({}, [inner, outer]);
    expect(nested['skills/library/inner.ts']).toContain("call('greater than', number(2))");
    const [operator] = load(nested, 'skills/library/outer.ts') as [Operator];
    expect((operator.evaluate as (list: number[]) => unknown)([1, 4, 5])).toBe(9);
    expect(signatureOf(operator)).toBe(signatureOf(operatorsOf([inner, outer])[1] as Operator));
  });

  it('mean what was found', () => {
    const loaded = [...helperNames(files).values()].flatMap((module) =>
      load(files, `skills/library/${module}.ts`),
    );
    expect(loaded.map(signatureOf)).toEqual(operatorsOf(found).map(signatureOf));
  });

  it('keep the helpers that a genome has, and give new ones names of their own', () => {
    const again = compress(PROGRAMS, 1, [...helperNames(files).keys()]);
    const both = { ...files, ...libraryFiles(files, again.helpers) };
    expect(helperNames(both).size).toBe(found.length + 1);
  });
});

describe('the study of a library', () => {
  const input: ImproverInput = {
    files: { 'costs.json': '{ "unknown": 8, "uses": {} }', 'skills/library/index.ts': '' },
    families: [{ family: 'family-1', environment: 'program', difficulties: 2 }],
    lessons: [],
    scope: 'learning',
    mates: [],
    demonstrations: [],
    trajectories: [],
    budget: { episodes: 80 },
    seed: 'improvement',
  };

  const SHOWN = { signature: { parameters: [], result: 'number' }, examples: [{ input: [], output: 1 }] };

  /** Plays a study to its end; a draft with helpers wins the share of its tasks that is given. */
  function studied(shareWithHelpers: number, shareWithout: number) {
    const random = createRandom('programs');
    let study = studyLibrary(input, input.families, 80);
    let episodes = 0;
    for (let request = study.request; request !== undefined; request = study.request) {
      if (!('files' in request)) throw new Error('It explores nothing.');
      const hasHelpers = 'skills/library/index.ts' in request.files;
      const count = request.tasks.length;
      const share = hasHelpers ? shareWithHelpers : shareWithout;
      const trajectories = request.tasks.map((task, at) => ({
        ...task,
        environment: 'program',
        instruction: 'Write it.',
        steps: [
          { observation: SHOWN, action: { submit: {} }, note: { program: random.pick(PROGRAMS) as never } },
        ],
        reward: at < share * count ? 1 : 0,
        stop: 'environment-done',
      }));
      episodes += trajectories.length;
      study = study.learn(trajectories, 80 - episodes);
    }
    expect(episodes).toBeLessThanOrEqual(80);
    return study.patch();
  }

  it('keeps helpers that solve more than costs alone', () => {
    const patch = studied(1, 0.5);
    expect(patch?.kind).toBe('library');
    expect(Object.keys(patch?.files ?? {})).toContain('skills/library/index.ts');
    expect(patch?.rationale).toMatch(
      /^library: \d+ helpers by compression, ".*; against costs alone \d+ won and 0 lost of \d+$/,
    );
  });

  it('drops helpers that do not, and hands down the costs', () => {
    const patch = studied(0.5, 0.5);
    expect([patch?.kind, Object.keys(patch?.files ?? {})]).toEqual(['costs', ['costs.json']]);
  });
});
