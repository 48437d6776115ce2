import { blocksBetween, operands } from '../block.ts';
import { definePlainFamily } from '../define-plain-family.ts';
import { plainTextBlocks } from '../text-blocks.ts';

const isAmount = (n: number): boolean => n >= 0;

/** Amounts in cents. */
export const money = definePlainFamily({
  name: 'programs/money',
  description: 'Amounts in cents: discounts, taxes, coins, how they are written.',
  parameter: { name: 'cents', type: 'number' },
  own: (withParameter) => {
    const change = blocksBetween('number', 'number');
    const write = blocksBetween('number', 'string');
    const percents = operands(11, 17, false);
    // prettier-ignore
    return [
      change(4, 'take off # percent, rounded down', 'Math.floor(@ * (100 - #) / 100)', (n, c) => (isAmount(n) ? Math.floor((n * (100 - c)) / 100) : undefined), percents),
      change(3, 'add # percent, rounded up', 'Math.ceil(@ * (100 + #) / 100)', (n, c) => (isAmount(n) ? Math.ceil((n * (100 + c)) / 100) : undefined), percents),
      change(3, 'buy it # times', '(@ * #)', (n, c) => n * c, operands(2, 6, withParameter)),
      change(3, 'share it among #, rounded down', 'Math.floor(@ / #)', (n, c) => Math.floor(n / c), operands(2, 6, withParameter)),
      change(2, 'take its whole euros', 'Math.floor(@ / 100)', (n) => Math.floor(n / 100)),
      change(2, 'take the cents beside its whole euros', '(@ % 100)', (n) => (isAmount(n) ? n % 100 : undefined)),
      change(2, 'round it to 5 cents, to the nearest', '(Math.floor((@ + 2) / 5) * 5)', (n) => Math.floor((n + 2) / 5) * 5),
      change(3, 'add 300 for delivery if it is less than 2000', '((n) => (n < 2000 ? n + 300 : n))(@)', (n) => (n < 2000 ? n + 300 : n)),
      change(2, 'count the coins of 20 and of 1 that make it up, the fewest', '((n) => Math.floor(n / 20) + (n % 20))(@)', (n) => (isAmount(n) ? Math.floor(n / 20) + (n % 20) : undefined)),
      write(4, 'write it in euros with two decimals, as 3.05', "((n) => Math.floor(n / 100) + '.' + String(n % 100).padStart(2, '0'))(@)", (n) => (isAmount(n) ? `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}` : undefined)),
      write(2, 'write it with the word cents behind', "(@ + ' cents')", (n) => `${n} cents`),
    ].flat();
  },
  others: () => plainTextBlocks(false),
  draw: (random) => random.int(1, random.pick([400, 2500, 9000])),
  edges: [0, 1, 5, 19, 20, 99, 100, 105, 1699, 1700, 1999, 2000, 2001],
  second: [2, 6],
});
