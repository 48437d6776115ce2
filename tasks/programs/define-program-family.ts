import { defineTask, type Random, type TaskFamily } from 'lamarck';
import { program } from 'lamarck/environments';
import type { Arguments, Block, Type } from './block.ts';
import { drawCases } from './cases.ts';
import { drawPipeline, renderPipeline, sayPipeline } from './pipeline.ts';

/** What the pipelines of one instance are drawn from. */
export interface Ground {
  /** The first parameter; a second one, `k`, is added where the instance has it. */
  readonly parameter: { readonly name: string; readonly type: Type };
  /** Fields of a record, where there are any. */
  readonly fields?: Record<string, 'number' | 'string' | 'boolean'>;
  readonly blocks: readonly Block[];
  readonly drawInput: (random: Random) => Arguments;
  /** Argument lists that are always tried: the empty list, zero. */
  readonly edges: readonly Arguments[];
}

/** Pipelines tried for one seed: most seeds need fewer than ten, so running out means that a vocabulary is broken. */
const MOST_DRAWS = 2_000;

/**
 * A family of program tasks: a fresh pipeline of `difficulty` blocks for every seed, said in words and shown in examples.
 * A third of the instances have a second argument, `k`, which their pipeline uses.
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
      const withParameter = random.chance(1 / 3);
      const { parameter, fields, blocks, drawInput, edges } = definition.ground(random, withParameter);
      for (let draw = 0; draw < MOST_DRAWS; draw++) {
        const pipeline = drawPipeline(random, blocks, parameter.type, difficulty);
        if (!pipeline || pipeline.some((step) => step.usesParameter) !== withParameter) continue;
        const cases = drawCases({ random, pipeline, blocks, start: parameter.type, drawInput, edges });
        if (!cases) continue;
        const names = withParameter ? [parameter.name, 'k'] : [parameter.name];
        const result = pipeline.at(-1)?.to ?? parameter.type;
        const parameters = [parameter, ...(withParameter ? [{ name: 'k', type: 'number' as const }] : [])];
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
