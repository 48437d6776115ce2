import { createRandom, type Random } from 'lamarck';
import { describe, expect, it } from 'vitest';
import { K } from './block.ts';
import { drawCases, type Cases } from './cases.ts';
import { foldBlocks, numberListBlocks } from './number-blocks.ts';
import { isSame, renderPipeline, runPipeline, sayPipeline, type Pipeline } from './pipeline.ts';
import { rivalsOf } from './rivals.ts';

const XS = { name: 'xs', type: 'number[]' } as const;
const blocks = [...numberListBlocks(false), ...foldBlocks()];

function pipelineOf(...phrases: string[]): Pipeline {
  return phrases.map((phrase) => {
    const found = blocks.find((block) => block.phrase === phrase);
    if (!found) throw new Error(`There is no block "${phrase}".`);
    return found;
  });
}

function casesOf(pipeline: Pipeline, seed = 1): Cases | undefined {
  return drawCases({
    random: createRandom(seed),
    pipeline,
    blocks,
    parameters: [XS],
    drawInput: (random: Random) => [Array.from({ length: random.int(3, 8) }, () => random.int(-5, 12))],
    edges: [[[]], [[0]]],
  });
}

/** Some seed has six examples that suffice. */
function goodCasesOf(pipeline: Pipeline): Cases {
  const cases = Array.from({ length: 20 }, (_, seed) => casesOf(pipeline, seed)).find(
    (found) => found !== undefined,
  );
  if (!cases) throw new Error('No seed made good cases.');
  return cases;
}

describe('drawCases', () => {
  const pipeline = pipelineOf('keep the numbers greater than 3', 'multiply each by 2', 'add them up');

  it('leaves no rival that fits the examples and fails the tests, and no shorter one that fits either', () => {
    const fits = (rival: Pipeline, cases: Cases['tests']) =>
      cases.every(({ input, output }) => isSame(runPipeline(rival, input), output));
    const rivals = [...rivalsOf(pipeline, blocks, [XS])];
    const drawn = Array.from({ length: 12 }, (_, seed) => casesOf(pipeline, seed)).filter(
      (cases) => cases !== undefined,
    );
    expect(rivals.length).toBeGreaterThan(200);
    expect(drawn.length).toBeGreaterThan(5);
    for (const { examples, tests } of drawn) {
      for (const rival of rivals.filter((found) => fits(found, examples))) {
        expect(fits(rival, tests), sayPipeline(rival)).toBe(true);
        expect(rival).toHaveLength(pipeline.length);
      }
    }
  });

  it('counts other orders of the same blocks, and the second argument, among the rivals', () => {
    const withParameter = [...numberListBlocks(true), ...foldBlocks()];
    const phrases = ['multiply each by k', 'add 2 to each', 'count them'];
    const steps = phrases.map((phrase) => withParameter.filter((block) => block.phrase === phrase)).flat();
    const rivals = [...rivalsOf(steps, withParameter, [XS, K])].map(sayPipeline);
    expect(rivals).toContain('add 2 to each, then multiply each by k, then count them');
    expect(rivals).toContain('take k');
    expect([...rivalsOf(pipeline, blocks, [XS])].map(sayPipeline)).not.toContain('take k');
  });

  it('tries the edge cases where the pipeline is defined', () => {
    expect(goodCasesOf(pipeline).tests).toContainEqual({ input: [[]], output: 0 });
    const { tests } = goodCasesOf(pipelineOf('give the largest'));
    expect(tests).not.toContainEqual(expect.objectContaining({ input: [[]] }));
    expect(tests).toContainEqual({ input: [[0]], output: 0 });
  });

  it.each([
    [
      'the same as something shorter',
      pipelineOf('sort from largest to smallest', 'sort from smallest to largest'),
    ],
    ['what it was given', pipelineOf('reverse the order', 'reverse the order')],
    [
      'nearly constant',
      pipelineOf('keep the numbers less than 0', 'keep the numbers greater than 1', 'count them'),
    ],
  ])('refuses a pipeline that is %s', (_why, refused) => {
    for (const seed of [1, 2, 3, 4, 5]) expect(casesOf(refused, seed)).toBeUndefined();
  });

  it('says -0 as 0, as JSON does', () => {
    const outputs = goodCasesOf(pipelineOf('negate each')).tests.map(({ output }) => output);
    expect(outputs).toContainEqual([0]);
    expect(outputs.flat().some((number) => Object.is(number, -0))).toBe(false);
  });
});

describe('a pipeline', () => {
  const pipeline = pipelineOf('sort from largest to smallest', 'take the first 2', 'give the last one');

  it('is said, run and written down', () => {
    expect(sayPipeline(pipeline)).toBe(
      'sort from largest to smallest, then take the first 2, then give the last one',
    );
    expect(runPipeline(pipeline, [[3, 9, 4]])).toBe(4);
    expect(renderPipeline(pipeline, ['xs'])).toBe(
      'export default (xs) => [...xs].sort((a, b) => b - a).slice(0, 2).at(-1);\n',
    );
  });

  it('has no value where a block has none', () => {
    expect(runPipeline(pipeline, [[]])).toBeUndefined();
  });
});
