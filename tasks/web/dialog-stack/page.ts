import { app } from '../app.ts';
import type { Look } from '../look.ts';

/** Something that belongs to somebody. */
export type Thing = { readonly name: string; readonly owner: string };

/** What the page of one task shows. */
export interface Dialogs {
  readonly look: Look;
  readonly title: string;
  readonly things: readonly Thing[];
  readonly people: readonly string[];
  /** From the list of people a third dialog leads to a new one. */
  readonly addsPeople: boolean;
  /** Before a change is kept, it is asked whether to tell the former owner; with `how`, also in what way. */
  readonly tells: 'never' | 'whether' | 'how';
  readonly ways: readonly string[];
  /** Dialogs lie over the page and hold it, lie over it, or stand in it. */
  readonly dialogs: 'modal' | 'over' | 'within';
  readonly labels: Readonly<
    Record<'open' | 'change' | 'add' | 'name' | 'owner' | 'ok' | 'cancel' | 'yes' | 'no', string>
  >;
}

export function dialogsSite(options: Dialogs): Record<string, string> {
  const { look, title, ...data } = options;
  return { '/': app({ look, title, data: { ...data, idiom: look.choice }, script: SCRIPT, rules: RULES }) };
}

const RULES = `
dialog { min-width: 280px; max-width: 480px; } dialog.within { position: static; margin: 8px 0; }`;

const SCRIPT = `
const { labels } = data;
let things = data.things.map((thing) => ({ ...thing }));
let people = [...data.people];
const told = [];
// The state does not tell in which order people were added.
tell(() => ({ things, people: [...people].sort(), told }));

// A dialog on top of those that are open; what is drawn anew keeps its place.
const openDialog = (title, content, answers) => {
  const dialog = h('dialog', { 'aria-label': title, class: data.dialogs === 'within' && 'within' });
  const close = () => { dialog.close(); dialog.remove(); };
  const drawn = () => dialog.replaceChildren(...[h('h2', {}, title), ...content(drawn),
    h('p', {}, ...answers.map(([text, run]) => button(text, () => { if (run && run() === false) return; close(); })))].filter(Boolean));
  root.append(dialog);
  drawn();
  if (data.dialogs === 'modal') dialog.showModal(); else dialog.show();
};

const newPerson = (done) => {
  const box = h('input', { type: 'text', autocomplete: 'off' });
  openDialog(labels.add, () => [named(labels.name, box)], [[labels.cancel], [labels.ok, () => {
    const name = box.value.trim();
    if (!name || people.includes(name)) { warn('Choose another name.'); return false; }
    people = [...people, name];
    done(name);
  }]]);
};
const choosePerson = (chosen, done) => {
  openDialog(labels.change, (drawn) => [
    choice(data.idiom, labels.owner, people, chosen, (name) => { chosen = name; }),
    data.addsPeople && h('p', {}, button(labels.add, () => newPerson((name) => { chosen = name; drawn(); }))),
  ], [[labels.cancel], [labels.ok, () => done(chosen)]]);
};
const keep = (thing, owner) => {
  const former = thing.owner;
  things = things.map((one) => (one.name === thing.name ? { ...one, owner } : one));
  draw();
  say(thing.name + ' belongs to ' + owner + ' now.');
  if (data.tells === 'never' || owner === former) return;
  const note = (way) => { told.push({ name: former, of: thing.name, way }); say(former + ' is told.'); };
  openDialog('Tell ' + former + ' about it?', () => [], [[labels.no], [labels.yes, () => {
    if (data.tells === 'whether') note(null);
    else openDialog('In what way?', () => [], data.ways.map((way) => [way, () => note(way)]));
  }]]);
};
const open = (thing) => {
  let owner = thing.owner;
  openDialog(thing.name, (drawn) => [
    h('p', {}, labels.owner + ': ' + owner),
    h('p', {}, button(labels.change, () => choosePerson(owner, (name) => { owner = name; drawn(); }))),
  ], [[labels.cancel], [labels.ok, () => keep(thing, owner)]]);
};

const list = h('section');
const draw = () => list.replaceChildren(rows(['Name', labels.owner, ''], things.map((thing) =>
  [thing.name, thing.owner, button(labels.open, () => open(thing), forItem(labels.open, thing.name))])));
root.append(list);
draw();
`;
