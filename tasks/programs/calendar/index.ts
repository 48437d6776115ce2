import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { arithmeticBlocks } from '../number-blocks.ts';
import { plainTextBlocks } from '../text-blocks.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const inOrder = (n: number): boolean => n >= 1 && n <= 10_000;

/** Days that are counted from a Monday, which is day 1. */
export const calendar = definePlainFamily({
  name: 'programs/calendar',
  description:
    'Days counted from a Monday, the first of a year: days of the week, weeks, months of thirty days.',
  parameter: { name: 'day', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const name = blocksBetween('number', 'string');
    const ask = blocksBetween('number', 'boolean');
    // prettier-ignore
    return [
      name(5, 'name the day of the week (day 1 is a Monday)', `['${DAYS.join("', '")}'][(@ - 1) % 7]`, (n) => (inOrder(n) ? DAYS[(n - 1) % 7] : undefined)),
      name(3, 'name its month, each having 30 days', `['${MONTHS.join("', '")}'][Math.floor((@ - 1) / 30) % 12]`, (n) => (inOrder(n) ? MONTHS[Math.floor((n - 1) / 30) % 12] : undefined)),
      change(3, 'number its week, the first being 1', '(Math.floor((@ - 1) / 7) + 1)', (n) => (inOrder(n) ? Math.floor((n - 1) / 7) + 1 : undefined)),
      change(3, 'number its day of the week from 1, a Monday, to 7', '((@ - 1) % 7 + 1)', (n) => (inOrder(n) ? ((n - 1) % 7) + 1 : undefined)),
      change(2, 'give the Sunday of its week', '(Math.ceil(@ / 7) * 7)', (n) => Math.ceil(n / 7) * 7),
      change(2, 'give the Monday after it', '(Math.floor((@ - 1) / 7) * 7 + 8)', (n) => (inOrder(n) ? Math.floor((n - 1) / 7) * 7 + 8 : undefined)),
      change(3, 'go # weeks on', '(@ + # * 7)', (n, c) => n + c * 7, operands(2, 5, withParameter)),
      change(2, 'go # days on', '(@ + #)', (n, c) => n + c, operands(2, 5, withParameter)),
      ask(2, 'tell whether it is a Saturday or a Sunday', '((@ - 1) % 7 > 4)', (n) => (inOrder(n) ? (n - 1) % 7 > 4 : undefined)),
    ].flat();
  },
  others: (withParameter) => [
    ...plainTextBlocks(withParameter),
    ...arithmeticBlocks(false).filter(({ phrase }) => /^multiply/.test(phrase)),
  ],
  draw: (random) => random.int(1, 365),
  edges: [1, 5, 6, 7, 8, 13, 14, 15, 30, 31, 60, 61, 330, 331, 360, 361],
});
