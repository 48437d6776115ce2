import { blocksBetween, secondArgument, type Block, type Parameter, type Type } from './block.ts';
import type { Pipeline } from './pipeline.ts';

/**
 * Programs that a task must not be mistaken for: everything shorter that gives the same type (up to two blocks), the
 * pipeline's own blocks in another order, and everything that differs from it in one block. Where a program has a
 * second argument, a rival may start from that.
 */
export function* rivalsOf(
  pipeline: Pipeline,
  blocks: readonly Block[],
  [{ type: start }, second]: readonly [Parameter, Parameter?],
): Generator<Pipeline> {
  const result = pipeline.at(-1)?.to;
  const fitting = new Map<Type, Block[]>();
  const candidates = second ? [...blocks, ...takeSecond(start, second)] : blocks;
  for (const step of candidates) fitting.set(step.from, [...(fitting.get(step.from) ?? []), step]);
  if (start === result) yield [];
  for (const first of fitting.get(start) ?? []) {
    if (pipeline.length > 1 && first.to === result) yield [first];
    if (pipeline.length < 3) continue;
    for (const second of fitting.get(first.to) ?? []) if (second.to === result) yield [first, second];
  }
  for (const order of ordersOf(pipeline))
    if (fitsTogether(order, start) && order.at(-1)?.to === result) yield order;
  for (const [index, step] of pipeline.entries()) {
    for (const other of fitting.get(step.from) ?? []) {
      if (other !== step && other.to === step.to) yield pipeline.with(index, other);
    }
  }
}

/** The second argument, as a block that forgets the first. */
function takeSecond(start: Type, second: Parameter): Block[] {
  const take = blocksBetween(start, second.type);
  return take(0, 'take #', '#', (_value, taken) => taken, [secondArgument(second)]);
}

/** All orders of a few blocks, the given one among them. */
function ordersOf(pipeline: Pipeline): Pipeline[] {
  if (pipeline.length < 2) return [pipeline];
  return pipeline.flatMap((first, index) =>
    ordersOf(pipeline.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

function fitsTogether(pipeline: Pipeline, start: Type): boolean {
  return pipeline.every((step, index) => step.from === (pipeline[index - 1]?.to ?? start));
}
