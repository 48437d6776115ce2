import type { Random } from 'lamarck';
import { embed, escapeHtml, page, type Style } from '../markup.ts';

/** One row: its number tells it from all others. */
export interface Row {
  readonly number: string;
  readonly name: string;
  readonly detail: string;
}

/** What the page of one task shows. */
export interface RowsPage {
  readonly style: Style;
  readonly title: string;
  readonly columns: { readonly name: string; readonly detail: string };
  readonly rows: readonly Row[];
  readonly actions: readonly string[];
  /** Buttons above the rows, for things that nobody asked for. */
  readonly extras: readonly string[];
  readonly layout: 'table' | 'list';
  readonly actionsFirst: boolean;
  readonly numberShown: boolean;
  /** True: buttons are named for their row too, as in "Archive Nordwind". */
  readonly namesRows: boolean;
  /** A question has to be answered before anything is done. */
  readonly confirm: { readonly yes: string; readonly modal: boolean } | undefined;
}

export function rowsSite(options: RowsPage): Record<string, string> {
  const { style, title, columns, rows, extras, layout, actionsFirst, numberShown, confirm } = options;
  const heads = [...(numberShown ? ['Number'] : []), columns.name, columns.detail];
  const cells = (row: Row): string[] => [...(numberShown ? [row.number] : []), row.name, row.detail];
  const buttons = (row: Row, index: number): string =>
    options.actions
      .map((action) => {
        const label = options.namesRows
          ? ` aria-label="${escapeHtml(`${action} ${row.name}${numberShown ? ` ${row.number}` : ''}`)}"`
          : '';
        return `<button type="button" data-action="${escapeHtml(action)}" data-row="${index}"${label}>${escapeHtml(action)}</button>`;
      })
      .join(' ');
  const arrange = <T>(shown: readonly T[], acting: T): T[] =>
    actionsFirst ? [acting, ...shown] : [...shown, acting];
  const body =
    layout === 'table'
      ? `<table><thead><tr>${arrange(
          heads.map((text) => `<th scope="col">${text}</th>`),
          '<th scope="col">Actions</th>',
        ).join('')}</tr></thead>
<tbody>${rows
          .map(
            (row, index) =>
              `<tr>${arrange(
                cells(row).map((text) => `<td>${escapeHtml(text)}</td>`),
                `<td>${buttons(row, index)}</td>`,
              ).join('')}</tr>`,
          )
          .join('\n')}</tbody></table>`
      : `<ul>${rows
          .map(
            (row, index) =>
              `<li>${arrange(
                cells(row).map((text) => `<span>${escapeHtml(text)}</span>`),
                `<span>${buttons(row, index)}</span>`,
              ).join('')}</li>`,
          )
          .join('\n')}</ul>`;
  const above = extras
    .map((text) => `<button type="button" data-action="${escapeHtml(text)}">${escapeHtml(text)}</button>`)
    .join(' ');
  const dialog = confirm
    ? `<dialog id="dialog" aria-label="Are you sure?"><p id="question"></p>
<p><button type="button" id="yes">${escapeHtml(confirm.yes)}</button> <button type="button" id="no">Cancel</button></p></dialog>`
    : '';
  return {
    '/': page({
      style,
      title,
      body: `${above ? `<p>${above}</p>` : ''}\n${body}\n<p role="status" id="status"></p>\n${dialog}`,
      script: script(rows, confirm?.modal),
    }),
  };
}

/** Draws rows with different numbers, one for each name. */
export function drawRows(random: Random, names: readonly string[], details: readonly string[]): Row[] {
  const numbers = random.sample(
    Array.from({ length: 90 }, (_, index) => 1010 + index * 7),
    names.length,
  );
  return names.map((name, index) => ({ number: String(numbers[index]), name, detail: random.pick(details) }));
}

function script(rows: readonly Row[], modal: boolean | undefined): string {
  return `
const rows = ${embed(rows.map(({ number, name }) => ({ number, name })))};
const state = { done: [] };
window.lamarckEvidence = () => state;
const byId = (id) => document.getElementById(id);
const apply = (action, row) => {
  state.done.push({ action, row: row ? row.number : null });
  byId('status').textContent = action + ': done' + (row ? ' for ' + row.name : '') + '.';
};
let asked = null;
for (const button of document.querySelectorAll('[data-action]')) button.addEventListener('click', () => {
  const row = rows[button.dataset.row];
  ${
    modal === undefined
      ? 'apply(button.dataset.action, row);'
      : `asked = [button.dataset.action, row];
  byId('question').textContent = button.dataset.action + (row ? ' ' + row.name + ', number ' + row.number : '') + '?';
  byId('dialog').${modal ? 'showModal' : 'show'}();`
  }
});
byId('yes')?.addEventListener('click', () => { byId('dialog').close(); if (asked) apply(...asked); asked = null; });
byId('no')?.addEventListener('click', () => { byId('dialog').close(); asked = null; });
`;
}
