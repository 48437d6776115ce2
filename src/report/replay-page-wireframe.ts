import {
  PageObservationSchema,
  type Json,
  type PageElement,
  type PageObservation,
} from '../protocol/index.ts';
import { html } from 'hono/html';
import type { Html } from './html.ts';

/** The page in an observation, where it shows one. */
export function pageIn(observation: Json): PageObservation | undefined {
  return PageObservationSchema.safeParse(observation).data;
}

/**
 * A page as boxes in their places, scaled to the width there is, with a table of its elements.
 *
 * @param acted reference of the element that the step's action goes to.
 */
export function wireframe(page: PageObservation, acted: string | undefined): Html {
  const boxes = page.elements.map(({ box }) => box);
  const left = Math.min(0, ...boxes.map(([x]) => x));
  const top = Math.min(0, ...boxes.map(([, y]) => y));
  const width = Math.max(1, ...boxes.map(([x, , wide]) => x + wide - left));
  const height = Math.max(1, ...boxes.map(([, y, , high]) => y + high - top));
  const percent = (part: number, whole: number): string => ((100 * part) / whole).toFixed(3);
  // Large ones first: what lies in them stays visible.
  const drawn = [...page.elements].sort((one, other) => area(other) - area(one));
  const place = ([x, y, wide, high]: PageElement['box']): string =>
    `left:${percent(x - left, width)}%;top:${percent(y - top, height)}%;` +
    `width:${percent(wide, width)}%;height:${percent(high, height)}%`;
  return html` <div class="frame">
      <div class="address">${page.url}</div>
      ${page.dialog && html`<p class="dialog"><strong>${page.dialog.kind}</strong> ${page.dialog.message}</p>`}
      <div class="canvas" style="--wide:${width};aspect-ratio:${width}/${height};max-width:${width}px">
        ${drawn.map(
          (element) =>
            html`<div
              class="box ${kindOf(element)}${element.ref === acted ? ' acted' : ''}${element.ref === page.focus ? ' focused' : ''}${element.coveredBy === undefined ? '' : ' covered'}"
              style="${place(element.box)}"
              title="${element.ref} ${element.role} ${element.name}"
            >
              <span>${labelOf(element)}</span>
            </div>`,
        )}
      </div>
    </div>
    <details>
      <summary>${page.elements.length} elements</summary>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th>ref</th>
              <th>role</th>
              <th>name</th>
              <th>text</th>
              <th>value</th>
              <th>state</th>
              <th>options</th>
              <th>box</th>
              <th>covered by</th>
              <th>frame</th>
              <th>color</th>
            </tr>
          </thead>
          <tbody>
            ${page.elements.map(
              (element) =>
                html`<tr class="${element.ref === acted ? 'acted' : ''}">
                  <td>${element.ref}</td>
                  <td>${element.role}</td>
                  <td>${element.name}</td>
                  <td>${element.text}</td>
                  <td>${element.value}</td>
                  <td>${element.state?.join(' ')}</td>
                  <td>${element.options?.join(' · ')}</td>
                  <td>${element.box.join(' ')}</td>
                  <td>${element.coveredBy}</td>
                  <td>${element.frame}</td>
                  <td>${element.color}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
}

function area({ box: [, , width, height] }: PageElement): number {
  return width * height;
}

const CONTROLS = new Set(['button', 'link', 'tab', 'menuitem', 'option', 'switch']);
const FIELDS = new Set([
  'textbox',
  'searchbox',
  'combobox',
  'spinbutton',
  'listbox',
  'checkbox',
  'radio',
  'slider',
]);

function kindOf({ role, value }: PageElement): string {
  if (FIELDS.has(role)) return value ? 'field' : 'field empty';
  return CONTROLS.has(role) ? 'control' : 'other';
}

function labelOf({ role, name, text, value, state }: PageElement): string {
  if (role === 'checkbox' || role === 'radio') return state?.includes('checked') ? '✓' : '';
  return value || text || name;
}
