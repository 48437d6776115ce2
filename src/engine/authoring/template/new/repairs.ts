import { defineTask } from 'lamarck';
import { mutationsOf } from 'lamarck/agent';
import { editInto, workspace } from 'lamarck/environments';

/** The module as it should be. */
const RIGHT = `/** A price after a discount in per cent, never below the least. */
export function discounted(price: number, percent: number, least: number): number {
  const cheaper = price - (price * percent) / 100;
  return Math.max(cheaper, least);
}
`;
/** The same, for what tests expect. */
const discounted = (price: number, percent: number, least: number): number =>
  Math.max(price - (price * percent) / 100, least);

/** A module with a fault that a typed edit planted, another one for each seed. */
export default defineTask({
  name: 'repairs/NAME',
  description: 'Mend a module of one function.',
  environment: workspace,
  maxSteps: 40,
  generate: ({ random, difficulty }) => {
    const cases = Array.from({ length: 20 }, () => {
      const input = [random.int(1, 40) * 5, random.pick([0, 10, 20, 50]), random.int(0, 60)] as const;
      return { call: 'discounted', input: [...input], output: discounted(...input) };
    });
    const mutations = mutationsOf(RIGHT);
    return {
      instruction: 'Mend discount.ts: it has a fault. Its comment says what it does.',
      params: {
        files: { 'discount.ts': RIGHT },
        module: 'discount.ts',
        tests: cases.slice(0, 6),
        hidden: cases.slice(6),
        // The first of these that tests notice is planted as the episode begins.
        faults: Array.from({ length: 30 }, () => {
          const { start, end, replacement } = random.pick(mutations);
          return [{ start, end, replacement }];
        }),
        subtle: difficulty === 2,
        goal: RIGHT,
      },
    };
  },
  difficulties: 2,
  verify: ({ evidence: { submitted, plausible, correct } }) =>
    submitted && correct.passed === correct.total && plausible.passed === plausible.total,
  oracle: function* ({ observation: { module, files }, params }) {
    yield editInto(module, files[module] ?? '', String(params.goal));
    yield { submit: {} };
  },
});
