import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { drawPeople } from '../names.ts';
import { check, controlFor, reveal, settle } from './oracle.ts';
import { mailSite, type Idiom, type Mail, type Verb } from './page.ts';
import { WORDS } from './words.ts';

const SUBJECTS = [
  'Minutes',
  'Invoice',
  'Holiday plan',
  'Photos',
  'New keys',
  'Draft',
  'Lunch',
  'Tickets',
  'Survey',
];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const FOLDERS = ['Projects', 'Receipts', 'Family', 'Travel', 'Reading', 'Clients'];
const VERBS: readonly Verb[] = ['Archive', 'Delete', 'Star', 'Mute'];
const ANSWERS = ['Thank you', 'On my way', 'See you soon', 'Agreed', 'Not today', 'With pleasure'];
const IDIOMS: readonly Idiom[] = ['buttons', 'toolbar', 'open', 'menu', 'hover', 'drag'];

/** What is to be done to mails: they are put away or marked, or moved into a folder. */
interface Errand {
  readonly mails: readonly Mail[];
  readonly verb: Verb | null;
  readonly folder: string | null;
}

type Sent = { readonly to: string; readonly subject: string; readonly text: string };
type Filed = { readonly from: string; readonly subject: string; readonly at: string; marks: string[] };
type Goal = { mails: Filed[]; sent: Sent[]; besides: number };

/** Do what is asked for to one mail or to all of one sender, and answer another. */
export const mailTriage = defineTask({
  name: 'web/mail-triage',
  description: 'Find the right mails of an inbox, put them where they belong, and answer one.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const idiom = random.pick<Idiom>(difficulty === 1 ? ['buttons', 'toolbar', 'open'] : IDIOMS);
    const mails = drawMails(random, difficulty);
    const folders = random.sample(FOLDERS, 3);
    const verbs = random.sample(
      VERBS,
      difficulty === 1 || (difficulty > 2 && ['buttons', 'drag'].includes(idiom)) ? 2 : 3,
    );
    const { from } = random.pick(mails.filter((mail) => difficulty === 1 || isRepeated(mail, mails)));
    const own = mails.filter((mail) => mail.from === from);
    const isForAll = difficulty > 2 || (difficulty > 1 && random.chance());
    const isMoved = idiom === 'drag' || (difficulty > 1 && random.chance());
    const errand: Errand = {
      mails: isForAll ? own : [random.pick(own)],
      verb: isMoved ? null : random.pick(verbs),
      folder: isMoved ? random.pick(folders) : null,
    };
    const others = mails.filter((mail) => mail.from !== from);
    const sent = difficulty > 2 ? [drawAnswer(random, random.pick(others))] : [];
    const labels = {
      inbox: random.pick(WORDS.inbox),
      move: random.pick(WORDS.move),
      reply: random.pick(WORDS.reply),
      text: random.pick(WORDS.text),
      send: random.pick(WORDS.send),
      more: random.pick(WORDS.more),
    };
    return {
      instruction: say(random, { difficulty, isForAll, errand, sent, labels }),
      params: {
        site: mailSite({
          look: drawLook(random, difficulty),
          title: random.pick(['Post office', 'Mail', 'Correspondence', 'Letters']),
          mails,
          folders,
          idiom,
          verbs,
          moves: difficulty > 1,
          replies: difficulty > 2,
          labels,
          folderPlace: random.pick(['left', 'right']),
        }),
        goal: { mails: mails.map((mail) => afterErrand(mail, errand)), sent, besides: 0 } satisfies Goal,
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, params }) {
    const { mails, sent } = params.goal as Goal;
    const errand = mails.filter(({ at, marks }) => at !== 'Inbox' || marks.length > 0);
    for (const [index, mail] of errand.entries()) {
      const checked = check(observation, mail);
      if (checked) observation = yield checked;
      // What is checked is dealt with at once, when it is complete.
      if (checked && index < errand.length - 1) continue;
      const revealed = reveal(observation, mail);
      if (revealed) observation = yield revealed;
      observation = yield settle(observation, mail);
    }
    for (const { to, subject, text } of sent) {
      const mail = { from: to, subject };
      const shown = check(observation, mail) ?? reveal(observation, mail);
      if (shown) observation = yield shown;
      observation = yield { click: { ref: controlFor(observation, mail, WORDS.reply).ref } };
      observation = yield { fill: { ref: find(observation, ['textbox'], WORDS.text).ref, text } };
      observation = yield { click: { ref: find(observation, ['button'], WORDS.send).ref } };
    }
    yield { done: {} };
  },
});

/** Mails in random order; from difficulty 2 on, two senders have two each, and subjects repeat. */
function drawMails(random: Random, difficulty: number): Mail[] {
  const subjects = random.sample(SUBJECTS, 4);
  const people = drawPeople(random, difficulty === 1 ? 3 : 1 + difficulty);
  const mails = people.flatMap((from, index) => {
    const own = difficulty === 1 ? [subjects[index] ?? ''] : random.sample(subjects, index < 2 ? 2 : 1);
    return own.map((subject) => ({ from, subject, day: random.pick(DAYS) }));
  });
  return random.shuffle(mails);
}

function isRepeated({ from }: Mail, mails: readonly Mail[]): boolean {
  return mails.filter((mail) => mail.from === from).length > 1;
}

function drawAnswer(random: Random, { from, subject }: Mail): Sent {
  return { to: from, subject, text: random.pick(ANSWERS) };
}

/** Where a mail is, and what marks it has, once the errand is done. */
function afterErrand(mail: Mail, { mails, verb, folder }: Errand): Filed {
  const { from, subject } = mail;
  if (!mails.includes(mail)) return { from, subject, at: 'Inbox', marks: [] };
  if (verb === 'Star' || verb === 'Mute') return { from, subject, at: 'Inbox', marks: [verb] };
  return { from, subject, at: folder ?? (verb === 'Delete' ? 'Bin' : 'Archive'), marks: [] };
}

function say(
  random: Random,
  task: {
    difficulty: number;
    isForAll: boolean;
    errand: Errand;
    sent: readonly Sent[];
    labels: { move: string; reply: string };
  },
): string {
  const { difficulty, isForAll, errand, sent, labels } = task;
  const [{ from, subject } = { from: '', subject: '' }] = errand.mails;
  const one = [`the mail "${subject}" from "${from}"`];
  if (difficulty === 1) one.push(`the mail from "${from}"`, `the mail "${subject}"`);
  const what = isForAll
    ? random.pick([`all mails from "${from}"`, `both mails from "${from}"`])
    : random.pick(one);
  const [move, into] = labels.move.split(' ');
  const act = errand.verb ? `${errand.verb} ${what}` : `${move} ${what} ${into} "${errand.folder}"`;
  const [answer] = sent;
  if (!answer) return `${act}.`;
  const mail = `"${answer.subject}" from "${answer.to}"`;
  const reply = labels.reply === 'Reply' ? `reply to ${mail}` : `answer ${mail}`;
  return random.pick([
    `${act}, and ${reply} with "${answer.text}".`,
    `${act}. Then ${reply}: "${answer.text}".`,
  ]);
}
