import type { Random } from 'lamarck';

const GIVEN = [
  'Ada',
  'Bela',
  'Cleo',
  'Dora',
  'Emil',
  'Faye',
  'Gus',
  'Hana',
  'Ivo',
  'Jana',
  'Kaspar',
  'Lena',
  'Milo',
  'Nora',
];
const FAMILY = [
  'Abel',
  'Brandt',
  'Costa',
  'Dahl',
  'Ekman',
  'Falk',
  'Grau',
  'Holm',
  'Ito',
  'Jonas',
  'Klein',
  'Lund',
  'Moreau',
];
const FIRM = [
  'Nordwind',
  'Halcyon',
  'Bluestem',
  'Kestrel',
  'Marlow',
  'Tamarack',
  'Oakhurst',
  'Pinecrest',
  'Solway',
  'Verano',
];
const TRADE = ['Marine', 'Foods', 'Paper', 'Tools', 'Travel', 'Textiles', 'Glass', 'Works'];

/** Different people's names. */
export function drawPeople(random: Random, count: number): string[] {
  const family = random.sample(FAMILY, count);
  return random.sample(GIVEN, count).map((given, index) => `${given} ${family[index]}`);
}

/**
 * Different names of firms. With `alike`, some share their first word: "Nordwind" and "Nordwind Marine".
 */
export function drawFirms(random: Random, count: number, alike: boolean): string[] {
  const stems = random.sample(FIRM, alike ? Math.ceil(count / 2) : count);
  const trades = random.shuffle(TRADE);
  const firms = stems.map((stem) => (random.chance(0.4) ? `${stem} ${trades.pop()}` : stem));
  for (const stem of stems.slice(0, count - stems.length)) firms.push(`${stem} ${trades.pop()}`);
  return random.shuffle(firms);
}
