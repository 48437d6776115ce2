import type { Action, PageElement } from '../../protocol/index.ts';
import type { Demonstration } from './demonstration.ts';
import type { PageView } from '../page/page.ts';
import { followSkill, type Skill } from '../skills/skill.ts';

export type Part = Partial<PageElement> & {
  readonly role: string;
  readonly name: string;
  /** What acting on it does; gets what is typed or chosen. */
  readonly does?: (text: string) => void;
};

/** A world of pages without a browser. */
export interface ToySite {
  readonly instruction: string;
  parts(): readonly Part[];
  isWon(): boolean;
}

export function viewOf(parts: readonly Part[]): PageView {
  return {
    url: '/',
    elements: parts.map(({ does: _, ...part }, at) => ({
      ref: `e${at}`,
      box: [0, 40 * at, 100, 24],
      ...part,
    })),
  };
}

/** Acts on the named parts one after the other, then is done. A text or an option follows the name. */
export function demonstrate(
  site: ToySite,
  course: readonly (string | readonly [string, string])[],
): Demonstration {
  const steps = course.map((one) => {
    const [name, text = ''] = typeof one === 'string' ? [one] : one;
    const page = viewOf(site.parts());
    const element = page.elements.find((other) => other.name === name);
    if (element === undefined) throw new Error(`There is no "${name}" on the page.`);
    const { ref } = element;
    const action: Action =
      text === ''
        ? { click: { ref } }
        : element.options
          ? { select: { ref, option: text } }
          : { fill: { ref, text } };
    act(site, action);
    return { page, action };
  });
  return {
    instruction: site.instruction,
    steps: [...steps, { page: viewOf(site.parts()), action: { done: {} } }],
  };
}

/** Whether a skill applies at the start of a site and wins it alone. */
export function wins(skill: Skill, site: ToySite, mostSteps = 30): boolean {
  const views: PageView[] = [];
  for (let step = 0; step < mostSteps; step++) {
    views.push(viewOf(site.parts()));
    const action = followSkill(skill, site.instruction, views);
    if (action === undefined) return false;
    if ('done' in action) return site.isWon();
    act(site, action);
  }
  return false;
}

function act(site: ToySite, action: Action): void {
  const [parameters = {}] = Object.values(action);
  const at = viewOf(site.parts()).elements.findIndex(({ ref }) => ref === parameters['ref']);
  site.parts()[at]?.does?.(String(parameters['text'] ?? parameters['option'] ?? ''));
}
