/** What may not reach a terminal from a text that is not ours, but for emoji: written out, so that it is not what it tests. */
const UNSAFE = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  // What an unpaired surrogate becomes in UTF-8.
  [0xfffd, 0xfffd],
  [0xe0000, 0xe0fff],
] as const;

/** Code points of a text that would drive a terminal or deceive a reader; its line breaks are not among them. */
export function unsafeIn(text: string): string[] {
  const emoji = /\p{RGI_Emoji}/gv;
  return Array.from(text.replace(emoji, ''), (character) => character.codePointAt(0) ?? 0)
    .filter((code) => UNSAFE.some(([first, last]) => first <= code && code <= last))
    .map((code) => `U+${code.toString(16)}`);
}
