/** The page's style; system fonts and colours, nothing is fetched. */
export const STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#fbfaf8, #16171a); --panel: light-dark(#fff, #1f2125);
  --ink: light-dark(#1d1e20, #e7e6e3); --faint: light-dark(#6b6d72, #9a9ca3); --line: light-dark(#dfdcd6, #34373d);
  --accent: light-dark(#0b62c4, #6cb0ff); --wash: light-dark(#e8f1fd, #1b2f4a); --good: light-dark(#1a7f46, #5fd08f); --bad: light-dark(#b3261e, #ff8a80); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { padding: 20px 24px 14px; border-bottom: 1px solid var(--line); }
h1 { margin: 0 0 8px; font-size: 20px; line-height: 1.3; white-space: pre-wrap; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 16px; } h3 { margin: 18px 0 6px; font-size: 13px; color: var(--faint); font-weight: 600; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 22px; margin: 0; color: var(--faint); font-size: 13px; }
.facts b { color: var(--ink); font-weight: 600; } .good { color: var(--good) !important; } .bad { color: var(--bad) !important; }
.hash, code, pre, .state, .address { font-family: ui-monospace, monospace; font-size: 12.5px; overflow-wrap: anywhere; }
.hash { color: var(--faint); }
.viewer { display: grid; grid-template-columns: 260px minmax(0, 1fr); align-items: start; }
nav { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 14px 10px; border-right: 1px solid var(--line); min-height: 100vh; }
nav a { display: block; padding: 3px 10px; border-radius: 6px; color: inherit; text-decoration: none; font-size: 13px;
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
nav a[aria-current] { background: var(--wash); color: var(--accent); font-weight: 600; } nav a.failed { color: var(--bad); }
nav p { margin: 0 10px 8px; color: var(--faint); font-size: 12px; }
main { padding: 18px 24px 60px; min-width: 0; } section { padding-bottom: 28px; }
.states { margin: 6px 0; font-size: 13px; color: var(--faint); } .state { padding: 1px 6px; border: 1px solid var(--line); border-radius: 5px; }
.state.now { background: var(--wash); color: var(--accent); border-color: transparent; } .event { font-style: italic; }
.action { margin: 6px 0; } .action.failed strong, .error { color: var(--bad); } .error { margin: 4px 0; white-space: pre-wrap; }
pre { margin: 0; padding: 10px 12px; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; max-height: 70vh;
  overflow: auto; white-space: pre-wrap; }
details { margin: 10px 0; } summary { cursor: pointer; color: var(--faint); font-size: 13px; } ul { margin: 6px 0; padding-left: 20px; }
dl { margin: 0; } dt { margin-top: 8px; color: var(--faint); font-size: 13px; } dd { margin: 2px 0 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 12.5px; }
th, td { padding: 2px 10px 2px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); } tr.acted td { color: var(--accent); font-weight: 600; }
.frame { max-width: 900px; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--panel); }
.address { padding: 4px 10px; color: var(--faint); border-bottom: 1px solid var(--line); }
.canvas { position: relative; width: 100%; overflow: hidden; container-type: inline-size; }
.box { position: absolute; min-width: 2px; min-height: 2px; border: 1px solid var(--line); border-radius: 3px; overflow: hidden;
  font-size: min(13px, calc(100cqw * 13 / var(--wide))); line-height: 1.25; display: flex; align-items: center; padding: 0 2px; }
.box span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } .box.other { border-style: dotted; color: var(--faint); align-items: start; }
.box.control { background: light-dark(#f0eee9, #2b2e34); justify-content: center; } .box.empty span { color: var(--faint); font-style: italic; } .box.field { background: var(--ground); border-color: var(--faint); }
.box.focused { border-color: var(--accent); } .box.covered { opacity: .45; }
.box.acted { outline: 2px solid var(--accent); background: var(--wash); color: var(--accent); z-index: 1; }
@media (max-width: 760px) { .viewer { grid-template-columns: 1fr; } nav { position: static; min-height: 0; max-height: 30vh; border-right: 0; border-bottom: 1px solid var(--line); } }
`;

/** Shows one step at a time; without scripts, all of them stand below each other. */
export const SCRIPT = `
const steps = [...document.querySelectorAll('section')];
const links = [...document.querySelectorAll('nav a')];
let current = 0;
function show(index) {
  current = Math.max(0, Math.min(steps.length - 1, index));
  steps.forEach((step, at) => { step.hidden = at !== current; });
  links.forEach((link, at) => { if (at === current) link.setAttribute('aria-current', 'step'); else link.removeAttribute('aria-current'); });
  links[current].scrollIntoView({ block: 'nearest' });
}
function move(index) {
  show(index);
  history.replaceState(null, '', '#' + steps[current].id);
}
function named() { return Math.max(0, steps.findIndex((step) => '#' + step.id === location.hash)); }
links.forEach((link, at) => link.addEventListener('click', (event) => { event.preventDefault(); move(at); }));
addEventListener('hashchange', () => show(named()));
addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const to = { ArrowRight: current + 1, ArrowDown: current + 1, ArrowLeft: current - 1, ArrowUp: current - 1, Home: 0, End: steps.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  move(to);
});
show(named());
`;
