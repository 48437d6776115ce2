/** Patterns of something spelled out, piece by piece. */
interface Spelled {
  readonly pieces: readonly string[];
  /** What else is taken with it, before and after. */
  readonly before?: string;
  readonly after?: string;
  readonly flags: string;
  /** How many pieces its shortest beginning has that can be told from other text. */
  readonly fewest: number;
}

/** Patterns of what a value may have become on its way back, alone or within something: in any case, encoded once or several times. */
export function looksOf(value: string): RegExp[] {
  return spellingsOf(value, 1).map(
    ({ pieces, before = '', after = '', flags }) =>
      new RegExp(`${before}${pieces.join('')}${after}`, `g${flags}`),
  );
}

/** Patterns of its beginning, of at least some characters, where a text was cut after that, in the midst of one or not. */
export function cutLooksOf(value: string, fewest: number): RegExp[] {
  const half = '(?:%[\\da-f]{0,2}|&[#\\w]{0,8}|\\\\+u?[\\da-f]{0,4})?';
  return spellingsOf(value, fewest).map(({ pieces, before = '', flags, fewest: least }) => {
    const rest = pieces.slice(least).reduceRight((inner, piece) => `(?:${piece}${inner})?`, '');
    // An error goes on behind it with its own full stop.
    return new RegExp(`${before}${pieces.slice(0, least).join('')}${rest}${half}(?=\\W{0,3}$)`, flags);
  });
}

export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function spellingsOf(value: string, fewest: number): Spelled[] {
  const bytes = Buffer.from(value);
  return [
    { pieces: textOf(value), flags: 'iu', fewest },
    { pieces: [...bytes].map((byte) => `${hexOf(byte)}[\\s:]?`), flags: 'iu', fewest },
    // What comes before it, as the user's name in credentials, decides where it begins within three bytes.
    ...[0, 1, 2].map((before) => base64Of(bytes, before, fewest)),
  ];
}

const entities: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};

/** Pages show one where a text has several, and others than a blank. */
const space = `(?:${[
  '\\s',
  '\\+',
  '%(?:25)*(?:20|2b|0[9ad])',
  '&(?:amp;)*(?:nbsp|#(?:0*(?:9|10|13|32|160)|x0*(?:9|a|d|20|a0)));?',
  '\\\\+(?:[ntr]|(?:u00|x)(?:0[9ad]|20|a0))',
].join('|')})+`;

/** Of each character: as it is, in an address (also of an address), in JSON (also in JSON), in HTML (also in HTML). */
function textOf(value: string): string[] {
  return [...value.replaceAll(/\s+/g, ' ').replaceAll(/\\+/g, '\\')].map((character) => {
    if (character === ' ') return space;
    const code = character.codePointAt(0) ?? 0;
    const units = [...Array(character.length).keys()].map((at) => hexOf(character.charCodeAt(at), 4));
    const entity = entities[character];
    const isLetter = /[\p{L}\p{N}]/u.test(character);
    const spellings = [
      `${isLetter ? '' : '\\\\*'}${escaped(character)}`,
      [...Buffer.from(character)].map((byte) => `%(?:25)*${hexOf(byte)}`).join(''),
      units.map((unit) => `\\\\+u${unit}`).join(''),
      `&(?:amp;)*#(?:0*${code}|x0*${code.toString(16)});?`,
      ...(entity === undefined ? [] : [`&(?:amp;)*${entity};?`]),
      ...(code < 256 ? [`\\\\+x${hexOf(code)}`] : []),
    ];
    return `(?:${spellings.join('|')})`;
  });
}

/** The digits that are the value's own, with those on either side that it shares with its neighbours. */
function base64Of(bytes: Buffer, before: number, fewest: number): Spelled {
  const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const own = digits.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  const digit = '[\\w+/-]?';
  return {
    pieces: [...own].map((one) =>
      one === '+' ? '(?:\\+|-|%2[Bb])' : one === '/' ? '(?:\\\\*\\/|_|%2[Ff])' : one,
    ),
    before: before === 0 ? '' : digit,
    after: (bytes.length + before) % 3 === 0 ? '' : `${digit}(?:=|%3[Dd]){0,2}`,
    flags: 'u',
    fewest: Math.floor((fewest * 8) / 6),
  };
}

function hexOf(number: number, digits = 2): string {
  return number.toString(16).padStart(digits, '0');
}
