import { defineTask, type Random } from 'lamarck';
import { program } from 'lamarck/environments';

/** A function of a list, drawn anew for each seed: it is said in words and shown in examples, and hidden tests judge. */
export default defineTask({
  name: 'programs/NAME',
  description: 'Change each number of a list, and keep some.',
  environment: program,
  maxSteps: 10,
  generate: ({ random, difficulty }) => {
    const add = random.int(1, 5);
    const above = random.int(0, 3);
    const isCut = difficulty > 1;
    const solve = (xs: number[]): number[] => xs.filter((x) => !isCut || x > above).map((x) => x + add);
    const lists = drawLists(random);
    const cases = lists.map((xs) => ({ input: [xs], output: solve(xs) }));
    return {
      instruction: `Write a function of xs: ${isCut ? `keep those above ${above}, ` : ''}add ${add} to each.`,
      params: {
        signature: { parameters: [{ name: 'xs', type: 'number[]' as const }], result: 'number[]' as const },
        examples: cases.slice(0, 6),
        tests: cases.slice(6),
        goal: `export default (xs) => xs.filter((x) => ${isCut ? `x > ${above}` : 'true'}).map((x) => x + ${add});`,
      },
    };
  },
  verify: ({ evidence }) => evidence.submitted !== null && evidence.passed === evidence.total,
  oracle: function* ({ params }) {
    yield { submit: { source: String(params.goal) } };
  },
});

/** Different lists, with the empty one and one for each boundary among them. */
function drawLists(random: Random): number[][] {
  const drawn = Array.from({ length: 20 }, () =>
    Array.from({ length: random.int(1, 6) }, () => random.int(-3, 9)),
  );
  return [[0, 1, 2, 3, 4], ...drawn, [], [3, 2, 1, 0]];
}
