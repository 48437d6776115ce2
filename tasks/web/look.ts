import type { Random } from 'lamarck';
import { drawStyle, type Style } from './markup.ts';

/** How a small application looks, and which widgets it uses where several would do. */
export interface Look extends Style {
  readonly theme: 'light' | 'dark';
  readonly density: 'airy' | 'dense';
  /** How items are laid out. */
  readonly rows: 'table' | 'list' | 'cards';
  /** How one of several options is chosen. */
  readonly choice: 'select' | 'radio' | 'buttons';
  /** Whether controls that stand for many items are named for theirs too, as in "Add Oak tray". */
  readonly namesItems: boolean;
  /** Buttons for things that nobody asked for. */
  readonly extras: readonly string[];
  /** A box that asks for an e-mail address, which nobody asked for either. */
  readonly newsletter: boolean;
}

/** Draws a look; what distracts grows with difficulty. */
export function drawLook(random: Random, difficulty: number): Look {
  const style = drawStyle(random, difficulty);
  return {
    ...style,
    links: style.links.slice(0, difficulty),
    theme: random.chance(0.25) ? 'dark' : 'light',
    density: random.chance(0.3) ? 'dense' : 'airy',
    rows: random.pick(['table', 'list', 'cards']),
    choice: random.pick(['select', 'radio', 'buttons']),
    namesItems: random.chance(),
    extras: random.sample(['Export', 'Print page', 'Share', 'Refresh'], difficulty - 1),
    newsletter: difficulty > 1 && random.chance(0.35),
  };
}

/** The rules of an application's parts, on top of those that every page has. */
export function lookRules({ hue, rounded, theme, density }: Look): string {
  const isDark = theme === 'dark';
  const line = isDark ? '#555' : '#ddd';
  const radius = rounded ? 10 : 0;
  const dark = `
body, main, dialog { background: hsl(${hue} 12% 15%); color: #eee; } nav { background: hsl(${hue} 20% 24%); } nav a { color: #cde; }
input, select { background: #222; color: #eee; } button { background: hsl(${hue} 25% 32%); color: #fff; }
[role=alert] { color: #f99; } [role=status] { color: #9d9; }`;
  const dense = `
body { font-size: 13px; } input, select, button { padding: 1px 6px; } th, td, li { padding-top: 2px; padding-bottom: 2px; }`;
  return `${isDark ? dark : ''}${density === 'dense' ? dense : ''}
button:disabled { opacity: 0.5; }
fieldset { border: 1px solid ${line}; margin: 8px 0; border-radius: ${radius}px; } legend { padding: 0 4px; }
fieldset label { display: block; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin: 8px 0; }
.columns { display: flex; gap: 24px; align-items: flex-start; } .columns > * { min-width: 0; } .columns > .wide { flex: 1; } .reversed { flex-direction: row-reverse; }
.panel { border: 1px solid ${line}; border-radius: ${radius}px; padding: 8px 12px; margin: 8px 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 10px; }
.cards > li { flex-direction: column; align-items: flex-start; gap: 4px; border: 1px solid ${line}; border-radius: ${radius}px; }
[aria-pressed=true], [aria-current=page], [role=tab][aria-selected=true], [role=treeitem][aria-selected=true] { outline: 2px solid hsl(${hue} 60% 45%); font-weight: bold; }
[role=tablist] { display: flex; gap: 4px; border-bottom: 2px solid ${line}; }
[role=menu], [role=listbox] { display: inline-flex; flex-direction: column; border: 1px solid ${line}; min-width: 140px; padding: 2px; }
[role=option], [role=treeitem] { cursor: pointer; padding: 3px 8px; } [role=option][aria-selected=true] { font-weight: bold; }
[role=tab] { border-bottom: 0; margin-bottom: 0; border-radius: ${radius}px ${radius}px 0 0; }
[aria-expanded]::before { content: '+ '; } [aria-expanded=true]::before { content: '− '; }
.pages { display: flex; flex-wrap: wrap; gap: 4px; background: none; padding: 4px 0; width: auto; flex-direction: row; }
.overlay { position: absolute; z-index: 1; background: ${isDark ? '#222' : '#fff'}; border: 1px solid ${line}; }
[draggable=true] { cursor: grab; } [data-drop] { border: 1px dashed ${isDark ? '#aaa' : '#666'}; margin: 2px 0; }
.shy { opacity: 0; } .shy:focus-within { opacity: 1; }
tr:has(.shy):hover .shy, li:has(.shy):hover .shy { opacity: 1; }
dialog { border: 2px solid hsl(${hue} 40% 60%); border-radius: ${radius}px; }`;
}
