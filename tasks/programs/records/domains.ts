import type { Random } from 'lamarck';
import type { Row } from '../block.ts';

/** A kind of record: the names of its fields, and what its texts may be. */
export interface Domain {
  readonly texts: readonly [string, string];
  readonly numbers: readonly [string, string];
  readonly flag: string;
  readonly words: Readonly<Record<string, readonly string[]>>;
}

const PEOPLE = ['Ada', 'Bo', 'Cleo', 'Dev', 'Edda', 'Finn', 'Gia', 'Hugo', 'Ines', 'Jun'];
const CITIES = ['Oslo', 'Lima', 'Turin', 'Kobe'];
const GOODS = ['lamp', 'chair', 'rug', 'kettle', 'shelf', 'clock', 'vase', 'stool'];
const CHORES = ['paint', 'file', 'sweep', 'mend', 'bake', 'stack', 'sort', 'weigh'];

/** Numbers are small in all of them, as the constants of the pipelines are. */
export const DOMAINS: readonly Domain[] = [
  {
    texts: ['name', 'city'],
    numbers: ['visits', 'score'],
    flag: 'active',
    words: { name: PEOPLE, city: CITIES },
  },
  {
    texts: ['item', 'color'],
    numbers: ['price', 'stock'],
    flag: 'onSale',
    words: { item: GOODS, color: ['red', 'blue', 'grey', 'green'] },
  },
  {
    texts: ['title', 'owner'],
    numbers: ['hours', 'priority'],
    flag: 'done',
    words: { title: CHORES, owner: PEOPLE.slice(0, 4) },
  },
  {
    texts: ['guest', 'room'],
    numbers: ['nights', 'floor'],
    flag: 'paid',
    words: { guest: PEOPLE, room: ['attic', 'garden', 'corner', 'blue'] },
  },
];

/** One record with everything drawn. */
export function drawRow(random: Random, { texts, numbers, flag, words }: Domain): Row {
  return Object.fromEntries<number | string | boolean>([
    ...texts.map((field) => [field, random.pick(words[field] ?? [])] as const),
    ...numbers.map((field) => [field, random.int(0, 9)] as const),
    [flag, random.chance()] as const,
  ]);
}
