import {
  createRandom,
  type AgentEmitted,
  type Expression,
  type ImproverEmitted,
  type ImproverInput,
  type Json,
  type PlayRequest,
  type Random,
  type TrajectoryView,
} from 'lamarck/agent';
import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import improver from './improve.ts';
import { learnCosts } from './improve/costs.ts';
import { operators } from './operators.ts';
import { createScout } from './scout.ts';
import { think, type Costs, type ProgramTask } from './search.ts';

const UNIFORM: Costs = { unknown: 8, operators: {} };

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
    expect(think(task, UNIFORM, 20)).toEqual({ source: undefined, operators: [], candidates: 20 });
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
  const solve = (name: string, length: number, costs: Costs) =>
    Array.from({ length: 24 }, (_, index) => think(toyTask(`${name} ${index}`, length), costs, 4_000)).filter(
      ({ source }) => source !== undefined,
    );

  it('reach programs that uniform costs do not, with the same candidates', () => {
    const costs = learnCosts(
      [...solve('train', 1, UNIFORM), ...solve('train', 2, UNIFORM)].map((thought) => thought.operators),
    );
    const [uniform, learned] = [solve('fresh', 2, UNIFORM).length, solve('fresh', 2, costs).length];
    expect(learned).toBeGreaterThan(uniform + 4);
  });

  it('are lower for what was used more, and never below 1', () => {
    const costs = learnCosts([
      ['sum', 'argument 1'],
      ['sum', 'argument 1'],
      ['reverse', 'argument 1'],
      ['argument 1'],
    ]);
    const [argument, sum, reverse] = ['argument 1', 'sum', 'reverse'].map(
      (name) => costs.operators[name] as number,
    );
    expect(argument).toBe(1);
    expect(sum).toBeGreaterThan(1);
    expect(reverse).toBeGreaterThan(sum as number);
    expect(costs.unknown).toBeGreaterThan(reverse as number);
  });
});

describe('the improver, on programs', () => {
  /** One episode: the scout is shown a toy task and submits; its program is judged by the examples. */
  function play(costs: Costs, { family, task, difficulty }: PlayRequest['tasks'][number]): TrajectoryView {
    const shown = { ...toyTask(`${family} ${task}`, difficulty), runs: [], submitted: false };
    const observation = JSON.parse(JSON.stringify(shown)) as Json;
    const learned = { policy: { temperature: 1, weights: {} }, costs, skills: [] };
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
    const files = { 'costs.json': JSON.stringify(UNIFORM) };
    const input: ImproverInput = {
      files,
      families: [{ family: 'family-1', environment: 'toy', difficulties: 2 }],
      lessons: [],
      trajectories: [],
      budget: { episodes: 40 },
      seed: 'improvement',
    };
    const actor = createActor(improver.machine, { input });
    const emitted: ImproverEmitted[] = [];
    actor.on('*', (event: ImproverEmitted) => emitted.push(event));
    actor.start();
    let episodesLeft = 40;
    for (let call = emitted.shift(); call?.type === 'call'; call = emitted.shift()) {
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
    const { operators: costs, unknown } = JSON.parse(String(patch.files['costs.json'])) as Costs;
    expect(costs['argument 1']).toBe(1);
    expect(unknown).toBeGreaterThan(costs.sum as number);
    expect(patch.rationale).toMatch(/^costs: \d+ operators from \d+ verified programs; cheapest "/);
  });
});
