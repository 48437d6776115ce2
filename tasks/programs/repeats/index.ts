import type { Random } from 'lamarck';
import { blocksBetween } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { foldBlocks, numberListBlocks } from '../number-blocks.ts';
import { plainTextBlocks, plainWordBlocks } from '../text-blocks.ts';

const runsOf = (s: string): string[] => s.match(/(.)\1*/g) ?? [];
const RUNS = '(@.match(/(.)\\1*/g) ?? [])';

function drawRuns(random: Random): string {
  return Array.from({ length: random.int(3, 6) }, () =>
    random.pick([...'abcd']).repeat(random.int(1, 3)),
  ).join('');
}

/** Letters that follow themselves. */
export const repeats = definePlainFamily({
  name: 'programs/repeats',
  description:
    'Runs of one letter in a text: counted, shortened, written with their lengths, and read again.',
  parameter: { name: 'text', type: 'string' },
  own: () => {
    const change = blocksBetween('string', 'string');
    const split = blocksBetween('string', 'string[]');
    const measure = blocksBetween('string', 'number[]');
    const count = blocksBetween('string', 'number');
    // prettier-ignore
    return [
      split(4, 'split it into runs of the same letter', RUNS, runsOf),
      measure(4, 'list the lengths of its runs of the same letter', `${RUNS}.map((r) => r.length)`, (s) => runsOf(s).map((run) => run.length)),
      change(4, 'write each run of the same letter as the letter and its length', `${RUNS}.map((r) => r[0] + r.length).join('')`, (s) => runsOf(s).map((run) => `${run.slice(0, 1)}${run.length}`).join('')),
      change(3, 'leave out letters that stand alone', `${RUNS}.filter((r) => r.length > 1).join('')`, (s) => runsOf(s).filter((run) => run.length > 1).join('')),
      change(3, 'write each run of the same letter as one', `${RUNS}.map((r) => r[0]).join('')`, (s) => runsOf(s).map((run) => run.slice(0, 1)).join('')),
      change(3, 'take its first longest run of the same letter', `${RUNS}.reduce((a, b) => (b.length > a.length ? b : a), '')`, (s) => runsOf(s).reduce((a, b) => (b.length > a.length ? b : a), '')),
      change(2, 'write its runs of the same letter in reverse order', `${RUNS}.reverse().join('')`, (s) => runsOf(s).toReversed().join('')),
      count(3, 'count its runs of the same letter', `${RUNS}.length`, (s) => runsOf(s).length),
    ].flat();
  },
  others: (withParameter) => [
    ...plainTextBlocks(withParameter),
    ...plainWordBlocks(),
    ...numberListBlocks(withParameter).filter(({ phrase }) => /multiply|add/.test(phrase)),
    ...foldBlocks().filter(({ phrase }) => /first|last|largest/.test(phrase)),
  ],
  draw: drawRuns,
  edges: ['', 'a', 'aa', 'abb', 'aabbb', 'abab', 'cccab'],
  second: [2, 4],
});
