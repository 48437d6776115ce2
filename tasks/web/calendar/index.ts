import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, findAfter, type Page, type Seen } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { dayOf, monthOf, readDay, written, type Day } from './days.ts';
import { calendarSite } from './page.ts';

const KINDS = [
  { title: 'Guest house', places: ['Attic room', 'Garden room', 'Blue room', 'Tower room'] },
  { title: 'Boat hire', places: ['North pier', 'Old harbour', 'Lake side', 'Mill bridge'] },
  { title: 'Meeting rooms', places: ['Library', 'Workshop', 'Hall', 'Studio'] },
];
const TIMES = ['08:00', '09:30', '11:00', '12:30', '14:00', '15:30', '17:00', '18:30'];
const WORDS = {
  ends: [
    ['From', 'To'],
    ['Arrival', 'Departure'],
    ['First day', 'Last day'],
  ],
  day: ['Day', 'Date'],
  time: ['Time', 'At what time', 'Beginning'],
  place: ['Place', 'Where'],
  save: ['Book', 'Save', 'Confirm'],
  clear: ['Clear', 'Start again'],
  turns: [
    ['Previous month', 'Next month'],
    ['Earlier', 'Later'],
    ['‹', '›'],
  ],
  month: ['Month', 'Go to'],
};

type Booking = {
  readonly from: Day;
  readonly to: Day | null;
  readonly time: string | null;
  readonly place: string | null;
};

/** Turn a calendar to the right month and choose a day, or the days from one to another. */
export const calendar = defineTask({
  name: 'web/calendar',
  description: 'Choose a day or a range of days in a calendar, with a time and a place.',
  environment: browser,
  maxSteps: 28,
  generate: ({ random, difficulty }) => {
    const { title, places } = random.pick(KINDS);
    const month = random.int(0, 11);
    const turned = difficulty === 1 ? random.int(0, 2) : random.pick([-2, -1, 1, 2, 3]);
    const [previous = '', next = ''] = random.pick(WORDS.turns);
    const first = dayOf(2026, month + turned, random.int(2, 27));
    const isRange = difficulty > 1;
    const length = random.int(2, 4 + 2 * difficulty);
    const [from = '', to = ''] = isRange ? random.pick(WORDS.ends) : [random.pick(WORDS.day)];
    const offered = difficulty > 2 ? random.sample(places, 3) : [];
    const times = difficulty > 2 ? random.sample(TIMES, 5).toSorted() : [];
    const booking: Booking = {
      from: first,
      to: isRange ? after(first, length) : null,
      time: difficulty > 2 ? random.pick(times) : null,
      place: difficulty > 2 ? random.pick(offered) : null,
    };
    return {
      instruction: say(random, booking),
      params: {
        site: calendarSite({
          look: drawLook(random, difficulty),
          title,
          start: dayOf(2026, month, 1),
          months: random.pick([1, 2]),
          isRange,
          opens: random.pick(['at the start', 'by a button']),
          turns: random.pick(['steps', 'select']),
          days: random.pick(['number', 'date']),
          weekBegins: random.pick(['Monday', 'Sunday']),
          taken: difficulty > 1 ? drawTaken(random, first, length) : [],
          fillsWeeks: difficulty > 1 && random.chance(),
          times,
          places: offered,
          labels: {
            from,
            to,
            time: random.pick(WORDS.time),
            place: random.pick(WORDS.place),
            save: random.pick(WORDS.save),
            clear: random.pick(WORDS.clear),
            previous,
            next,
            month: random.pick(WORDS.month),
          },
        }),
        goal: { bookings: [booking], besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const quoted = [...instruction.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
    const ends = [[...WORDS.ends.map(([from]) => from), ...WORDS.day], WORDS.ends.map(([, to]) => to)];
    for (const [index, day] of quoted.filter((text) => /^\d+ \w+ \d{4}$/.test(text)).entries()) {
      const opener = observation.elements.find(
        ({ role, name }) => role === 'button' && ends[index]?.includes(name),
      );
      if (opener) observation = yield { click: { ref: opener.ref } };
      for (let turn = turnTo(observation, day); turn; turn = turnTo(observation, day))
        observation = yield turn;
      observation = yield { click: { ref: dayButton(observation, day).ref } };
    }
    for (const [labels, texts] of [
      [WORDS.time, TIMES],
      [WORDS.place, KINDS.flatMap(({ places }) => places)],
    ] as const) {
      const wanted = quoted.find((text) => texts.includes(text));
      const choice = wanted === undefined ? undefined : chooseOption(observation, labels, wanted);
      if (choice) observation = yield choice;
    }
    yield { click: { ref: find(observation, ['button'], WORDS.save).ref } };
    yield { done: {} };
  },
});

function after(day: Day, days: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return dayOf(year, month - 1, date + days);
}

/** Days in the months around, but none of those that are wanted. */
function drawTaken(random: Random, from: Day, length: number): Day[] {
  const before = Array.from({ length: 25 }, (_, at) => after(from, -1 - at));
  const behind = Array.from({ length: 25 }, (_, at) => after(from, length + 1 + at));
  return random.sample([...before, ...behind], 8).toSorted();
}

function say(random: Random, { from, to, time, place }: Booking): string {
  const day = `"${written(from)}"`;
  if (to === null) return random.pick([`Book ${day}.`, `Choose ${day} and book it.`, `Book for ${day}.`]);
  const days = `from ${day} to "${written(to)}"`;
  if (time === null || place === null)
    return random.pick([`Book ${days}.`, `Choose the days ${days} and book them.`]);
  return random.pick([
    `Book "${place}" ${days}, beginning at "${time}".`,
    `Choose the days ${days}, the time "${time}" and "${place}", and book.`,
    `Make a booking ${days} at "${time}" for "${place}".`,
  ]);
}

/** The action that turns the calendar towards the month of a day; nothing where it is shown. */
function turnTo(page: Page, day: string) {
  const month = monthOf(readDay(day));
  const shown = page.elements.filter(({ role, name }) => role === 'heading' && /^\w+ \d{4}$/.test(name));
  if (shown.some(({ name }) => name === month)) return undefined;
  const select = page.elements.find(({ options }) => options?.includes(month));
  if (select) return { select: { ref: select.ref, option: month } };
  const isLater = readDay(shown[0]?.name ?? '') < readDay(month);
  const names = WORDS.turns.map((pair) => pair[isLater ? 1 : 0] ?? '');
  return { click: { ref: find(page, ['button'], names).ref } };
}

/** The button of a day: named by its date, or by its number and free, below the name of its month. */
function dayButton(page: Page, day: string): Seen {
  const [number = '', ...month] = day.split(' ');
  return findAfter(
    page,
    month.join(' '),
    ({ role, name, state }) =>
      role === 'button' && (name === day || (name === number && !state?.includes('disabled'))),
  );
}
