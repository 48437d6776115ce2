import type { Random, TaskFamily } from 'lamarck';
import { K, type Arguments, type Block, type Row } from '../block.ts';
import { defineProgramFamily } from '../define-program-family.ts';
import { DOMAINS, drawRow, type Domain } from './domains.ts';

const ROWS = { name: 'rows', type: 'record[]' } as const;

/** A family whose pipelines start from records of one of the domains. */
export function defineRecordFamily(definition: {
  name: string;
  description: string;
  /** What the family is about: each pipeline has one of them at least. */
  own: (domain: Domain, withParameter: boolean) => readonly Block[];
  others: (domain: Domain) => readonly Block[];
}): TaskFamily {
  const { name, description, own, others } = definition;
  return defineProgramFamily({
    name,
    description,
    ground: (random, isAsked) => {
      const domain = random.pick(DOMAINS);
      const withParameter = isAsked && own(domain, true).some(({ usesParameter }) => usesParameter);
      const withK = (rows: readonly Row[], k: number): Arguments => (withParameter ? [rows, k] : [rows]);
      const drawRows = (draw: Random, count: number): Row[] =>
        Array.from({ length: count }, () => drawRow(draw, domain));
      const typical = own(domain, withParameter);
      return {
        parameters: withParameter ? [ROWS, K] : [ROWS],
        fields: Object.fromEntries([
          ...domain.texts.map((field) => [field, 'string'] as const),
          ...domain.numbers.map((field) => [field, 'number'] as const),
          [domain.flag, 'boolean'] as const,
        ]),
        blocks: [...typical, ...others(domain)],
        isTypical: (pipeline) => pipeline.some((step) => typical.includes(step)),
        drawInput: (draw) => withK(drawRows(draw, draw.int(4, 7)), draw.int(1, 4)),
        edges: [1, 2, 3].map((count) => withK(drawRows(random, count), 2)),
      };
    },
  });
}
