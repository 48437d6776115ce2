import { textField } from '../fields.ts';
import { embed, escapeHtml, page, type Style } from '../markup.ts';

/** What the shop of one task shows. */
export interface Shop {
  readonly style: Style;
  readonly title: string;
  readonly labels: { readonly search: string; readonly submit: string; readonly choose: string };
  /** Everything there is; the results page shows what matches the query. */
  readonly items: readonly { readonly name: string; readonly price: string }[];
  readonly quantities: readonly string[];
  readonly colors: readonly string[];
  readonly buttonFirst: boolean;
  /** True: selects and buttons are named for their item too. */
  readonly namesItems: boolean;
  /** The form stands on the results page as well. */
  readonly searchAgain: boolean;
}

export function shopSite(options: Shop): Record<string, string> {
  const { style, title, labels } = options;
  const form = `<form action="/results" method="get" role="search">
${textField(style, { id: 'q', name: 'q', label: labels.search, type: 'search' })}
<p><button>${escapeHtml(labels.submit)}</button></p>
</form>`;
  return {
    '/': page({ style, title, body: form, script: STATE }),
    '/results': page({
      style,
      title: `${title}: results`,
      body: `${options.searchAgain ? form : ''}<p id="count"></p><ul id="items"></ul><p role="status" id="status"></p>`,
      script: STATE + resultsScript(options),
    }),
  };
}

/** What was chosen outlives a page, so it is kept with the tab. */
const STATE = `
const chosen = () => JSON.parse(sessionStorage.getItem('chosen') ?? '[]');
window.lamarckEvidence = () => ({ chosen: chosen() });
`;

function resultsScript({ items, quantities, colors, labels, buttonFirst, namesItems }: Shop): string {
  return `
const query = new URLSearchParams(location.search).get('q') ?? '';
const words = query.toLowerCase().split(/\\s+/).filter(Boolean);
const found = ${embed(items)}.filter(({ name }) => words.length > 0 && words.every((word) => name.toLowerCase().includes(word)));
document.getElementById('count').textContent = words.length === 0 ? 'Type what you look for.' : found.length + ' found for ' + query;
const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
const named = (element, label, item) => {
  element.setAttribute('aria-label', ${namesItems ? "label + ' ' + item.name" : 'label'});
  return element;
};
const select = (label, options, item) => {
  const element = named(make('select', ''), label, item);
  for (const option of options) element.append(make('option', option));
  return element;
};
for (const item of found) {
  const line = make('li', '');
  const quantity = select('Quantity', ${embed(quantities)}, item);
  const color = select('Color', ${embed(colors)}, item);
  const button = named(make('button', ${embed(labels.choose)}), ${embed(labels.choose)}, item);
  button.addEventListener('click', () => {
    const choice = { item: item.name, quantity: quantity.value || '1', color: color.value || null };
    sessionStorage.setItem('chosen', JSON.stringify([...chosen(), choice]));
    document.getElementById('status').textContent = 'Chosen: ' + item.name + '.';
  });
  const parts = [make('strong', item.name), make('span', item.price)];
  if (quantity.options.length > 0) parts.push(quantity);
  if (color.options.length > 0) parts.push(color);
  line.append(...(${embed(buttonFirst)} ? [button, ...parts] : [...parts, button]));
  document.getElementById('items').append(line);
}
`;
}
