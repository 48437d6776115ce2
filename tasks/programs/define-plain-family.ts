import type { Json, Random, TaskFamily } from 'lamarck';
import { K, type Arguments, type Block, type Parameter, type Type, type Values } from './block.ts';
import { defineProgramFamily } from './define-program-family.ts';

/** A family whose pipelines start from one value; where there is a second argument, it is a small number. */
export function definePlainFamily<Name extends Type>(definition: {
  name: string;
  description: string;
  parameter: Parameter<Name>;
  /** What the family is about: each pipeline has one of them at least. */
  own: (withParameter: boolean) => readonly Block[];
  /** What may stand beside it. */
  others: (withParameter: boolean) => readonly Block[];
  draw: (random: Random) => Values[Name];
  edges: readonly Values[Name][];
  /** What the second argument may be; by default 2 to 5. */
  second?: readonly [low: number, high: number];
}): TaskFamily {
  const { name, description, parameter, own, others, draw, edges, second: [low, high] = [2, 5] } = definition;
  return defineProgramFamily({
    name,
    description,
    ground: (_random, isAsked) => {
      // Where nothing that the family is about takes a number, there is no second argument.
      const withParameter = isAsked && own(true).some(({ usesParameter }) => usesParameter);
      const withK = (value: Values[Name], k: number): Arguments =>
        withParameter ? [value as Json, k] : [value as Json];
      const typical = own(withParameter);
      return {
        parameters: withParameter ? [parameter, K] : [parameter],
        blocks: [...typical, ...others(withParameter)],
        isTypical: (pipeline) => pipeline.some((step) => typical.includes(step)),
        drawInput: (random) => withK(draw(random), random.int(low, high)),
        edges: edges.map((value) => withK(value, low)),
      };
    },
  });
}
