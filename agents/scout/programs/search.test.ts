import {
  createRandom,
  type AgentEmitted,
  type Expression,
  type ImproverEmitted,
  type ImproverInput,
  type Json,
  type PlayRequest,
  type Random,
  type Term,
  type TrajectoryView,
} from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { createCostModel, type Costs } from './cost-model.ts';
import improver from '../improve.ts';
import { learnCosts, type Verified } from '../improve/costs.ts';
import { operators } from './operators.ts';
import { createScout } from '../scout.ts';
import type { ProgramTask } from './program-task.ts';
import { think, type Vocabulary } from './search.ts';

const UNIFORM: Vocabulary = { costs: { unknown: 8, uses: {} }, library: [] };

/** What the toy tasks are made of: a few words of the language, each with a small constant where it needs one. */
const STEPS = ['filter greater than', 'map times', 'ascending', 'reverse', 'take', 'sum'];

function operatorNamed(name: string) {
  const found = operators.find((operator) => operator.name === name && operator.parameters[0] !== 'string[]');
  if (found === undefined) throw new Error(`There is no operator "${name}".`);
  return found;
}

function apply(name: string, value: Expression, random: Random): Expression {
  const constant = constantOf(random.int(2, 4), value.values.length);
  const [head = '', ...lambda] = name.split(' ');
  const build = (operator: string, args: Expression[]): Expression => {
    const { evaluate } = operatorNamed(operator);
    const call = evaluate as (...values: unknown[]) => unknown;
    const values = value.values.map((_, example) =>
      call(...args.map((argument) => argument.values[example])),
    );
    return { operator: operatorNamed(operator), arguments: args, values };
  };
  if (lambda.length > 0) return build(head, [value, build(lambda.join(' '), [constant])]);
  return build(head, head === 'take' ? [value, constant] : [value]);
}

function constantOf(value: number, examples: number): Expression {
  const operator = {
    name: `number ${value}`,
    parameters: [],
    result: 'number',
    evaluate: () => undefined,
    render: () => String(value),
  };
  return { operator, arguments: [], values: Array.from({ length: examples }, () => value) };
}

/** A pipeline of `length` steps over a list of numbers, shown by six examples. */
function toyTask(seed: string, length: number): ProgramTask {
  const random = createRandom(seed);
  const inputs = Array.from({ length: 6 }, () =>
    Array.from({ length: random.int(4, 8) }, () => random.int(-5, 12)),
  );
  const operator = {
    name: 'argument 1',
    parameters: [],
    result: 'number[]',
    evaluate: () => undefined,
    render: () => 'xs',
  };
  let expression: Expression = { operator, arguments: [], values: inputs };
  for (const step of random.sample(STEPS.slice(0, 5), length - 1))
    expression = apply(step, expression, random);
  expression = apply(random.chance() ? 'sum' : 'reverse', expression, random);
  const result = expression.operator.result;
  return {
    signature: { parameters: [{ name: 'xs', type: 'number[]' }], result },
    examples: inputs.map((input, example) => ({
      input: [input],
      output: expression.values[example] as Json,
    })),
  };
}

function run(source: string): (...input: readonly Json[]) => Json {
  return new Function(`return ${source.replace('export default ', '').replace(/;\n$/, '')}`)() as (
    ...input: readonly Json[]
  ) => Json;
}

describe('think', () => {
  const task: ProgramTask = {
    signature: {
      parameters: [
        { name: 'xs', type: 'number[]' },
        { name: 'k', type: 'number' },
      ],
      result: 'number',
    },
    examples: [
      { input: [[1, 5, 2], 1], output: 7 },
      { input: [[4, 4], 4], output: 0 },
      { input: [[9, -3, 7, 0], 0], output: 16 },
    ],
  };

  it('writes a module whose function gives every example', () => {
    const { source } = think(task, UNIFORM, 50_000);
    for (const { input, output } of task.examples) expect(run(String(source))(...input)).toEqual(output);
    expect(source).toMatch(/^export default \(xs, k\) => .*;\n$/);
  });

  it('is the same every time', () => {
    expect(think(task, UNIFORM, 50_000)).toEqual(think(task, UNIFORM, 50_000));
  });

  it('gives up when its candidates are spent', () => {
    expect(think(task, UNIFORM, 20)).toEqual({
      source: undefined,
      program: undefined,
      candidates: 20,
    });
  });

  it('reads fields of records, and renames parameters that are no safe names', () => {
    const { source } = think(
      {
        signature: {
          parameters: [{ name: 'it', type: 'record[]' }],
          result: 'string[]',
          fields: { 'first name': 'string', isIn: 'boolean' },
        },
        examples: [
          {
            input: [
              [
                { 'first name': 'Ada', isIn: true },
                { 'first name': 'Bo', isIn: false },
              ],
            ],
            output: ['Ada', 'Bo'],
          },
          { input: [[{ 'first name': 'Cleo', isIn: true }]], output: ['Cleo'] },
          { input: [[{ 'first name': 'Dev', isIn: false }]], output: ['Dev'] },
        ],
      },
      UNIFORM,
      20_000,
    );
    expect(run(String(source))([{ 'first name': 'Edda', isIn: true }])).toEqual(['Edda']);
  });
});

describe('learned costs', () => {
  const solve = (name: string, length: number, costs: Costs): Verified[] =>
    Array.from({ length: 24 }, (_, index) => toyTask(`${name} ${index}`, length)).flatMap((task) => {
      const { program } = think(task, { costs, library: [] }, 4_000);
      return program === undefined ? [] : [{ program, task }];
    });

  it('reach programs that uniform costs do not, with the same candidates', () => {
    const { costs: uniform } = UNIFORM;
    const learned = learnCosts(uniform, [...solve('train', 1, uniform), ...solve('train', 2, uniform)]);
    const solved = (costs: Costs) => [...solve('fresh', 2, costs), ...solve('fresh', 3, costs)].length;
    expect(solved(learned)).toBeGreaterThan(1.25 * solved(uniform));
  });

  it('count uses on top of those that are known', () => {
    const program: Term = { operator: 'sum', type: 'number', arguments: [XS] };
    const task: ProgramTask = {
      signature: { parameters: [{ name: 'xs', type: 'number[]' }], result: 'number' },
      examples: [{ input: [[1, 2]], output: 3 }],
    };
    const once = learnCosts(UNIFORM.costs, [{ program, task }]);
    expect(once.uses).toEqual({ 'program: number': { sum: 1 }, 'sum 1: number[]': { 'argument 1': 1 } });
    const [one, two] = [
      { program, task },
      { program, task },
    ];
    expect(learnCosts(once, [one])).toEqual(learnCosts(UNIFORM.costs, [one, two]));
    expect(once.properties?.number?.with.sum?.properties).toMatchObject({ 'number: above all values': 1 });
  });

  it('make likely what came with the properties of a task, and unlikely what did not', () => {
    const lists = operators.filter(({ result }) => result === 'number[]');
    const shown = (output: number[]): ProgramTask => ({
      signature: { parameters: [{ name: 'xs', type: 'number[]' }], result: 'number[]' },
      examples: [{ input: [[3, 1, 2]], output }],
    });
    const [sorted, reversed] = [shown([1, 2, 3]), shown([2, 1, 3])];
    const programOf = (operator: string): Term => ({ operator, type: 'number[]', arguments: [XS] });
    const costs = learnCosts(UNIFORM.costs, [
      ...Array.from({ length: 8 }, () => ({ program: programOf('ascending'), task: sorted })),
      ...Array.from({ length: 8 }, () => ({ program: programOf('reverse'), task: reversed })),
    ]);
    const costIn = (task: ProgramTask, name: string) =>
      createCostModel(costs, task)(undefined, lists)[lists.findIndex((one) => one.name === name)] as number;
    expect(costIn(sorted, 'ascending')).toBeLessThan(costIn(sorted, 'reverse'));
    expect(costIn(reversed, 'reverse')).toBeLessThan(costIn(reversed, 'ascending'));
  });
});

const XS: Term = { operator: 'argument 1', type: 'number[]', arguments: [] };

describe('the cost model', () => {
  const numbers = operators.filter(({ result }) => result === 'number');
  const parent = operatorNamed('reverse');
  const lists = operators.filter(({ result }) => result === 'number[]');

  it('is uniform while nothing was learned', () => {
    expect(new Set(createCostModel(UNIFORM.costs)(undefined, numbers))).toEqual(new Set([8]));
  });

  it('makes cheap what was used at a place, and tells places apart', () => {
    const costs = {
      unknown: 8,
      uses: { 'program: number[]': { reverse: 90 }, 'reverse 1: number[]': { filter: 90 } },
    };
    const model = createCostModel(costs);
    const costOf = (name: string, place: Parameters<typeof model>[0]) =>
      model(place, lists)[lists.findIndex((operator) => operator.name === name)] as number;
    const within = { parent, argument: 0 };
    expect(costOf('reverse', undefined)).toBeLessThan(costOf('filter', undefined));
    expect(costOf('filter', within)).toBeLessThan(costOf('reverse', within));
    expect(costOf('take', within)).toBeGreaterThan(costOf('filter', within));
  });

  it('lends what is known of one kind of member to the others', () => {
    const costs = { unknown: 8, uses: { 'filter 1: string[]': { reverse: 40 } } };
    const [take, reverse] = createCostModel(costs)({ parent: operatorNamed('filter'), argument: 0 }, [
      operatorNamed('take'),
      operatorNamed('reverse'),
    ]);
    expect(reverse).toBeLessThan(take as number);
  });

  it('gives chances that add up to one, but for rounding, and costs from 1', () => {
    const costs = { unknown: 8, uses: { 'program: number': { sum: 10, length: 10, largest: 9 } } };
    const found = createCostModel(costs)(undefined, numbers);
    expect(Math.min(...found)).toBeGreaterThanOrEqual(1);
    const total = found.reduce((sum, cost) => sum + 2 ** -cost, 0);
    expect(total).toBeGreaterThan(2 ** -0.5);
    expect(total).toBeLessThan(2 ** 0.5);
  });
});

describe('the improver, on programs', () => {
  /** One episode: the scout is shown a toy task and submits; its program is judged by the examples. */
  function play(costs: Costs, { family, task, difficulty }: PlayRequest['tasks'][number]): TrajectoryView {
    const shown = { ...toyTask(`${family} ${task}`, difficulty), runs: [], submitted: false };
    const observation = JSON.parse(JSON.stringify(shown)) as Json;
    const learned = {
      policy: { temperature: 1, weights: {} },
      costs,
      library: [],
      skills: [],
      mendOrder: { tries: {}, choices: {} },
    };
    const actor = createActor(createScout(learned), {
      input: { instruction: 'Write it.', environment: 'toy', maxSteps: 1, seed: 's' },
    });
    let decision: AgentEmitted | undefined;
    actor.on('decision', (emitted) => (decision = emitted));
    actor.start();
    actor.send({ type: 'observe', step: 0, observation });
    const { action, note = null } = decision as AgentEmitted;
    const program = run(String(action.submit?.source));
    const isRight = shown.examples.every(
      ({ input, output }) => JSON.stringify(program(...input)) === JSON.stringify(output),
    );
    const told = {
      family,
      environment: 'toy',
      task,
      difficulty,
      instruction: 'Write it.',
      stop: 'environment-done',
    };
    return { ...told, steps: [{ observation, action, note }], reward: isRight ? 1 : 0 };
  }

  it('learns costs from what was verified, and hands them down', () => {
    const files = { 'costs.json': JSON.stringify(UNIFORM.costs) };
    const input: ImproverInput = {
      files,
      families: [{ family: 'family-1', environment: 'toy', difficulties: 2 }],
      lessons: [],
      scope: 'everything',
      mates: [],
      demonstrations: [],
      trajectories: [],
      budget: { episodes: 40 },
      seed: 'improvement',
    };
    const actor = createActor(improver.machine, { input });
    const emitted: ImproverEmitted[] = [];
    actor.on('*', (event: ImproverEmitted) => emitted.push(event));
    actor.start();
    let episodesLeft = 40;
    for (let call = emitted.shift(); call?.type === 'call' && call.name === 'play'; call = emitted.shift()) {
      const costs = JSON.parse(call.arguments.files['costs.json'] ?? files['costs.json']) as Costs;
      const trajectories = call.arguments.tasks.map((task) => play(costs, task));
      episodesLeft -= trajectories.length;
      const { id } = call;
      actor.send({ type: 'reply', id, value: { trajectories, episodesLeft } });
      if (emitted[0]?.type === 'patch') break;
    }
    const [patch] = emitted;
    if (patch?.type !== 'patch') throw new Error('It wrote no child.');
    expect([patch.kind, Object.keys(patch.files), episodesLeft]).toEqual(['costs', ['costs.json'], 0]);
    const { uses } = JSON.parse(String(patch.files['costs.json'])) as Costs;
    expect(uses['program: number']?.sum).toBeGreaterThan(3);
    expect(patch.rationale).toMatch(
      /^costs: by place and by what examples have in common, from \d+ verified programs; most used "/,
    );
  });
});
