import type { PageElement } from 'lamarck';
import type { InPage } from './in-page.ts';

/** Names what colour stands out of an element, coarsely: by hue, where there is enough of it. */
export function installColors(page: InPage): void {
  type Color = NonNullable<PageElement['color']>;
  /** The end of each name's hues, in degrees. */
  const hues: readonly (readonly [end: number, name: Color])[] = [
    [16, 'red'],
    [46, 'orange'],
    [70, 'yellow'],
    [165, 'green'],
    [255, 'blue'],
    [290, 'purple'],
    [340, 'pink'],
    [361, 'red'],
  ];
  const known = new Map<string, Color | undefined>();
  /** @param css as computed: `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`. */
  const nameOf = (css: string): Color | undefined => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    const most = Math.max(red, green, blue) / 255;
    const least = Math.min(red, green, blue) / 255;
    const chroma = most - least;
    const lightness = (most + least) / 2;
    const saturation = chroma === 0 ? 0 : chroma / (1 - Math.abs(2 * lightness - 1));
    if (!css.startsWith('rgb') || alpha < 0.5 || saturation < 0.4 || chroma < 0.25) return undefined;
    const [r, g, b] = [red / 255, green / 255, blue / 255] as const;
    const sixth =
      most === r ? ((g - b) / chroma + 6) % 6 : most === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
    const hue = sixth * 60;
    if (hue >= 10 && hue < 46 && lightness < 0.35) return 'brown';
    return hues.find(([end]) => hue < end)?.[1];
  };
  const lookUp = (css: string): Color | undefined => {
    if (!known.has(css)) known.set(css, nameOf(css));
    return known.get(css);
  };
  page.colorOf = ({ backgroundColor, color }) => lookUp(backgroundColor) ?? lookUp(color);
}
