import type { Random } from 'lamarck';
import { blocksBetween } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainTextBlocks } from '../text-blocks.ts';

/** How deep each place is, after its bracket. */
function depthsOf(s: string): number[] {
  let depth = 0;
  return [...s].map((letter) => (depth += letter === '(' ? 1 : letter === ')' ? -1 : 0));
}
const DEPTHS = "[...@].reduce((all, s) => [...all, all.at(-1) + (s === '(' ? 1 : s === ')' ? -1 : 0)], [0])";
const opened = (s: string): number => s.split('(').length - 1;
const closed = (s: string): number => s.split(')').length - 1;

function drawBrackets(random: Random): string {
  let text = '';
  for (let length = random.int(4, 12); length > 0; length--)
    text += random.pick(['(', '(', ')', ')', ...'abcd']);
  // As often as not, all that is opened is closed.
  return random.chance() ? text : `(${text.replaceAll(')', 'x')}${')'.repeat(opened(text) + 1)}`;
}

/** Texts with brackets in them. */
export const brackets = definePlainFamily({
  name: 'programs/brackets',
  description: 'Texts with brackets: how deep they go, whether they close, what is in them.',
  parameter: { name: 'text', type: 'string' },
  own: () => {
    const count = blocksBetween('string', 'number');
    const change = blocksBetween('string', 'string');
    const ask = blocksBetween('string', 'boolean');
    // prettier-ignore
    return [
      count(4, 'give how deep its brackets go at most', `Math.max(...${DEPTHS})`, (s) => Math.max(0, ...depthsOf(s))),
      count(3, 'give how many of its brackets are opened more than closed', "(@.split('(').length - @.split(')').length)", (s) => opened(s) - closed(s)),
      count(2, 'count the brackets that it opens', "(@.split('(').length - 1)", opened),
      count(2, 'give the place of its first closing bracket, counted from 0, or -1', "@.indexOf(')')", (s) => s.indexOf(')')),
      ask(4, 'tell whether every bracket closes one that was opened before, and none is left open', `((d) => d.every((x) => x >= 0) && d.at(-1) === 0)(${DEPTHS})`, (s) => depthsOf(s).every((depth) => depth >= 0) && (depthsOf(s).at(-1) ?? 0) === 0),
      change(3, 'leave out its brackets', "@.replace(/[()]/g, '')", (s) => s.replace(/[()]/g, '')),
      change(3, 'keep only its brackets', "@.replace(/[^()]/g, '')", (s) => s.replace(/[^()]/g, '')),
      change(3, 'leave out the pairs of brackets that hold no other, with what they hold', "@.replace(/\\([^()]*\\)/g, '')", (s) => s.replace(/\([^()]*\)/g, '')),
      change(2, 'take what is before its first opening bracket', "@.split('(')[0]", (s) => s.split('(')[0]),
      change(2, 'put it in brackets', "('(' + @ + ')')", (s) => `(${s})`),
    ].flat();
  },
  others: () => plainTextBlocks(false),
  draw: drawBrackets,
  edges: [
    '',
    'a',
    '()',
    ')(',
    '(a)b',
    '((a)b)',
    '(()',
    'a)b(c)',
    '(',
    ')',
    '((',
    '())(',
    'a)(b',
    '(a(b)',
    ')()(',
  ],
});
