import {
  ITEM,
  stepsIn,
  type Helper,
  type InducedSkill,
  type InducedStep,
  type Literal,
  type SelectorExpression,
  type Statement,
  type TextExpression,
} from './skill-program.ts';
import { helperSource, sizeOf } from './skill-source.ts';

/** Acts that a helper has at the least, and helpers that are made at a time. */
const LEAST_ACTS = 2;
const MOST_HELPERS = 4;

interface Window {
  readonly list: readonly Statement[];
  readonly from: number;
  readonly statements: readonly Statement[];
  /** Texts read from the instruction or the loop, in order: where instances may differ. */
  readonly texts: readonly TextExpression[];
}

/**
 * What several skills do alike becomes a helper that they call: the run of statements that saves the most is taken out,
 * with the texts that differ as parameters (anti-unification, Plotkin 1970), and again until nothing is saved.
 */
export function factorSkills(skills: readonly InducedSkill[]): InducedSkill[] {
  let factored = [...skills];
  for (let count = 0; count < MOST_HELPERS; count++) {
    const windows = bestWindows(factored.map(({ body }) => body));
    if (windows === undefined) break;
    const helper = helperFrom(windows);
    factored = factored.map((skill) => ({ ...skill, body: replaced(skill.body, windows, helper) }));
  }
  return factored;
}

function bestWindows(bodies: readonly (readonly Statement[])[]): readonly Window[] | undefined {
  const byShape = new Map<string, Window[]>();
  for (const window of bodies.flatMap(windowsIn)) {
    const shape = JSON.stringify(window.statements.map((one) => withTexts(one, () => HOLE)));
    const others = byShape.get(shape) ?? [];
    if (!others.some((other) => overlap(other, window))) byShape.set(shape, [...others, window]);
  }
  let best: readonly Window[] | undefined;
  let most = 0;
  for (const windows of byShape.values()) {
    const size = sizeOf(windows[0]?.statements ?? []);
    const saved = (windows.length - 1) * size - windows.length;
    if (windows.length > 1 && saved > most) [best, most] = [windows, saved];
  }
  return best;
}

const HOLE: TextExpression = { source: '…', valueFor: () => undefined };

function overlap(one: Window, other: Window): boolean {
  return (
    one.list === other.list &&
    one.from < other.from + other.statements.length &&
    other.from < one.from + one.statements.length
  );
}

/** All runs of statements that could be a helper. */
function windowsIn(list: readonly Statement[]): Window[] {
  const own = list.flatMap((_, from) =>
    list.slice(from).map((__, length): Window => {
      const statements = list.slice(from, from + length + 1);
      const texts: TextExpression[] = [];
      for (const one of statements) withTexts(one, (text) => (texts.push(text), text));
      return { list, from, statements, texts };
    }),
  );
  const inner = list.flatMap((one) => ('body' in one ? windowsIn(one.body) : []));
  return [...own.filter(({ statements }) => isWorthwhile(statements)), ...inner];
}

/** A helper does several things, and does not end the episode. */
function isWorthwhile(statements: readonly Statement[]): boolean {
  const kinds = stepsIn(statements).map(({ kind }) => kind);
  return kinds.length >= LEAST_ACTS && !kinds.includes('done') && !statements.some(callsHelper);
}

function callsHelper(statement: Statement): boolean {
  return statement.form === 'call' || ('body' in statement && statement.body.some(callsHelper));
}

function helperFrom(windows: readonly Window[]): Helper {
  const [first] = windows as [Window];
  const parameters: string[] = [];
  const named = new Map<string, TextExpression>();
  const given = first.texts.map((text, at) => {
    const sources = windows.map(({ texts }) => texts[at]?.source ?? '');
    const isSame = sources.every((source) => source === sources[0]);
    if (isSame && text.source !== ITEM) return text;
    const key = sources.join();
    const known = named.get(key);
    if (known !== undefined) return known;
    const name = `text${parameters.length + 1}`;
    parameters.push(name);
    const parameter = { source: name, valueFor: ({ texts }) => texts[name] } satisfies TextExpression;
    named.set(key, parameter);
    return parameter;
  });
  let at = 0;
  const body = first.statements.map((one) => withTexts(one, () => given[at++] as TextExpression));
  const unnamed = { name: 'helper', parameters, body };
  const kinds = [...new Set(stepsIn(body).map(({ kind }) => kind))];
  return { ...unnamed, name: [...kinds, fingerprint(helperSource(unnamed, ''))].join('-') };
}

/** Equal helpers get equal names, in whatever order they were found. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), 0x01000193) >>> 0;
  return hash.toString(36);
}

function replaced(
  list: readonly Statement[],
  windows: readonly Window[],
  helper: Helper,
): readonly Statement[] {
  const result: Statement[] = [];
  for (let at = 0; at < list.length; at++) {
    const window = windows.find((one) => one.list === list && one.from === at);
    const statement = list[at] as Statement;
    if (window !== undefined) {
      result.push({ form: 'call', helper, texts: argumentsOf(window, helper) });
      at += window.statements.length - 1;
    } else if ('body' in statement)
      result.push({ ...statement, body: replaced(statement.body, windows, helper) });
    else result.push(statement);
  }
  return result;
}

/** What a window gives for each parameter: its own text at the first place where the helper reads it. */
function argumentsOf(window: Window, helper: Helper): TextExpression[] {
  const read: TextExpression[] = [];
  for (const one of helper.body) withTexts(one, (text) => (read.push(text), text));
  return helper.parameters.map(
    (name) => window.texts[read.findIndex(({ source }) => source === name)] as TextExpression,
  );
}

/** The statement with each text that is read replaced; the text of a loop inside it is its own. */
function withTexts(statement: Statement, replace: (text: TextExpression) => TextExpression): Statement {
  switch (statement.form) {
    case 'act':
      return { form: 'act', step: stepWith(statement.step, replace) };
    case 'call':
      return { ...statement, texts: statement.texts.map(replace) };
    case 'for': {
      const outside = (text: TextExpression) => (text.source === ITEM ? text : replace(text));
      return { ...statement, body: statement.body.map((one) => withTexts(one, outside)) };
    }
    default:
      return {
        ...statement,
        condition: statement.condition.map((literal): Literal =>
          'has' in literal
            ? { ...literal, has: literal.has.map((selector) => selectorWith(selector, replace)) }
            : literal,
        ),
        body: statement.body.map((one) => withTexts(one, replace)),
      };
  }
}

function stepWith(step: InducedStep, replace: (text: TextExpression) => TextExpression): InducedStep {
  return {
    ...step,
    elements: step.elements.map((selector) => selectorWith(selector, replace)),
    ...(step.to && { to: step.to.map((selector) => selectorWith(selector, replace)) }),
    ...(step.text && { text: isRead(step.text) ? replace(step.text) : step.text }),
  };
}

function selectorWith(
  { role, fields }: SelectorExpression,
  replace: (text: TextExpression) => TextExpression,
): SelectorExpression {
  return {
    role,
    fields: fields.map((field) =>
      isRead(field.value) ? { ...field, value: replace(field.value as TextExpression) } : field,
    ),
  };
}

/** Whether it is a text that is read from the instruction, from a loop or from a parameter; not a fixed one. */
function isRead({ source }: { readonly source: string }): boolean {
  return /^(item|text\d+|instruction\.(quoted|number|after|word)\()/.test(source);
}
