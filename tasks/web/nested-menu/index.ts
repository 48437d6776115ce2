import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { sentence } from '../wording.ts';
import { menusSite, type Entry } from './page.ts';

/** Names of each level of menus; none comes on two levels. */
const LEVELS = [
  ['File', 'Edit', 'View', 'Insert', 'Tools', 'Window'],
  ['Convert', 'Layout', 'Selection', 'Panels', 'History', 'Colours', 'Pages'],
  ['As text', 'As picture', 'Everything', 'Latest', 'First', 'Reversed', 'Sorted', 'Preview'],
] as const;
const SWITCHES = ['Grid', 'Rulers', 'Notes', 'Outline', 'Margins', 'Guides'];
const WORDS = {
  menu: ['Menu', 'All commands', 'Actions'],
  back: ['Back', 'One up'],
};

type Goal = { chosen: string[]; on: string[]; besides: number };

/** Find commands in menus within menus, and switch what can be switched. */
export const nestedMenu = defineTask({
  name: 'web/nested-menu',
  description: 'Choose commands in nested menus.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const entries = drawEntries(random, difficulty);
    const commands = leavesOf(entries).filter(({ entry }) => entry.isOn === undefined);
    const switches = leavesOf(entries).filter(({ entry }) => entry.isOn !== undefined);
    const command = random.pick(commands).path;
    const turned = difficulty > 2 ? random.pick(switches) : undefined;
    const isOn = (path: string): boolean => {
      const { entry } = switches.find((one) => one.path === path) ?? {};
      return (path === turned?.path) !== (entry?.isOn === true);
    };
    const acts = [say(random, command)];
    if (turned) acts.push(`switch ${turned.entry.isOn ? 'off' : 'on'} ${quote(turned.path)}`);
    return {
      instruction: inOrder(random, acts),
      params: {
        site: menusSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Drawing board', 'Text editor', 'Album', 'Notebook']),
          entries,
          shape: random.pick(['bar', 'column', 'button']),
          opens: random.pick(['press', 'hover', 'in place']),
          labels: { menu: random.pick(WORDS.menu), back: random.pick(WORDS.back) },
        }),
        goal: {
          chosen: [command],
          on: switches
            .map(({ path }) => path)
            .filter(isOn)
            .toSorted(),
          besides: 0,
        } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const paths = [...instruction.matchAll(/"[^"]+"(?: > "[^"]+")*/g)].map(([text]) =>
      text.slice(1, -1).split('" > "'),
    );
    for (const path of paths) {
      const opener = observation.elements.find(
        ({ role, name }) => role === 'button' && WORDS.menu.includes(name),
      );
      if (opener && !opener.state?.includes('expanded')) observation = yield { click: { ref: opener.ref } };
      for (const name of path) {
        const entry = find(observation, ['menuitem', 'menuitemcheckbox'], [name]);
        if (!entry.state?.includes('expanded')) observation = yield { click: { ref: entry.ref } };
      }
    }
    yield { done: {} };
  },
});

/** Two or three levels of menus; on the last, names come again in other menus. */
function drawEntries(random: Random, difficulty: number): Entry[] {
  const [tops, middles, leaves] = LEVELS;
  const drawLeaves = (): Entry[] => random.sample(leaves, 3).map((name) => ({ name }));
  const drawSwitches = (): Entry[] =>
    difficulty > 2 && random.chance(0.4)
      ? random.sample(SWITCHES, 2).map((name) => ({ name, isOn: random.chance() }))
      : [];
  const drawMiddles = (): Entry[] =>
    random
      .sample(middles, difficulty === 1 ? 3 : 2)
      .map((name) => (difficulty === 1 ? { name } : { name, entries: [...drawLeaves(), ...drawSwitches()] }));
  const [first, ...others] = random
    .sample(tops, difficulty > 2 ? 4 : 3)
    .map((name) => ({ name, entries: drawMiddles() }));
  // One menu has something to switch, whatever else was drawn.
  const switched = {
    name: 'Show',
    entries: random.sample(SWITCHES, 3).map((name) => ({ name, isOn: random.chance() })),
  };
  return random.shuffle([
    { name: first?.name ?? '', entries: [...(first?.entries ?? []), ...(difficulty > 2 ? [switched] : [])] },
    ...others,
  ]);
}

/** What can be chosen, with its path: `File > Convert > As text`. */
function leavesOf(entries: readonly Entry[], path = ''): { entry: Entry; path: string }[] {
  return entries.flatMap((entry) => {
    const own = `${path}${entry.name}`;
    return entry.entries ? leavesOf(entry.entries, `${own} > `) : [{ entry, path: own }];
  });
}

function quote(path: string): string {
  return `"${path.replaceAll(' > ', '" > "')}"`;
}

function say(random: Random, command: string): string {
  return `${random.pick(['choose', 'run', 'use'])} ${quote(command)}`;
}

function inOrder(random: Random, acts: readonly string[]): string {
  const text = random.shuffle(acts).join(', then ');
  return sentence(`${random.pick(['in the menu, ', 'from the menu, ', ''])}${text}`);
}
