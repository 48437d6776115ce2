import { escapeHtml, type Style } from './markup.ts';

/** A text field with its name given in the style's way. */
export function textField(
  style: Style,
  field: { id: string; name: string; label: string; type?: string },
): string {
  const label = escapeHtml(field.label);
  const attributes = `id="${field.id}" name="${field.name}" type="${field.type ?? 'text'}" autocomplete="off"`;
  switch (style.labels) {
    case 'for':
      return `<p><label for="${field.id}">${label}</label> <input ${attributes}></p>`;
    case 'wrap':
      return `<p><label>${label} <input ${attributes}></label></p>`;
    case 'aria-label':
      return `<p>${caption(label)} <input ${attributes} aria-label="${label}"></p>`;
    case 'placeholder':
      return `<p><input ${attributes} placeholder="${label}"></p>`;
  }
}

/** A select. A label around it would take the options' texts into its name, and it has no placeholder. */
export function selectField(
  style: Style,
  field: { id: string; name: string; label: string; options: readonly string[] },
): string {
  const label = escapeHtml(field.label);
  const options = field.options.map((text) => `<option>${escapeHtml(text)}</option>`).join('');
  const attributes = `id="${field.id}" name="${field.name}"`;
  return style.labels === 'for' || style.labels === 'wrap'
    ? `<p><label for="${field.id}">${label}</label> <select ${attributes}>${options}</select></p>`
    : `<p>${caption(label)} <select ${attributes} aria-label="${label}">${options}</select></p>`;
}

/** A checkbox or a radio button with its text beside it. */
export function choiceField(
  style: Style,
  field: {
    id: string;
    name: string;
    label: string;
    type: 'checkbox' | 'radio';
    value?: string;
    checked?: boolean;
  },
): string {
  const value = field.value === undefined ? '' : ` value="${escapeHtml(field.value)}"`;
  const input = `<input id="${field.id}" type="${field.type}" name="${field.name}"${value}${field.checked ? ' checked' : ''}>`;
  return style.labels === 'wrap' || style.labels === 'aria-label'
    ? `<p><label>${input} ${escapeHtml(field.label)}</label></p>`
    : `<p>${input} <label for="${field.id}">${escapeHtml(field.label)}</label></p>`;
}

/** What people read beside a field whose name is an attribute. */
function caption(label: string): string {
  return `<span aria-hidden="true">${label}</span>`;
}
