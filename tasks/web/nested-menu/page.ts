import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** An entry of a menu: a menu of its own, a command, or something to switch on and off. */
export interface Entry {
  readonly name: string;
  readonly entries?: readonly Entry[];
  /** Whether it is on, where it can be switched. */
  readonly isOn?: boolean;
}

/** What the menus of one task show. */
export interface Menus {
  readonly look: Look;
  readonly title: string;
  readonly entries: readonly Entry[];
  /** The first entries stand in a bar, in a column, or behind a button. */
  readonly shape: 'bar' | 'column' | 'button';
  /** A menu opens by a press on its entry, or while the pointer is over it; or it takes the place of the one before. */
  readonly opens: 'press' | 'hover' | 'in place';
  readonly labels: { readonly menu: string; readonly back: string };
}

export function menusSite(options: Menus): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data, script: SCRIPT, rules: RULES }) };
}

/** Menus lie over what is below them: nothing moves away from under the pointer. */
const RULES = `
.menu { display: block; padding: 2px; margin: 0; width: 180px; } .menu.bar { display: flex; gap: 0; width: auto; border: 0; }
.menu li { display: block; padding: 0; position: relative; } .menu [role^=menuitem] { width: 100%; min-width: 110px; margin: 0; text-align: left; }
.menu ul { position: absolute; left: 100%; top: 0; z-index: 1; margin: 0; } .menu.bar > li > ul { left: 0; top: 100%; }
.hovers ul { display: none; } .hovers li:hover > ul { display: inline-flex; } .hovers:not(:hover) li:focus-within > ul { display: inline-flex; }`;

const SCRIPT = `
const chosen = [];
const on = new Set();
const join = (path) => path.join(' > ');
const initially = (entries, path) => entries.forEach(({ name, entries: inner, isOn }) => {
  if (isOn) on.add(join([...path, name]));
  if (inner) initially(inner, [...path, name]);
});
initially(data.entries, []);
// The state does not tell in which order things were switched.
tell(() => ({ chosen, on: [...on].sort() }));

let open = [];
let isShown = data.shape !== 'button';
const isOpen = (path) => path.every((name, at) => open[at] === name);
const run = ({ isOn }, path) => {
  const name = join(path);
  if (isOn === undefined) chosen.push(name);
  else if (on.has(name)) on.delete(name);
  else on.add(name);
  open = [];
  isShown = data.shape !== 'button';
  document.activeElement.blur();
  draw();
  say(name + (isOn === undefined ? ': done.' : on.has(name) ? ': on.' : ': off.'));
};
const heads = [];
const go = (path) => {
  open = path;
  if (data.opens === 'in place') return draw();
  for (const { path: own, head, menu } of heads) {
    menu.hidden = !isOpen(own);
    head.setAttribute('aria-expanded', isOpen(own));
  }
};
const leaf = (one, path) => {
  const toggles = one.isOn !== undefined;
  const isOn = on.has(join(path));
  return button((toggles && isOn ? '✓ ' : '') + one.name, () => run(one, path),
    { role: toggles ? 'menuitemcheckbox' : 'menuitem', 'aria-label': one.name, 'aria-checked': toggles ? isOn : undefined });
};
const item = (one, path) => {
  const own = [...path, one.name];
  if (!one.entries) return h('li', { role: 'none' }, leaf(one, own));
  const press = () => { if (data.opens !== 'hover') go(isOpen(own) ? path : own); };
  const head = button(one.name, press, { role: 'menuitem', 'aria-haspopup': 'menu' });
  if (data.opens === 'in place') return h('li', { role: 'none' }, head);
  const menu = h('ul', { role: 'menu', 'aria-label': one.name }, ...one.entries.map((inner) => item(inner, own)));
  if (data.opens === 'press') heads.push({ path: own, head, menu });
  return h('li', { role: 'none' }, head, menu);
};
const menu = () => {
  const here = data.opens === 'in place' ? open : [];
  const entries = here.reduce((inner, name) => inner.find((one) => one.name === name).entries, data.entries);
  const back = here.length > 0 && h('li', { role: 'none' }, button(data.labels.back, () => go(open.slice(0, -1)), { role: 'menuitem' }));
  const isBar = data.shape === 'bar' && data.opens !== 'in place';
  const classes = ['menu', isBar && 'bar', data.opens === 'hover' && 'hovers'].filter(Boolean).join(' ');
  return h('ul', { role: isBar ? 'menubar' : 'menu', class: classes, 'aria-label': data.labels.menu }, back, ...entries.map((one) => item(one, here)));
};
const opener = button(data.labels.menu, () => { isShown = !isShown; open = []; draw(); }, { 'aria-haspopup': 'menu' });
const view = h('section');
const draw = () => {
  opener.setAttribute('aria-expanded', isShown);
  heads.length = 0;
  view.replaceChildren(...[data.shape === 'button' && opener, isShown && menu()].filter(Boolean));
  if (data.opens === 'press') go(open);
};
root.append(view, h('p', {}, 'Nothing is open.'));
draw();
`;
