import { defineTask, type Random, type TaskFamily } from 'lamarck';
import { program } from 'lamarck/environments';
import type { Arguments, Block, Parameter } from './block.ts';
import { drawCases } from './cases.ts';
import { drawPipeline, renderPipeline, sayPipeline, type Pipeline } from './pipeline.ts';

/** What the pipelines of one instance are drawn from. */
export interface Ground {
  /** One that the pipelines start from, or two; then they use the second. */
  readonly parameters: readonly [Parameter, Parameter?];
  /** Fields of a record, where there are any. */
  readonly fields?: Record<string, 'number' | 'string' | 'boolean'>;
  readonly blocks: readonly Block[];
  /** False for a pipeline that has nothing of what the family is about. */
  readonly isTypical?: (pipeline: Pipeline) => boolean;
  readonly drawInput: (random: Random) => Arguments;
  /** Argument lists that are always tried: the empty list, zero. */
  readonly edges: readonly Arguments[];
}

/** Pipelines tried for one seed: most seeds need fewer than ten, so running out means that a vocabulary is broken. */
const MOST_DRAWS = 2_000;

/**
 * A family of program tasks: a fresh pipeline of `difficulty` blocks for every seed, said in words and shown in examples.
 * A third of the instances have a second argument (in some families all), which their pipeline uses.
 */
export function defineProgramFamily(definition: {
  name: string;
  description: string;
  ground: (random: Random, withParameter: boolean) => Ground;
}): TaskFamily {
  return defineTask({
    name: definition.name,
    description: definition.description,
    environment: program,
    maxSteps: 10,
    generate: ({ random, difficulty }) => {
      const ground = definition.ground(random, random.chance(1 / 3));
      const { fields, blocks, drawInput, edges, isTypical = () => true } = ground;
      const [first, second] = ground.parameters;
      for (let draw = 0; draw < MOST_DRAWS; draw++) {
        const pipeline = drawPipeline(random, blocks, first.type, difficulty);
        if (!pipeline || !isTypical(pipeline)) continue;
        if (pipeline.some((step) => step.usesParameter) !== (second !== undefined)) continue;
        const cases = drawCases({ random, pipeline, blocks, parameters: [first, second], drawInput, edges });
        if (!cases) continue;
        const parameters = second ? [first, second] : [first];
        const names = parameters.map(({ name }) => name);
        const result = pipeline.at(-1)?.to ?? first.type;
        return {
          instruction: `Write a function of ${names.join(' and ')}: ${sayPipeline(pipeline)}.`,
          params: {
            signature: { parameters, result, ...(fields && { fields }) },
            ...cases,
            goal: renderPipeline(pipeline, names),
          },
        };
      }
      throw new Error(`None of ${MOST_DRAWS} pipelines made a good task.`);
    },
    verify: ({ evidence }) =>
      evidence.submitted !== null && evidence.total > 0 && evidence.passed === evidence.total,
    oracle: function* ({ params }) {
      yield { submit: { source: typeof params.goal === 'string' ? params.goal : '' } };
    },
  });
}
