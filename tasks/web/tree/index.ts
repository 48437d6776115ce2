import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { filesSite, type Change, type Node } from './page.ts';

const TOPS = ['Projects', 'Finance', 'Household', 'Archive', 'Studies', 'Club'];
const MIDDLES = ['Garden', 'Drafts', 'Letters', 'Plans', 'Photos', 'Old'];
const FILES = [
  'budget',
  'notes',
  'summary',
  'contract',
  'ideas',
  'checklist',
  'invoice',
  'map',
  'agenda',
  'report',
];
const VERBS = ['Delete', 'Print', 'Lock', 'Sign', 'Pin'];
const NAMES = ['New name', 'Name', 'Call it'];
const SAVE = ['Save', 'OK', 'Done'];
const FOLDERS = ['Folder', 'Destination', 'Into'];
const MOVES = ['Move', 'Move to'];
const NEW_FILES = ['plan B', 'final', 'for later', 'spring', 'second try', 'copy'];
const NODES = ['treeitem', 'button'];

type Goal = { opened: string | null; changes: Change[]; besides: number };

/** Unfold folders until a file is seen, then do to it what is asked for. */
export const tree = defineTask({
  name: 'web/tree',
  description: 'Find a file in nested folders and open, rename or move it.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const nodes = drawNodes(random, difficulty);
    const folders = foldersOf(nodes).filter((path) => path.length === (difficulty === 1 ? 1 : 2));
    const folder = random.pick(folders);
    const path = pathOf(folder, random.pick(filesIn(nodes, folder)));
    const verbs = random.sample(VERBS, difficulty > 2 ? 2 : 3);
    const drags = difficulty > 2 && random.fork('dragging').chance(0.25);
    const changes =
      [
        [],
        [{ action: random.pick(verbs), path, to: null }],
        drawChanges(random, { nodes, folder, verbs, drags }),
      ][difficulty - 1] ?? [];
    const labels = {
      name: random.pick(NAMES),
      save: random.pick(SAVE),
      folder: random.pick(FOLDERS),
      move: random.pick(MOVES),
    };
    return {
      instruction: say(random, path, changes),
      params: {
        site: filesSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Files', 'Cabinet', 'Shared folder', 'Documents']),
          nodes,
          unfolded: foldersOf(nodes)
            .filter((path) => path.length === 1 && random.chance(difficulty > 2 ? 0.35 : 0.15))
            .map((path) => path.join(' / ')),
          idiom: drags ? 'tree' : random.pick(['tree', 'details', 'buttons']),
          opens: difficulty === 1,
          verbs,
          renames: difficulty > 2,
          drags,
          prompts: difficulty > 2 && random.fork('prompting').chance(0.3),
          labels,
          tools: random.pick(['above', 'below']),
        }),
        goal: {
          opened: difficulty === 1 ? path : null,
          changes,
          besides: 0,
        } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params }) {
    const { opened, changes } = params.goal as Goal;
    const steps = opened === null ? changes : [{ action: 'Open', path: opened, to: null }];
    for (const { action, path, to } of steps) {
      for (let next = foldOf(observation, path); next; next = foldOf(observation, path))
        observation = yield { click: { ref: next.ref } };
      if (action === 'Move' && to !== null && nodeAt(observation, path).state?.includes('draggable')) {
        for (let next = foldOf(observation, to); next; next = foldOf(observation, to))
          observation = yield { click: { ref: next.ref } };
        const ends = { ref: nodeAt(observation, path).ref, to: nodeAt(observation, to).ref };
        observation = yield { drag: ends };
        continue;
      }
      const file = nodeAt(observation, path);
      if (!file.state?.some((word) => ['selected', 'checked'].includes(word)))
        observation = yield { click: { ref: file.ref } };
      if (action === 'Open') continue;
      observation = yield {
        click: { ref: find(observation, ['button'], action === 'Move' ? MOVES : [action]).ref },
      };
      if (to === null) continue;
      if (observation.dialog) {
        observation = yield { accept: { text: to } };
        continue;
      }
      const field = observation.elements.find(({ role, name }) => role === 'textbox' && NAMES.includes(name));
      const choice = field ? { fill: { ref: field.ref, text: to } } : chooseOption(observation, FOLDERS, to);
      if (choice) observation = yield choice;
      observation = yield { click: { ref: find(observation, ['button'], SAVE).ref } };
    }
    yield { done: {} };
  },
});

/** Folders with files; from difficulty 2 on, folders in folders, and names that come again elsewhere. */
function drawNodes(random: Random, difficulty: number): Node[] {
  const middles = random.sample(MIDDLES, 3);
  const files = random.sample(FILES, difficulty === 1 ? 6 : 5);
  const drawFiles = (from: readonly string[], count: number): Node[] =>
    random.sample(from, count).map((name) => ({ name }));
  return random.sample(TOPS, 3).map((name, index) => ({
    name,
    children:
      difficulty === 1
        ? drawFiles(files.slice(2 * index, 2 * index + 2), 2)
        : random.sample(middles, 2).map((middle) => ({ name: middle, children: drawFiles(files, 3) })),
  }));
}

/** Paths of all folders, those in folders too. */
function foldersOf(nodes: readonly Node[], path: readonly string[] = []): string[][] {
  return nodes.flatMap(({ name, children }) =>
    children ? [[...path, name], ...foldersOf(children, [...path, name])] : [],
  );
}

function filesIn(nodes: readonly Node[], folder: readonly string[]): string[] {
  const children = folder.reduce<readonly Node[]>(
    (inner, step) => inner.find(({ name }) => name === step)?.children ?? [],
    nodes,
  );
  return children.map(({ name }) => name);
}

function pathOf(folder: readonly string[], file: string): string {
  return [...folder, file].join(' / ');
}

/** One file gets another name or folder (a folder where it can be dragged), another one of the same folder something else, in random order. */
function drawChanges(
  random: Random,
  files: { nodes: readonly Node[]; folder: string[]; verbs: readonly string[]; drags: boolean },
): Change[] {
  const { nodes, folder, verbs, drags } = files;
  const [file = '', other = ''] = random.shuffle(filesIn(nodes, folder));
  const free = foldersOf(nodes).filter((path) => path.length === 2 && !filesIn(nodes, path).includes(file));
  const path = pathOf(folder, file);
  const change =
    free.length > 0 && (drags || random.chance())
      ? { action: 'Move', path, to: random.pick(free).join(' / ') }
      : { action: 'Rename', path, to: random.pick(NEW_FILES) };
  return random.shuffle([change, { action: random.pick(verbs), path: pathOf(folder, other), to: null }]);
}

function say(random: Random, path: string, changes: readonly Change[]): string {
  const [file = '', folder = '', top = ''] = path.split(' / ').reverse();
  if (changes.length === 0)
    return random.pick([
      `Open "${file}" in the folder "${folder}".`,
      `Unfold "${folder}" and open "${file}".`,
      `Open the file "${file}" of "${folder}".`,
    ]);
  const acts = changes.map((change) => {
    const to = change.to === null ? '' : ` to "${change.to}"`;
    return `${change.action.toLowerCase()} "${change.path.split(' / ').at(-1)}"${to}`;
  });
  return random.pick([
    `Go to "${top}", then "${folder}", and ${acts.join(', then ')}.`,
    `In the folder "${folder}" of "${top}", ${acts.join(', then ')}.`,
    `Under "${top}" open "${folder}"; ${acts.join(', then ')}.`,
  ]);
}

/** The next folder to unfold so that what is at a path is seen; nothing where it is. */
function foldOf(page: Page, path: string): Seen | undefined {
  const steps = path.split(' / ');
  for (let depth = 1; depth < steps.length; depth++) {
    const folder = nodeAt(page, pathOf(steps.slice(0, depth - 1), steps[depth - 1] ?? ''));
    if (!folder.state?.includes('expanded')) return folder;
  }
  return undefined;
}

/** @throws Error where the page does not show it. */
function nodeAt({ elements }: Page, path: string): Seen {
  let at = -1;
  for (const step of path.split(' / '))
    at = elements.findIndex(({ role, name }, place) => place > at && name === step && NODES.includes(role));
  const node = elements[at];
  if (!node) throw new Error(`The page does not show "${path}".`);
  return node;
}
