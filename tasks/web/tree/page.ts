import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** A folder, or a file where it has no `children`. Names are different among the children of a folder. */
export interface Node {
  readonly name: string;
  readonly children?: readonly Node[];
}

/** What was done to a file, named by the folders it is in: `Projects / Garden / notes`. */
export type Change = { readonly action: string; readonly path: string; readonly to: string | null };

/** What the file manager of one task shows. */
export interface Files {
  readonly look: Look;
  readonly title: string;
  readonly nodes: readonly Node[];
  /** Paths of folders that are unfolded at the start. */
  readonly unfolded: readonly string[];
  readonly idiom: 'tree' | 'details' | 'buttons';
  /** A file is opened by a click; otherwise it is selected, and a button does something to it. */
  readonly opens: boolean;
  readonly verbs: readonly string[];
  readonly renames: boolean;
  /** Files are moved by dragging them onto a folder. */
  readonly drags: boolean;
  /** A new name is asked for by a dialog of the browser. */
  readonly prompts: boolean;
  readonly labels: {
    readonly name: string;
    readonly save: string;
    readonly folder: string;
    readonly move: string;
  };
  readonly tools: 'above' | 'below';
}

export function filesSite(options: Files): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, choiceIdiom: look.choice }, script: SCRIPT }) };
}

const SCRIPT = `
const { labels, idiom } = data;
const nodes = structuredClone(data.nodes);
const unfolded = new Set(data.unfolded);
const changes = [];
let opened = null;
let selected = null;
let asks = null;
tell(() => ({ opened, changes }));

const join = (path) => path.join(' / ');
const childrenOf = (path) => path.reduce((children, name) => children.find((node) => node.name === name).children, nodes);
const folders = (children = nodes, path = []) => children.flatMap((node) =>
  node.children ? [[...path, node.name], ...folders(node.children, [...path, node.name])] : []);

const pick = (path) => () => {
  asks = null;
  selected = path;
  if (data.opens) { opened = join(path); say('Opened: ' + join(path)); }
  draw();
};
const note = (action, to = null) => {
  changes.push({ action, path: join(selected), to });
  asks = null;
  say(action + ': ' + join(selected) + '.');
};
const drop = () => {
  const siblings = childrenOf(selected.slice(0, -1));
  return siblings.splice(siblings.findIndex(({ name }) => name === selected.at(-1)), 1)[0];
};
const act = (verb) => () => {
  note(verb);
  if (verb === 'Delete') { drop(); selected = null; }
  draw();
};
const isTaken = (folder, name) => childrenOf(folder).some((node) => node.name === name);
const rename = (name) => {
  if (!name || isTaken(selected.slice(0, -1), name)) return warn('Choose another name.');
  note('Rename', name);
  drop();
  selected = [...selected.slice(0, -1), name];
  childrenOf(selected.slice(0, -1)).push({ name });
  draw();
};
const move = (folder) => {
  if (!folder || isTaken(folder, selected.at(-1))) return warn('It cannot be moved there.');
  note('Move', join(folder));
  const node = drop();
  childrenOf(folder).push(node);
  selected = null;
  draw();
};

const toggle = (path) => () => {
  const key = join(path);
  if (unfolded.has(key)) unfolded.delete(key); else unfolded.add(key);
  draw();
};
const isSelected = (path) => selected !== null && join(selected) === join(path);
// A file is dragged onto a folder of files.
let dragged = null;
const dragging = (node, path) => !node.children ? {
  draggable: 'true',
  dragstart: (event) => { dragged = path; event.dataTransfer.setData('text/plain', join(path)); },
  dragend: () => { dragged = null; },
} : path.length < 2 ? {} : {
  'data-drop': true,
  dragover: (event) => { if (dragged) event.preventDefault(); },
  drop: (event) => {
    event.preventDefault();
    if (!dragged) return;
    selected = dragged;
    move(path);
  },
};
const asTree = (children, path) => children.flatMap((node) => {
  const own = [...path, node.name];
  const isOpen = unfolded.has(join(own));
  const run = node.children ? toggle(own) : pick(own);
  const row = h('div', {
    role: 'treeitem', tabindex: 0, click: run, 'aria-level': own.length, style: 'padding-left: ' + own.length * 22 + 'px',
    'aria-expanded': node.children ? isOpen : undefined, 'aria-selected': node.children ? undefined : isSelected(own),
    keydown: (event) => { if (event.key === 'Enter') run(); },
    ...(data.drags ? dragging(node, own) : {}),
  }, node.name);
  return [row, ...(node.children && isOpen ? asTree(node.children, own) : [])];
});
const asList = (children, path) => h('ul', path.length > 0 ? { style: 'margin-left: 22px' } : {}, ...children.map((node) => {
  const own = [...path, node.name];
  const isOpen = unfolded.has(join(own));
  if (!node.children) return h('li', {}, button(node.name, pick(own), { 'aria-pressed': isSelected(own) }));
  if (idiom === 'details') {
    const fold = (event) => { event.preventDefault(); toggle(own)(); };
    return h('li', {}, h('details', { open: isOpen }, h('summary', { click: fold }, node.name), asList(node.children, own)));
  }
  const inner = isOpen && asList(node.children, own);
  return h('li', { style: 'display: block' }, button(node.name, toggle(own), { 'aria-expanded': isOpen }), inner);
}));

const ask = (what) => () => { asks = what; draw(); };
const askName = () => {
  const name = prompt(labels.name);
  if (name !== null) rename(name.trim());
};
const form = () => {
  if (asks === 'name') {
    const field = h('input', { type: 'text', autocomplete: 'off' });
    const save = (event) => { event.preventDefault(); rename(field.value.trim()); };
    return h('form', { class: 'panel', submit: save }, named(labels.name, field), h('p', {}, h('button', {}, labels.save), button('Cancel', ask(null))));
  }
  let target = null;
  const places = folders().filter((path) => join(path) !== join(selected.slice(0, -1)));
  const texts = places.map(join);
  return h('section', { class: 'panel' },
    choice(data.choiceIdiom, labels.folder, data.choiceIdiom === 'select' ? ['', ...texts] : texts, '', (text) => { target = places[texts.indexOf(text)]; }),
    h('p', {}, button(labels.save, () => move(target)), button('Cancel', ask(null))));
};
const tools = h('div');
const tree = h('section', {});
const draw = () => {
  const disabled = selected === null;
  tools.replaceChildren(
    h('div', { class: 'bar' },
      ...data.verbs.map((verb) => button(verb, act(verb), { disabled })),
      data.renames && button('Rename', data.prompts ? askName : ask('name'), { disabled }),
      data.renames && !data.drags && button(labels.move, ask('folder'), { disabled })),
    ...(asks && selected ? [form()] : []));
  tree.replaceChildren(...(idiom === 'tree' ? [h('div', { role: 'tree', 'aria-label': 'Files' }, ...asTree(nodes, []))] : [asList(nodes, [])]));
};
root.append(...(data.opens ? [tree] : data.tools === 'above' ? [tools, tree] : [tree, tools]));
draw();
`;
