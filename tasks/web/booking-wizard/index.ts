import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawStyle } from '../markup.ts';
import { drawPeople } from '../names.ts';
import { wizardSite, type Question } from './page.ts';

/** What can be booked: the options, and how the instruction speaks of one. */
const KINDS = [
  {
    title: 'Book a room',
    label: 'Room',
    say: (option: string) => `Book the ${option}`,
    options: ['attic room', 'garden room', 'corner room', 'blue room', 'tower room'],
  },
  {
    title: 'Reserve a table',
    label: 'Table',
    say: (option: string) => `Reserve a ${option}`,
    options: ['window table', 'terrace table', 'round table', 'quiet table', 'bar table'],
  },
  {
    title: 'Join a course',
    label: 'Course',
    say: (option: string) => `Sign up for the ${option}`,
    options: ['pottery course', 'rowing course', 'baking course', 'fencing course', 'piano course'],
  },
  {
    title: 'Rent a bike',
    label: 'Bike',
    say: (option: string) => `Rent a ${option}`,
    options: ['city bike', 'mountain bike', 'cargo bike', 'folding bike', 'touring bike'],
  },
] as const;
const NAMES = ['Name', 'Your name', 'Full name', 'Booked for'];
const DAYS = ['3 March', '7 March', '12 March', '19 March', '24 March', '30 March'];
const EXTRAS = ['insurance', 'parking', 'lunch', 'a locker', 'a guide', 'a receipt'];
const LABELS = ['Attachment', 'Your document', 'File'];
const FILES = ['report.txt', 'letter.txt', 'drawing.txt', 'certificate.txt', 'permit.txt'];
const CONTENTS = ['Dear all', 'First draft', 'Signed and sealed', 'See the other page', 'Valid for a year'];
const NEXT = ['Next', 'Continue', 'Go on'];
const CONFIRM = ['Confirm', 'Book now', 'Finish'];

/** Answer a few pages of questions and confirm them. */
export const bookingWizard = defineTask({
  name: 'web/booking-wizard',
  description: 'Answer the pages of a booking one after the other, then confirm.',
  environment: browser,
  maxSteps: 20,
  generate: ({ random, difficulty }) => {
    const kind = random.pick(KINDS);
    const options = random.sample(kind.options, difficulty === 1 ? random.int(2, 3) : 2 + difficulty);
    const choice = random.pick(options);
    const [name = ''] = drawPeople(random, 1);
    const days = random.sample(DAYS, 4);
    const day = difficulty > 1 ? random.pick(days) : null;
    const offered = random.sample(EXTRAS, 4);
    const extras = difficulty > 2 ? random.sample(offered, random.int(1, 2)) : [];
    const apart = random.fork('attachment');
    const files = difficulty > 2 && apart.chance(0.3) ? drawFiles(apart) : {};
    const [file] = apart.shuffle(Object.keys(files));
    const first: Question = {
      key: 'choice',
      label: kind.label,
      options,
      as: random.pick(['radio', 'select']),
    };
    const second: Question = { key: 'name', label: random.pick(NAMES) };
    const third: Question = { key: 'day', label: 'Day', options: days, as: random.pick(['radio', 'select']) };
    const pages: Question[][] = [[first], [second]];
    if (difficulty > 1)
      pages.push(difficulty > 2 ? [third, { key: 'extras', label: 'Extras', options: offered }] : [third]);
    if (file !== undefined) pages.push([{ key: 'file', label: apart.pick(LABELS) }]);
    return {
      instruction: `${kind.say(choice)} for "${name}"${day ? ` on ${day}` : ''}${extras.length > 0 ? ` with ${extras.join(' and ')}` : ''}${file === undefined ? '' : `, and attach "${file}"`}.`,
      params: {
        site: wizardSite({
          style: drawStyle(random, difficulty),
          title: kind.title,
          pages: difficulty > 1 ? random.shuffle(pages) : pages,
          labels: { next: random.pick(NEXT), confirm: random.pick(CONFIRM) },
          hasReview: difficulty > 1,
          isFramed: difficulty > 1 && random.fork('frame').chance(0.25),
        }),
        ...(file !== undefined && { files }),
        // The page lists extras in its own order.
        goal: {
          bookings: [
            {
              choice,
              name,
              day,
              extras: offered.filter((extra) => extras.includes(extra)),
              ...(file !== undefined && { file: { name: file, content: files[file] ?? '' } }),
            },
          ],
        },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const [what = '', name = '', when = '', file = ''] = instruction.split('"');
    const isAsked = (text: string): boolean =>
      text !== '' && (what.includes(` ${text}`) || when.includes(` ${text}`));
    for (;;) {
      const { elements } = observation;
      const field = elements.find(
        ({ role, name: label, value }) => role === 'textbox' && NAMES.includes(label) && value !== name,
      );
      const select = elements.find(({ options = [], value }) =>
        options.some((option) => isAsked(option) && option !== value),
      );
      const box = elements.find(
        ({ role, name: label, state = [] }) =>
          ['radio', 'checkbox'].includes(role) && isAsked(label) && !state.includes('checked'),
      );
      const attachment = elements.find(({ state, value }) => state?.includes('uploadable') && value !== file);
      if (attachment) observation = yield { upload: { ref: attachment.ref, file } };
      else if (field) observation = yield { fill: { ref: field.ref, text: name } };
      else if (select)
        observation = yield { select: { ref: select.ref, option: select.options?.find(isAsked) ?? '' } };
      else if (box) observation = yield { click: { ref: box.ref } };
      else {
        const button = find(observation, ['button'], [...NEXT, ...CONFIRM]);
        observation = yield { click: { ref: button.ref } };
        if (CONFIRM.includes(button.name)) break;
      }
    }
    yield { done: {} };
  },
});

/** Two files to choose from, by name, with different contents. */
function drawFiles(random: Random): Record<string, string> {
  const contents = random.sample(CONTENTS, 2);
  return Object.fromEntries(random.sample(FILES, 2).map((name, index) => [name, contents[index] ?? '']));
}
