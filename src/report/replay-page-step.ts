import type { EpisodeRecord, Json, Trajectory } from '../protocol/index.ts';
import { describeDifferences } from '../trajectory/index.ts';
import { html } from 'hono/html';
import type { Html } from './html.ts';
import { pageIn, wireframe } from './replay-page-wireframe.ts';

type RecordOf<Type extends EpisodeRecord['type']> = EpisodeRecord & { type: Type };

/** All that happened at one step. */
export interface Step {
  readonly step: number;
  /** The chart's state after the step's last change. */
  readonly state: string | undefined;
  readonly changes: readonly RecordOf<'state-change'>[];
  readonly observation: RecordOf<'observation'> | undefined;
  readonly before: Json | undefined;
  readonly note: Json | undefined;
  readonly action: Json | undefined;
  readonly error: string | undefined;
}

/** A trajectory's records by step. */
export function stepsOf({ records }: Trajectory): Step[] {
  const last = records.reduce((most, record) => ('step' in record ? Math.max(most, record.step) : most), -1);
  const byStep = Map.groupBy(records, (record) => ('step' in record ? record.step : undefined));
  const steps: Step[] = [];
  for (let step = 0; step <= last; step++) {
    const here = byStep.get(step) ?? [];
    const find = <Type extends EpisodeRecord['type']>(type: Type): RecordOf<Type> | undefined =>
      here.find((record): record is RecordOf<Type> => record.type === type);
    const changes = here.filter((record) => record.type === 'state-change');
    const previous = steps.at(-1);
    steps.push({
      step,
      state: changes.at(-1)?.to ?? previous?.state,
      changes,
      observation: find('observation'),
      before: previous?.observation?.observation,
      note: find('decision')?.note,
      action: find('action')?.action,
      error: find('action-error')?.message,
    });
  }
  return steps;
}

/** An action in a word or two: `click e7`. */
export function actionLine(action: Json | undefined): string {
  if (action === undefined) return 'no action';
  const [name, parameters] = Object.entries<Json>((action ?? {}) as Record<string, Json>)[0] ?? [];
  if (name === undefined) return JSON.stringify(action);
  const values = isObject(parameters)
    ? Object.values(parameters)
    : parameters === undefined
      ? []
      : [parameters];
  const words = values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
  return shorten([name, ...words].join(' ').replaceAll('\n', ' '), 60);
}

/** The section of one step. */
export function stepSection(step: Step): Html {
  const { observation, before, action, error, note, changes, state } = step;
  const seen = observation?.observation;
  const changed = seen === undefined || before === undefined ? [] : describeDifferences(before, seen);
  return html`<section class="step" id="step-${step.step}">
    <h2>Step ${step.step}</h2>
    <p class="states">
      ${
        changes.length > 0
          ? changes.map(
              ({ from, to, event }) =>
                html`<span class="state">${from}</span> <span class="event">${event}</span> →
                  <span class="state now">${to}</span> `,
            )
          : state === undefined
            ? 'No state was recorded.'
            : html`<span class="state now">${state}</span>`
      }
    </p>
    <p class="action ${error === undefined ? '' : 'failed'}">
      <strong>${actionLine(action)}</strong
      >${action === undefined ? undefined : html` <code>${JSON.stringify(action)}</code>`}
    </p>
    ${error === undefined ? undefined : html`<p class="error">Rejected: ${error}</p>`}
    ${
      note === undefined
        ? undefined
        : html`<h3>Note</h3>
            ${valueBlock(note)}`
    }
    ${
      seen === undefined
        ? undefined
        : html`<h3>Seen</h3>
            ${seenBlock(seen, referenceOf(action))}`
    }
    ${changed.length === 0 ? undefined : listBlock('What changed since the step before', changed)}
    ${
      observation?.affordances === undefined
        ? undefined
        : listBlock(
            `${observation.affordances.length} possible actions`,
            observation.affordances.map((one) => JSON.stringify(one)),
          )
    }
    ${observation === undefined ? undefined : html`<p class="hash">observation ${observation.hash}</p>`}
  </section>`;
}

/** A value for reading: texts of several lines as they are, everything else as indented JSON. */
export function valueBlock(value: Json): Html {
  if (typeof value === 'string') return html`<pre>${value}</pre>`;
  if (isObject(value) && !Array.isArray(value)) {
    const members = Object.entries(value as { readonly [key: string]: Json });
    if (members.some(([, member]) => typeof member === 'string' && member.includes('\n'))) {
      return html`<dl>
        ${members.map(
          ([key, member]) =>
            html`<dt>${key}</dt>
              <dd>${valueBlock(member)}</dd>`,
        )}
      </dl>`;
    }
  }
  return html`<pre>${indentedJson(value)}</pre>`;
}

/** JSON that breaks lines only where a value would not fit on one. */
function indentedJson(value: Json, indent = ''): string {
  const line = JSON.stringify(value);
  if (!isObject(value) || line.length <= 80) return line;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((member: Json) => inner + indentedJson(member, inner))
    : Object.entries(value as { readonly [key: string]: Json }).map(
        ([key, member]) => `${inner}${JSON.stringify(key)}: ${indentedJson(member, inner)}`,
      );
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

function seenBlock(observation: Json, acted: string | undefined): Html {
  const page = pageIn(observation);
  return page ? wireframe(page, acted) : valueBlock(observation);
}

function listBlock(title: string, lines: readonly string[]): Html {
  return html`<details>
    <summary>${title}</summary>
    <ul>
      ${lines.map((line) => html`<li><code>${line}</code></li>`)}
    </ul>
  </details>`;
}

/** The element that an action names. */
function referenceOf(action: Json | undefined): string | undefined {
  const parameters = Object.values(action ?? {})[0] as Json | undefined;
  const ref = isObject(parameters) && 'ref' in parameters ? parameters.ref : undefined;
  return typeof ref === 'string' ? ref : undefined;
}

function isObject(value: Json | undefined): value is Json & object {
  return value !== null && typeof value === 'object';
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
