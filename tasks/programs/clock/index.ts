import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainTextBlocks } from '../text-blocks.ts';

const pad = (n: number): string => String(n).padStart(2, '0');
const isTime = (n: number): boolean => n >= 0 && n < 10_000;

/** Minutes of a day, and how they are written. */
export const clock = definePlainFamily({
  name: 'programs/clock',
  description: 'Times of day as minutes since midnight: moved, taken apart, written with hours and minutes.',
  parameter: { name: 'minutes', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const write = blocksBetween('number', 'string');
    const read = blocksBetween('string', 'number');
    // prettier-ignore
    return [
      change(3, 'move it # hours on, past midnight if need be', '((@ + # * 60) % 1440)', (n, c) => (n + c * 60) % 1440, operands(2, 9, withParameter)),
      change(3, 'move it half an hour back, before midnight if need be', '((@ + 1410) % 1440)', (n) => (n < 0 ? undefined : (n + 1410) % 1440)),
      change(2, 'take its whole hours', 'Math.floor(@ / 60)', (n) => Math.floor(n / 60)),
      change(2, 'take its minutes past the hour', '(@ % 60)', (n) => (n < 0 ? undefined : n % 60)),
      change(3, 'take the minutes left until midnight', '(1440 - @)', (n) => 1440 - n),
      change(2, 'round it down to the quarter of an hour', '(@ - (@ % 15))', (n) => (n < 0 ? undefined : n - (n % 15))),
      write(5, 'write it as hours and minutes, as 9:05', "((m) => Math.floor(m / 60) + ':' + String(m % 60).padStart(2, '0'))(@)", (n) => (isTime(n) ? `${Math.floor(n / 60)}:${pad(n % 60)}` : undefined)),
      write(3, 'write it as four digits, as 0905', "((m) => String(Math.floor(m / 60)).padStart(2, '0') + String(m % 60).padStart(2, '0'))(@)", (n) => (isTime(n) ? `${pad(Math.floor(n / 60))}${pad(n % 60)}` : undefined)),
      read(3, 'read hours and minutes, as 9:05, as minutes', "((s) => Number(s.split(':')[0]) * 60 + Number(s.split(':')[1]))(@)", (s) => (/^\d+:\d+$/.test(s) ? Number(s.split(':')[0]) * 60 + Number(s.split(':')[1]) : undefined)),
    ].flat();
  },
  others: () => plainTextBlocks(false),
  draw: (random) => random.int(0, 1439),
  edges: [0, 1, 29, 30, 59, 60, 719, 720, 900, 1439],
  second: [2, 9],
});
