import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, setCheck, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { SECTIONS } from './sections.ts';
import { settingsSite, type Section, type Setting, type Value } from './page.ts';

const SAVE = ['Save', 'Save changes', 'Keep changes'];
const YES = ['Yes', 'Confirm', 'Go ahead'];
const NO = ['Cancel', 'Not yet', 'No'];
const CLOSE = ['Close', 'Got it', 'Dismiss'];
const LOSS = ['Throw your changes away?', 'Do you want to undo everything?', 'Leave without saving?'];
const NEWS = ['What is new: pages load faster.', 'Welcome back!', 'We have changed our terms.'];
const TEXTS = ['Harbour office', 'A. B.', 'Night shift', 'Old hand', 'The gardener', 'Room 12'];

/** A setting of a section, and what it is to be. */
interface Wish {
  readonly section: string;
  readonly setting: Setting;
  readonly value: Value;
}

type Goal = { settings: Record<string, Record<string, Value>>; saves: number; besides: number };

/** Change settings in sections that are not all open, and answer the dialogs that come up. */
export const tabsAndDialogs = defineTask({
  name: 'web/tabs-and-dialogs',
  description: 'Change settings behind tabs and keep them, through dialogs.',
  environment: browser,
  maxSteps: 18,
  generate: ({ random, difficulty }) => {
    const sections = drawSections(random, difficulty);
    const wishes = random
      .sample(sections, difficulty > 2 ? 2 : 1)
      .map((section, index) => drawWish(random, section, index > 0));
    const native = random.fork('native');
    const apart = random.fork('apart');
    const labels = {
      save: random.pick(SAVE),
      discard: random.pick(['Discard', 'Undo all']),
      question: random.pick(['Keep your changes?', 'Are you sure?', 'Save now?']),
      loss: native.pick(LOSS),
      yes: random.pick(YES),
      no: random.pick(NO),
      close: random.pick(CLOSE),
    };
    const settings = Object.fromEntries(sections.map((section) => [section.name, valuesOf(section, wishes)]));
    return {
      instruction: say(random, wishes, difficulty),
      params: {
        site: settingsSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Settings', 'Preferences', 'Your account', 'Options']),
          sections,
          open: random.int(0, sections.length - 1),
          idiom: random.pick(['tabs', 'folds', 'links']),
          shows:
            difficulty > 1 && apart.chance(0.25)
              ? apart.pick(['apart', 'apart, saved at the start'])
              : 'together',
          switches: random.pick(['checkbox', 'switch']),
          dialogs: difficulty > 2 && native.chance(0.35) ? native.pick(['native', 'native twice']) : 'own',
          keeps: difficulty > 1 ? 'after a dialog' : 'at once',
          news: difficulty > 1 && random.chance(0.4) ? random.pick(NEWS) : null,
          labels,
          isModal: random.chance(0.7),
        }),
        goal: { settings, saves: difficulty > 1 ? 1 : 0, besides: 0 } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params, instruction }) {
    const { settings, saves } = params.goal as Goal;
    const news = observation.elements.find(({ name }) => CLOSE.includes(name));
    if (news) observation = yield { click: { ref: news.ref } };
    if (observation.dialog) observation = yield { accept: {} };
    const isAsked = (label: string): boolean => instruction.includes(`"${label}"`);
    for (const [section, values] of Object.entries(settings)) {
      const asked = Object.entries(values).filter(([name]) => isAsked(name));
      if (asked.length > 0 && observation.tab !== undefined) observation = yield { close: {} };
      for (const [label, value] of asked) {
        const closed = closedHead(observation, section);
        if (closed) observation = yield closed;
        const change = changeOf(observation, label, value);
        if (change) observation = yield change;
      }
    }
    if (saves > 0) {
      const isHere = observation.elements.some(({ name }) => SAVE.includes(name));
      if (!isHere) observation = yield { tab: { tab: 't1' } };
      observation = yield { click: { ref: find(observation, ['button'], SAVE).ref } };
      if (LOSS.includes(observation.dialog?.message ?? '')) observation = yield { dismiss: {} };
      yield observation.dialog ? { accept: {} } : { click: { ref: find(observation, ['button'], YES).ref } };
    }
    yield { done: {} };
  },
});

function drawSections(random: Random, difficulty: number): Section[] {
  return random.sample(SECTIONS, difficulty > 2 ? 4 : 3).map(({ name, settings }) => ({
    name,
    settings: random
      .sample(
        settings.filter(({ options }) => difficulty > 1 || options !== null),
        difficulty === 1 ? 2 : 3,
      )
      .map((setting) => ({ ...setting, value: drawValue(random, setting.options) })),
  }));
}

function drawValue(random: Random, options: readonly string[] | null | undefined): Value {
  return options === undefined ? random.chance() : random.pick(options ?? TEXTS);
}

/** A new value for one setting of a section; now and then, where it `mayBeSo`, the one that it has. */
function drawWish(random: Random, section: Section, mayBeSo: boolean): Wish {
  const setting = random.pick(section.settings);
  const isSo = mayBeSo && random.chance(0.25);
  let value = setting.value;
  while (!isSo && value === setting.value) value = drawValue(random, setting.options);
  return { section: section.name, setting, value };
}

function valuesOf(section: Section, wishes: readonly Wish[]): Record<string, Value> {
  return Object.fromEntries(
    section.settings.map((setting) => [
      setting.label,
      (wishes.find((wish) => wish.setting === setting) ?? setting).value,
    ]),
  );
}

function say(random: Random, wishes: readonly Wish[], difficulty: number): string {
  const isPlaceTold = difficulty < 3 || random.chance();
  const parts = wishes.map(({ section, setting: { label }, value }) => {
    const act =
      typeof value === 'boolean'
        ? random.pick([
            `turn ${value ? 'on' : 'off'} "${label}"`,
            `switch "${label}" ${value ? 'on' : 'off'}`,
          ])
        : random.pick([`set "${label}" to "${value}"`, `make "${label}" "${value}"`]);
    return isPlaceTold ? random.pick([`under ${section}, ${act}`, `${act} under ${section}`]) : act;
  });
  const all = [...parts, ...(difficulty > 1 ? [random.pick(['save it', 'save', 'keep the changes'])] : [])];
  const text = all.length > 1 ? `${all.slice(0, -1).join('; ')}, and ${all.at(-1)}` : (all[0] ?? '');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** The action that opens a section, where it is not open. */
function closedHead({ elements }: Page, section: string): { click: { ref: string } } | undefined {
  const head = elements.find(
    ({ role, name }) => ['tab', 'button', 'link'].includes(role) && name === section,
  );
  const isOpen = head?.state?.some((word) => word === 'selected' || word === 'expanded');
  return head && !isOpen ? { click: { ref: head.ref } } : undefined;
}

function changeOf(page: Page, label: string, value: Value) {
  if (typeof value === 'boolean') return setCheck(page, label, value);
  const field = page.elements.find(({ role, name }) => role === 'textbox' && name === label);
  if (!field) return chooseOption(page, [label], value);
  return field.value === value ? undefined : { fill: { ref: field.ref, text: value } };
}
