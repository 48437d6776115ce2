import type { Random } from 'lamarck';

/** How a page looks and how its fields are named: drawn once a task, so that nothing can be learned from looks. */
export interface Style {
  readonly labels: 'for' | 'wrap' | 'aria-label' | 'placeholder';
  readonly layout: 'card' | 'plain' | 'sidebar' | 'framed';
  /** Hue of the page's one colour, in degrees. */
  readonly hue: number;
  readonly rounded: boolean;
  /** Texts of links that lead nowhere. */
  readonly links: readonly string[];
}

/** Draws a style; distractors grow with difficulty. */
export function drawStyle(random: Random, difficulty: number): Style {
  return {
    labels: random.pick(['for', 'wrap', 'aria-label', 'placeholder']),
    layout: random.pick(['card', 'plain', 'sidebar', 'framed']),
    hue: random.int(0, 35) * 10,
    rounded: random.chance(),
    links: random.sample(
      ['Help', 'About us', 'Contact', 'News', 'Prices', 'Terms', 'Jobs'],
      random.int(0, 1) + difficulty - 1,
    ),
  };
}

/** Text as HTML, also inside a quoted attribute. */
export function escapeHtml(text: string | number): string {
  return String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Data as a JavaScript expression that may stand in an inline script. */
export function embed(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** A whole page. `script` runs after the body is there and sets `window.lamarckEvidence`; `rules` follow the style's. */
export function page(options: {
  style: Style;
  title: string;
  body: string;
  script: string;
  rules?: string;
}): string {
  const { style, title, body, script, rules = '' } = options;
  const links = style.links.map(
    (text) => `<a href="#${escapeHtml(text.toLowerCase().replace(' ', '-'))}">${escapeHtml(text)}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${styleSheet(style)}${rules}</style>
</head>
<body class="${style.layout}">
${links.length > 0 ? `<nav>${links.join('\n')}</nav>` : ''}
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<script>(() => {
'use strict';
${script}
})();</script>
</body>
</html>
`;
}

function styleSheet({ hue, rounded, layout }: Style): string {
  const column =
    layout === 'card'
      ? 'max-width: 640px; margin: 24px auto; box-shadow: 0 0 8px #bbb; padding: 8px 24px;'
      : 'padding: 8px 24px;';
  const side =
    layout === 'sidebar'
      ? 'body { display: flex; } nav { width: 140px; display: flex; flex-direction: column; }'
      : '';
  const frame =
    layout === 'framed'
      ? `form, table, ul { border: 2px solid hsl(${hue} 40% 70%); padding: 8px 12px; }`
      : '';
  return `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; min-height: 100vh; font: 15px sans-serif; color: #222; background: ${layout === 'card' ? `hsl(${hue} 30% 94%)` : '#fff'}; }
nav { display: flex; gap: 16px; padding: 10px 24px; background: hsl(${hue} 40% 90%); }
main { background: #fff; flex: 1; ${column} }
h1 { font-size: 20px; } h2 { font-size: 16px; } p { margin: 8px 0; }
label { display: inline-block; min-width: 110px; }
input, select, button { font: inherit; padding: 4px 8px; border: 1px solid #888; border-radius: ${rounded ? 8 : 0}px; }
button { background: hsl(${hue} 50% 88%); margin: 2px; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 6px 12px; border-bottom: 1px solid #ddd; }
ul { list-style: none; padding: 0; } li { display: flex; align-items: center; gap: 14px; padding: 6px 8px; }
[role=alert] { color: #a00; } [role=status] { color: #063; }
${side} ${frame}`;
}
