import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, findAfter, isButtonFor, setCheck, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { listed, sentence } from '../wording.ts';
import { GROUPS } from './groups.ts';
import { settingsSite, type Group, type Setting, type Value } from './page.ts';

const TEXTS = ['Good day', 'Cellar', 'Second shelf', 'Ahoy', 'Blue box', 'Well met', 'Old barn'];
const WORDS = {
  save: ['Save', 'Keep', 'Apply'],
  defaults: ['Reset', 'As before', 'Defaults'],
};

/** A setting of a group, and what it is to be. */
interface Wish {
  readonly group: string;
  readonly setting: Setting;
  readonly value: Value;
}

/** Change settings of a long page, of which some can be changed only while another is on, and save them. */
export const settings = defineTask({
  name: 'web/settings',
  description: 'Change settings, some of which depend on others, and save the groups that they are in.',
  environment: browser,
  maxSteps: 16,
  generate: ({ random, difficulty }) => {
    const groups = random.sample(GROUPS, difficulty === 1 ? 2 : difficulty + 1).map(drawGroup(random));
    const wishes = drawWishes(random, groups, difficulty);
    const saves = difficulty > 1 ? random.pick(['together', 'apart'] as const) : 'together';
    return {
      instruction: say(random, wishes),
      params: {
        site: settingsSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Settings', 'Preferences', 'How it works for you']),
          groups,
          switches: random.pick(['checkbox', 'switch', 'words']),
          saves,
          place: random.pick(['above', 'below']),
          labels: { save: random.pick(WORDS.save), defaults: random.pick(WORDS.defaults) },
        }),
        goal: {
          saved: Object.fromEntries(groups.map((group) => [group.name, valuesOf(group, wishes)])),
          besides: 0,
        },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params, instruction }) {
    const { saved } = params.goal as { saved: Record<string, Record<string, Value>> };
    const isAsked = (label: string): boolean => instruction.includes(`"${label}"`);
    const groups = Object.entries(saved).filter(([, values]) => Object.keys(values).some(isAsked));
    for (const [, values] of groups) {
      // What rules others stands before them.
      for (const [label, value] of Object.entries(values).filter(([name]) => isAsked(name))) {
        const change = changeOf(observation, label, value);
        if (change) observation = yield change;
      }
    }
    const saves = observation.elements.filter(
      ({ role, name }) => role === 'button' && WORDS.save.some((text) => name.startsWith(text)),
    );
    for (const [group] of saves.length > 1 ? groups : []) {
      const save = findAfter(observation, group, isButtonFor(WORDS.save, group));
      observation = yield { click: { ref: save.ref } };
    }
    if (saves.length === 1) yield { click: { ref: find(observation, ['button'], WORDS.save).ref } };
    yield { done: {} };
  },
});

function drawGroup(random: Random): (group: (typeof GROUPS)[number]) => Group {
  return ({ name, kinds }) => ({
    name,
    settings: kinds.map((kind) => ({ ...kind, value: drawValue(random, kind.options) })),
  });
}

function drawValue(random: Random, options: readonly string[] | null | undefined): Value {
  return options === undefined ? random.chance() : random.pick(options ?? TEXTS);
}

/** One wish, two in as many groups, or those of a group whose ruling setting is off and one in another group. */
function drawWishes(random: Random, groups: readonly Group[], difficulty: number): Wish[] {
  const free = groups.flatMap(({ name, settings }) =>
    settings
      .filter(({ needs }) => settings.every((other) => other.label !== needs || other.value === true))
      .map((setting) => ({ group: name, setting })),
  );
  const wish = ({ group, setting }: Pick<Wish, 'group' | 'setting'>): Wish => {
    let { value } = setting;
    while (value === setting.value) value = drawValue(random, setting.options);
    return { group, setting, value };
  };
  const oneEach = random
    .sample(groups, Math.min(2, difficulty))
    .map(({ name }) => wish(random.pick(free.filter(({ group }) => group === name))));
  if (difficulty < 3) return oneEach;
  const ruled = groups.flatMap(({ name, settings }) => {
    const [ruler, ...others] = settings;
    const own = others.filter(({ needs }) => needs === ruler?.label);
    return ruler?.value === false && own.length > 0 ? [{ name, ruler, own }] : [];
  });
  if (ruled.length === 0) return oneEach;
  const { name, ruler, own } = random.pick(ruled);
  const chosen = [ruler, random.pick(own)].map((setting) => wish({ group: name, setting }));
  return [...chosen, ...oneEach.filter(({ group }) => group !== name).slice(0, 1)];
}

function valuesOf(group: Group, wishes: readonly Wish[]): Record<string, Value> {
  return Object.fromEntries(
    group.settings.map((setting) => [
      setting.label,
      (wishes.find((wish) => wish.setting === setting) ?? setting).value,
    ]),
  );
}

function say(random: Random, wishes: readonly Wish[]): string {
  const parts = wishes.map(({ setting: { label }, value }) =>
    typeof value === 'boolean'
      ? random.pick([`turn ${value ? 'on' : 'off'} "${label}"`, `switch "${label}" ${value ? 'on' : 'off'}`])
      : random.pick([
          `set "${label}" to "${value}"`,
          `choose "${value}" for "${label}"`,
          `make "${label}" "${value}"`,
        ]),
  );
  return `${sentence(listed(parts))} ${random.pick(['Save it.', 'Then save that.', 'Keep what you changed.'])}`;
}

function changeOf(page: Page, label: string, value: Value) {
  if (typeof value !== 'boolean') {
    const field = page.elements.find(({ role, name }) => role === 'textbox' && name === label);
    if (field) return field.value === value ? undefined : { fill: { ref: field.ref, text: value } };
    return chooseOption(page, [label], value);
  }
  const hasWords = page.elements.some(({ role, name }) => role === 'combobox' && name === label);
  return hasWords ? chooseOption(page, [label], value ? 'On' : 'Off') : setCheck(page, label, value);
}
