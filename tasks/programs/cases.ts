import type { Json, Random } from 'lamarck';
import type { Arguments, Block, Parameter } from './block.ts';
import { isSame, runPipeline, type Pipeline } from './pipeline.ts';
import { rivalsOf } from './rivals.ts';

/** One call of a program and what it gives. */
export interface Case {
  readonly input: Json[];
  readonly output: Json;
}

export interface Cases {
  /** What the agent sees: six. */
  readonly examples: Case[];
  /** What the verdict is taken on: twenty drawn ones, then the edge cases. */
  readonly tests: Case[];
}

const TESTS = 20;
const CANDIDATES = 30;
const EXAMPLES = 6;

/**
 * Examples and hidden tests that determine a pipeline: every rival (see {@link rivalsOf}) that passes the tests has the
 * pipeline's length, and every rival that fails them fails an example too. So whoever finds the shortest program that
 * fits the examples is right, and whoever leaves a block out is wrong.
 *
 * @returns `undefined` where the pipeline is constant, hardly ever defined, the same as something shorter, or cannot
 * be told from its rivals by six examples.
 */
export function drawCases(options: {
  random: Random;
  pipeline: Pipeline;
  blocks: readonly Block[];
  /** The one that the pipeline starts from, and the second where there is one. */
  parameters: readonly [Parameter, Parameter?];
  drawInput: (random: Random) => Arguments;
  edges: readonly Arguments[];
}): Cases | undefined {
  const { random, pipeline, blocks, parameters, drawInput, edges } = options;
  const evaluate = (input: Arguments): Case[] => {
    const output = runPipeline(pipeline, input);
    // Through JSON, so that -0 is 0 here as it is in a record.
    return output === undefined
      ? []
      : [{ input: [...input], output: JSON.parse(JSON.stringify(output)) as Json }];
  };
  const drawSome = (count: number): Case[] =>
    Array.from({ length: count * 2 }, () => drawInput(random))
      .flatMap(evaluate)
      .slice(0, count);

  const drawn = drawSome(TESTS);
  if (drawn.length < TESTS || isMonotonous(drawn)) return undefined;
  const tests = [...drawn, ...edges.flatMap(evaluate)];
  const candidates = random.shuffle([...drawSome(CANDIDATES), ...edges.flatMap(evaluate)]);
  const examples = candidates.splice(0, 3);
  const fits = (rival: Pipeline, cases: readonly Case[]): boolean =>
    cases.every(({ input, output }) => isSame(runPipeline(rival, input), output));

  for (const rival of rivalsOf(pipeline, blocks, parameters)) {
    if (!fits(rival, examples)) continue;
    if (fits(rival, tests)) {
      if (rival.length < pipeline.length) return undefined;
      continue;
    }
    const telling = candidates.findIndex((candidate) => !fits(rival, [candidate]));
    if (telling < 0 || examples.length === EXAMPLES) return undefined;
    examples.push(...candidates.splice(telling, 1));
  }
  while (examples.length < EXAMPLES) examples.push(...candidates.splice(0, 1));
  return isMonotonous(examples) ? undefined : { examples, tests };
}

/** True where one output is more than half of all (of truth values: more than 70 %). */
function isMonotonous(cases: readonly Case[]): boolean {
  const counts = new Map<string, number>();
  for (const { output } of cases)
    counts.set(JSON.stringify(output), (counts.get(JSON.stringify(output)) ?? 0) + 1);
  const share = Math.max(...counts.values()) / cases.length;
  return share > (typeof cases[0]?.output === 'boolean' ? 0.7 : 0.5);
}
