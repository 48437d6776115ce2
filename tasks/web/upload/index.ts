import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { listed, sentence } from '../wording.ts';
import { uploadSite } from './page.ts';

const NAMES = ['report', 'letter', 'minutes', 'licence', 'drawing', 'receipt', 'timetable'];
const ENDINGS = ['', '-2', '-new', '-final', '-old'];
const SLOTS = ['Application', 'Proof', 'Attachment', 'Plan'];
const KINDS = ['Private', 'For the office', 'For the archive', 'Public'];
const WORDS = {
  kind: ['Kind', 'Who may see it'],
  remove: ['Remove', 'Take away'],
  send: ['Send', 'Hand in', 'Upload'],
  clear: ['Clear', 'Start again'],
};

/** A file and where it belongs; `author` is set where the file is told by what stands in it. */
interface Wish {
  readonly slot: string;
  readonly file: string;
  readonly author: string | undefined;
}
type File = { readonly name: string; readonly content: string };
type Goal = { sent: { kind: string | null; files: Record<string, File> }[]; besides: number };

/** Give the right files to the right fields, also where only a look into a file tells which it is. */
export const upload = defineTask({
  name: 'web/upload',
  description: 'Hand in files, chosen by their names or by what stands in them.',
  environment: browser,
  maxSteps: 16,
  generate: ({ random, difficulty }) => {
    const { files, authors } = drawFiles(random, difficulty);
    const slots = random.sample(SLOTS, difficulty === 1 ? 1 : 2);
    const wanted = random.sample(Object.keys(files), slots.length);
    const isByContent = (at: number): boolean => difficulty > 2 && at === 0;
    const wishes = slots.map((slot, at): Wish => {
      const file = wanted[at] ?? '';
      return { slot, file, author: isByContent(at) ? authors.get(file) : undefined };
    });
    const kinds = difficulty > 1 ? random.sample(KINDS, 3) : [];
    const kind = difficulty > 1 ? random.pick(kinds) : null;
    return {
      instruction: say(random, wishes, kind),
      params: {
        files,
        site: uploadSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Hand in papers', 'Office post', 'Send us a file', 'Document desk']),
          slots: random.shuffle(slots),
          kinds,
          previews: difficulty > 2 || random.chance(),
          removes: difficulty > 1 && random.chance(),
          labels: {
            kind: random.pick(WORDS.kind),
            remove: random.pick(WORDS.remove),
            send: random.pick(WORDS.send),
            clear: random.pick(WORDS.clear),
          },
        }),
        goal: {
          sent: [
            {
              kind,
              files: Object.fromEntries(
                wishes.map(({ slot, file }) => [slot, { name: file, content: files[file] ?? '' }]),
              ),
            },
          ],
          besides: 0,
        } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const { wishes, kind } = wishesIn(instruction);
    for (const { slot, file, author } of wishes) {
      const tries = author === undefined ? [file] : (observation.files ?? []);
      for (const name of tries) {
        observation = yield { upload: { ref: fileField(observation, slot).ref, file: name } };
        if (
          author !== undefined &&
          observation.elements.some(({ name: text }) => text.endsWith(` ${author}`))
        )
          break;
      }
    }
    const choice = kind === undefined ? undefined : chooseOption(observation, WORDS.kind, kind);
    if (choice) observation = yield choice;
    yield { click: { ref: find(observation, ['button'], WORDS.send).ref } };
    yield { done: {} };
  },
});

/** Files of similar names; each begins with who wrote it. */
function drawFiles(
  random: Random,
  difficulty: number,
): { files: Record<string, string>; authors: Map<string, string> } {
  const stems = random.sample(NAMES, difficulty === 1 ? 3 : 2);
  const names =
    difficulty === 1
      ? stems.map((stem) => `${stem}.txt`)
      : random.shuffle(
          stems.flatMap((stem) => random.sample(ENDINGS, 2).map((ending) => `${stem}${ending}.txt`)),
        );
  const people = drawPeople(random, names.length);
  const authors = new Map(names.map((name, at) => [name, people[at] ?? '']));
  const files = Object.fromEntries(
    names.map((name) => [name, `Written by ${authors.get(name)}\n${random.int(100, 999)} words follow.`]),
  );
  return { files, authors };
}

function say(random: Random, wishes: readonly Wish[], kind: string | null): string {
  const [verb, as] = random.pick([
    ['hand in', 'as'],
    ['send', 'as'],
    ['upload', 'as'],
  ]);
  const parts = wishes.map(({ slot, file, author }) =>
    author === undefined ? `"${file}" ${as} "${slot}"` : `the file written by "${author}" ${as} "${slot}"`,
  );
  const rest = kind === null ? '' : random.pick([`; choose "${kind}"`, `, and mark it "${kind}"`]);
  return sentence(`${verb} ${listed(parts)}${rest}`);
}

function wishesIn(instruction: string): { wishes: Wish[]; kind: string | undefined } {
  const wishes = [...instruction.matchAll(/(written by )?"([^"]+)" as "([^"]+)"/g)].map(
    ([, by, text = '', slot = '']): Wish =>
      by === undefined ? { slot, file: text, author: undefined } : { slot, file: '', author: text },
  );
  const [, kind] = /(?:choose|mark it) "([^"]+)"/.exec(instruction) ?? [];
  return { wishes, kind };
}

/** @throws Error where the page has none of that label. */
function fileField({ elements }: Page, label: string): Seen {
  const found = elements.find(({ name, state }) => name === label && state?.includes('uploadable'));
  if (!found) throw new Error(`The page takes no file as "${label}".`);
  return found;
}
