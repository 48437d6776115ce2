import { stripVTControlCharacters, styleText } from 'node:util';

type Kind = Parameters<typeof styleText>[0];

/**
 * Characters that a terminal obeys or does not show: control, format (bidirectional controls among them), tags, unpaired surrogates,
 * line and paragraph separators, fillers. Emoji hold some of them and are matched first, to be kept.
 */
const HIDDEN = /\p{RGI_Emoji}|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gv;
const IS_HIDDEN = /^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]$/v;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
/** A tab in lines of a file. */
const TAB = '    ';

/**
 * A text whose line breaks and styles are ours: only `styled`, `style`, `joined` and `table` make them, and they escape whatever else
 * is put in.
 */
class Styled {
  /** With styles as escape sequences, which are the only ones in it. */
  readonly #ansi: string;

  constructor(ansi: string) {
    this.#ansi = ansi;
  }

  get ansi(): string {
    return this.#ansi;
  }

  get plain(): string {
    return stripVTControlCharacters(this.#ansi);
  }

  /** Without styles, for texts that do not go to a terminal. */
  toString(): string {
    return this.plain;
  }
}

export type StyledText = Styled;

/** What may be printed. A plain text may be anyone's: it fills one line, and its control characters are shown. */
export type Text = string | number | StyledText;

/** A text in one line, with every character that a terminal would obey or hide as an escape, written as in JSON. */
export function escaped(text: string): string {
  return text.replace(HIDDEN, (found) => (IS_HIDDEN.test(found) ? escapeOf(found) : found));
}

function escapeOf(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return SHORT[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}

/**
 * A template whose own text is ours, line breaks included; what is put in is escaped, unless it is styled text.
 *
 * @example
 * print(styled`${style('red', '✗')} ${family}: ${message}`);
 */
export function styled(ours: TemplateStringsArray, ...values: readonly Text[]): StyledText {
  return new Styled(ours.reduce((text, part, at) => `${text}${ansiOf(values[at - 1] ?? '')}${part}`));
}

/** In a colour or weight, where what it is printed to is a terminal that wants it. */
export function style(kind: Kind, text: Text): StyledText {
  return new Styled(styleText(kind, ansiOf(text), { validateStream: false }));
}

/** Texts with a separator of ours between them: lines, without one. */
export function joined(texts: readonly Text[], separator = '\n'): StyledText {
  return new Styled(texts.map(ansiOf).join(separator));
}

/** The lines of someone's text, with spaces for tabs: each is still to be escaped. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/).map((line) => line.replaceAll('\t', TAB));
}

/** Someone's text with its line breaks. Lines after the first stand behind a bar, so that none can be taken for one of ours. */
export function paragraph(text: string): StyledText {
  return joined(linesOf(text.trimEnd()), ansiOf(styled`\n${style('dim', '│ ')}`));
}

/** With styles as escape sequences, which are the only ones in it. */
export function ansiOf(text: Text): string {
  return text instanceof Styled ? text.ansi : escaped(String(text));
}

/** For a layout of what `ansiOf` gave: what holds sequences of anyone else must not be passed. */
export function laidOut(ansi: string): StyledText {
  return new Styled(ansi);
}
