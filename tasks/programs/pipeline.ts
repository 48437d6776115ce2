import type { Json, Random } from 'lamarck';
import type { Arguments, Block, Type } from './block.ts';

/** Blocks one after the other, each fed with what the one before gave. */
export type Pipeline = readonly Block[];

/** The pipeline's value for an argument list; `undefined` where it has none that JSON can hold. */
export function runPipeline(pipeline: Pipeline, args: Arguments): Json | undefined {
  let value: Json | undefined = args[0];
  for (const step of pipeline) {
    if (value === undefined) return undefined;
    value = step.run(value, args);
  }
  return isDefined(value) ? value : undefined;
}

/** The pipeline as the module text that an agent would submit. */
export function renderPipeline(pipeline: Pipeline, parameters: readonly string[]): string {
  const body = pipeline.reduce((value, step) => step.render(value), parameters[0] ?? '');
  return `export default (${parameters.join(', ')}) => ${body};\n`;
}

/** The pipeline in plain words: `keep the even numbers, then add them up`. */
export function sayPipeline(pipeline: Pipeline): string {
  return pipeline.map((step) => step.phrase).join(', then ');
}

/** Draws a pipeline of `length` blocks whose types fit; `undefined` where the walk came to a dead end. */
export function drawPipeline(
  random: Random,
  blocks: readonly Block[],
  start: Type,
  length: number,
): Pipeline | undefined {
  const pipeline: Block[] = [];
  let type = start;
  while (pipeline.length < length) {
    const fitting = blocks.filter(
      (step) => step.from === type && !pipeline.some(({ operation }) => operation === step.operation),
    );
    const step = drawWeighted(random, fitting);
    if (!step) return undefined;
    pipeline.push(step);
    type = step.to;
  }
  return pipeline;
}

function drawWeighted(random: Random, blocks: readonly Block[]): Block | undefined {
  let left = random.real() * blocks.reduce((sum, step) => sum + step.weight, 0);
  for (const step of blocks) {
    left -= step.weight;
    if (left < 0) return step;
  }
  return blocks.at(-1);
}

/** Deep equality of plain data, with 0 and -0 the same, as in JSON. */
export function isSame(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  const [one, other] = [left as Record<string, Json>, right as Record<string, Json>];
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}

function isDefined(value: Json | undefined): boolean {
  if (value === undefined) return false;
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return !Array.isArray(value) || value.every(isDefined);
}
