import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, findAfter, setCheck, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { listed, sentence } from '../wording.ts';
import { controlsSite, type Control } from './page.ts';

/** Panels: two controls that may move together, and others. */
const PANELS = [
  {
    title: 'Sprinklers',
    unit: 'min',
    pair: ['Roses', 'Lawn'],
    others: ['Beans', 'Hedge', 'Orchard', 'Ferns'],
    together: 'Roses and lawn together',
  },
  {
    title: 'Mixing desk',
    unit: '%',
    pair: ['Left', 'Right'],
    others: ['Bass', 'Treble', 'Echo', 'Voice'],
    together: 'Move left and right together',
  },
  {
    title: 'Lights',
    unit: '%',
    pair: ['Window', 'Door'],
    others: ['Desk', 'Shelf', 'Ceiling', 'Stairs'],
    together: 'Link window and door',
  },
];
const WORDS = {
  steps: [
    ['Less', 'More'],
    ['Lower', 'Higher'],
    ['Down', 'Up'],
  ],
  apply: ['Apply', 'Save', 'Set'],
  reset: ['Reset', 'Undo'],
};
const MOST_PRESSES = 5;

/** Bring controls to given values. */
export const sliderAndStepper = defineTask({
  name: 'web/slider-and-stepper',
  description: 'Set sliders, steppers and number fields to given values.',
  environment: browser,
  maxSteps: 28,
  generate: ({ random, difficulty }) => {
    const { title, unit, pair, others, together } = random.pick(PANELS);
    const isLinked = difficulty > 2 && random.chance(0.7);
    const labels = isLinked
      ? [...pair, ...random.sample(others, 2)]
      : random.sample([...pair, ...others], 1 + difficulty);
    const controls = labels.map((label) =>
      drawControl(random, { label, unit, isLinked: isLinked && pair.includes(label) }),
    );
    const wished = random.sample(controls, difficulty);
    const wishes = new Map(wished.map((control) => [control.label, drawValue(random, control)]));
    const [less = '', more = ''] = random.pick(WORDS.steps);
    const applies = difficulty > 1;
    return {
      instruction: say(random, wishes, { unit, applies }),
      params: {
        site: controlsSite({
          look: drawLook(random, difficulty),
          title,
          controls,
          together: isLinked ? together : null,
          applies,
          labels: { less, more, apply: random.pick(WORDS.apply), reset: random.pick(WORDS.reset) },
        }),
        goal: {
          values: Object.fromEntries(controls.map(({ label, value }) => [label, wishes.get(label) ?? value])),
          besides: 0,
        },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const link = PANELS.map(({ together }) => together).find((text) =>
      observation.elements.some(({ name }) => name === text),
    );
    const unlink = link === undefined ? undefined : setCheck(observation, link, false);
    if (unlink) observation = yield unlink;
    for (const [, label = '', text = ''] of instruction.matchAll(/"([^"]+)" (?:to|at) (\d+)/g)) {
      const input = observation.elements.find(
        ({ role, name }) => ['slider', 'spinbutton'].includes(role) && name === label,
      );
      if (input) observation = yield { fill: { ref: input.ref, text } };
      for (;;) {
        const step = input ? undefined : stepTowards(observation, label, Number(text));
        if (!step) break;
        observation = yield { click: { ref: step.ref } };
      }
    }
    const isApplied = observation.elements.some(({ name }) => WORDS.apply.includes(name));
    if (isApplied) yield { click: { ref: find(observation, ['button'], WORDS.apply).ref } };
    yield { done: {} };
  },
});

/** What moves with another is not typed: each digit would move the other too. */
function drawControl(
  random: Random,
  { label, unit, isLinked }: { label: string; unit: string; isLinked: boolean },
): Control {
  const ways = ['slider', 'stepper', 'coarse stepper', 'field'] as const;
  const way = random.pick(isLinked ? ways.slice(0, -1) : ways);
  return { label, unit, low: 0, high: 100, way, value: random.int(20, 80) };
}

/** Another value, that few presses lead to. */
function drawValue(random: Random, { way, value, low, high }: Control): number {
  const sign = random.pick([-1, 1]);
  if (way === 'stepper') return value + sign * random.int(2, MOST_PRESSES);
  if (way === 'coarse stepper') return value + sign * (10 + random.int(1, MOST_PRESSES - 2));
  const other = random.int(low, high - 1);
  return other >= value ? other + 1 : other;
}

function say(
  random: Random,
  wishes: ReadonlyMap<string, number>,
  { unit, applies }: { unit: string; applies: boolean },
): string {
  const [verb, to] = random.pick([
    ['set', 'to'],
    ['bring', 'to'],
    ['put', 'at'],
  ]);
  const parts = [...wishes].map(([label, value]) => `"${label}" ${to} ${value} ${unit}`);
  return sentence(
    `${verb} ${listed(parts)}${applies ? random.pick(['; apply it', ', then apply that']) : ''}`,
  );
}

/** The button that goes towards a value by most; nothing where it is reached. */
function stepTowards(page: Page, label: string, target: number): Seen | undefined {
  const isShown = ({ role }: Seen): boolean => role === 'status';
  const { name, text = name } = findAfter(page, label, isShown);
  const distance = target - Number.parseInt(text, 10);
  if (distance === 0) return undefined;
  const words = WORDS.steps.map((pair) => pair[distance < 0 ? 0 : 1] ?? '');
  const isStep =
    (by: string) =>
    ({ role, name: own }: Seen): boolean =>
      role === 'button' && words.some((word) => own === `${word}${by}` || own === `${word}${by} ${label}`);
  const isCoarse = Math.abs(distance) >= 10 && page.elements.some(isStep(' by 10'));
  return findAfter(page, label, isStep(isCoarse ? ' by 10' : ''));
}
