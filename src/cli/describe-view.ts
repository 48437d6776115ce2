import type { Json, PageElement } from '../protocol/index.ts';
import { linesOf as linesOfText, style, styled, type Text } from './styled-text.ts';
import { tableLines } from './table.ts';
import { columns } from './terminal.ts';

type Fields = Readonly<Record<string, Json>>;

/** Members of one list that are shown, and lines of one text: a file is no use without its end. */
const MOST = 40;
const MOST_LINES = 300;
const INDENT = '  ';

/** An observation for a person at a terminal. What was asked is left out: it stands above. */
export function observationLines(observation: Json): Text[] {
  if (!isFields(observation)) return linesOf(observation).map((line) => styled`${INDENT}${line}`);
  return Object.entries(observation).flatMap(([name, value]) =>
    name === 'instruction' || isEmpty(value) ? [] : namedLines(name, value),
  );
}

function namedLines(name: string, value: Json): Text[] {
  const lines = linesOf(value);
  return lines.length === 1
    ? [styled`${style('dim', name)} ${lines[0] ?? ''}`]
    : [style('dim', name), ...lines.map((line) => styled`${INDENT}${line}`)];
}

function linesOf(value: Json): Text[] {
  if (typeof value === 'string') return few(linesOfText(value.trimEnd()), MOST_LINES);
  if (Array.isArray(value))
    return value.length > 1 && value.every(isElement)
      ? few(elementLines(value), MOST + 1)
      : few(value.map(lineOf), MOST);
  // Files by their paths: in a line of JSON nobody could read them.
  if (isFields(value) && Object.values(value).some((each) => typeof each === 'string' && each.includes('\n')))
    return Object.entries(value).flatMap(([name, each]) => namedLines(name, each));
  return [lineOf(value)];
}

function few(lines: readonly Text[], most: number): Text[] {
  const over = lines.length - most;
  return over > 0 ? [...lines.slice(0, most), style('dim', `… ${over} more`)] : [...lines];
}

/** An element of a page by what a person calls it; everything else as JSON. */
function lineOf(value: Json): string {
  if (isElement(value)) return cellsOf(value).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function elementLines(elements: readonly PageElement[]): Text[] {
  const rows = elements.map(cellsOf);
  return tableLines([['ref', 'role', 'name'], ...rows], columns() - INDENT.length);
}

function cellsOf({ ref, role, name, value: content, state = [], options }: PageElement): string[] {
  const shown = [
    JSON.stringify(name),
    ...(content === undefined ? [] : [`= ${JSON.stringify(content)}`]),
    ...(options === undefined ? [] : [`of ${options.join(', ')}`]),
    ...(state.length === 0 ? [] : [`(${state.join(', ')})`]),
  ];
  return [ref, role, shown.join(' ')];
}

/** An action in a line, with what its references refer to. */
export function actionLine(action: Json, observation: Json): string {
  const [name, parameters] = isFields(action) ? (Object.entries(action)[0] ?? []) : [];
  if (name === undefined || !isFields(parameters)) return JSON.stringify(action);
  const elements: readonly unknown[] =
    isFields(observation) && Array.isArray(observation['elements']) ? observation['elements'] : [];
  const shown = Object.values(parameters).map((value) => {
    const element = elements.find((one) => isElement(one) && one.ref === value);
    return isElement(element) ? `${element.role} ${JSON.stringify(element.name)}` : JSON.stringify(value);
  });
  return [name, ...shown].join(' ');
}

function isElement(value: unknown): value is PageElement {
  return typeof value === 'object' && value !== null && 'ref' in value && 'role' in value && 'name' in value;
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
