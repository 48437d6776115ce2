import { ITEM, type Scope, type TextExpression } from '../skills/skill-program.ts';
import { quote } from '../skills/skill-source.ts';
import { withoutQuotes, wordsOf } from '../page/spans.ts';

/** All ways to say where texts come from that hold in every occurrence, the simplest first. */
export function expressionsFor(scopes: readonly Scope[], texts: readonly string[]): TextExpression[] {
  const agreeing = readings(scopes).filter(({ valueFor }) =>
    scopes.every((scope, at) => valueFor(scope)?.toLowerCase() === texts[at]?.toLowerCase()),
  );
  const [constant = ''] = texts;
  return texts.every((text) => text === constant) ? [...agreeing, constantOf(constant)] : agreeing;
}

export function constantOf(text: string): TextExpression {
  return { source: quote(text), valueFor: () => text };
}

/** What can be read from an instruction, the simplest first. */
function readings(scopes: readonly Scope[]): TextExpression[] {
  const introductions = new Set(
    scopes.flatMap(({ instruction }) => wordsOf(withoutQuotes(instruction.text))),
  );
  return [
    ...quotedTexts(scopes),
    ...quotedPlaces([-1]),
    ...numbers(),
    ...[...introductions].map((word) => ({
      source: `instruction.after(${quote(word)})`,
      valueFor: ({ instruction }: Scope) => instruction.after(word),
    })),
    ...[0, 1, 2, -1, -2, -3].map((place) => ({
      source: `instruction.word(${place})`,
      valueFor: ({ instruction }: Scope) => instruction.word(place),
    })),
  ];
}

/** The text that a loop is at, and quoted texts by their place. */
export function quotedTexts(scopes: readonly Scope[]): TextExpression[] {
  const most = Math.max(...scopes.map(({ instruction }) => instruction.spans(0).length));
  const item = { source: ITEM, valueFor: ({ texts }: Scope) => texts[ITEM] };
  return [
    ...(scopes.every(({ texts }) => texts[ITEM] !== undefined) ? [item] : []),
    ...quotedPlaces([0, 1, 2, 3].slice(0, most)),
  ];
}

/** The quoted texts at these places. */
export function quotedPlaces(places: readonly number[]): TextExpression[] {
  return places.map((place) => ({
    source: `instruction.quoted(${place})`,
    valueFor: ({ instruction }) => instruction.quoted(place),
  }));
}

/** Numerals by their place. */
export function numbers(): TextExpression[] {
  return [0, 1, -1].map((place) => ({
    source: `instruction.number(${place})`,
    valueFor: ({ instruction }: Scope) => instruction.number(place),
  }));
}
