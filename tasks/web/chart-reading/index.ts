import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { chooseOption, find, type Page } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawLook } from '../look.ts';
import { chartSite, type Series } from './page.ts';

const KINDS = [
  { title: 'The market stall', unit: 'Jars sold', things: ['Honey', 'Jam', 'Pickles', 'Chutney'] },
  { title: 'The reading room', unit: 'Books lent', things: ['Novels', 'Travel', 'Poetry', 'Science'] },
  { title: 'The bird hide', unit: 'Birds counted', things: ['Herons', 'Swifts', 'Larks', 'Terns'] },
];
const TIMES = [
  { noun: 'month', names: ['January', 'February', 'March', 'April', 'May', 'June', 'July'] },
  { noun: 'day', names: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] },
];
const WORDS = { send: ['Send', 'Answer', 'Done'] };

/** What is to be found out: of one thing, of two, or of all together. */
type Question =
  | { readonly kind: 'most' | 'least'; readonly of: string }
  | { readonly kind: 'lead'; readonly of: string; readonly over: string }
  | { readonly kind: 'sum'; readonly of: string; readonly first: string; readonly last: string }
  | { readonly kind: 'best and total'; readonly of: string };
/** The table: counts by thing and time. */
interface Counts {
  readonly categories: readonly string[];
  readonly series: readonly Series[];
}
type Answer = { category: string | null; amount: number | null };

/** Read the table beside a chart and answer what it tells. */
export const chartReading = defineTask({
  name: 'web/chart-reading',
  description: 'Answer a question by reading, comparing and adding the numbers of a chart’s table.',
  environment: browser,
  maxSteps: 10,
  generate: ({ random, difficulty }) => {
    const { title, unit, things } = random.pick(KINDS);
    const { noun, names } = random.pick(TIMES);
    const start = random.int(0, 1);
    const categories = names.slice(start, start + 6);
    const series = random.sample(things, difficulty).map((name) => ({
      name,
      counts: random.sample(
        Array.from({ length: 70 }, (_, at) => 12 + at),
        categories.length,
      ),
    }));
    const counts: Counts = { categories, series };
    const question = drawQuestion(random, counts, difficulty);
    const answer = answerTo(question, counts);
    return {
      instruction: say(random, question, { noun, unit }),
      params: {
        site: chartSite({
          look: drawLook(random, difficulty),
          title,
          ...counts,
          unit,
          chart: random.pick(['bars', 'lines']),
          place: random.pick(['above', 'below', 'left', 'right']),
          rows: random.pick(['categories', 'series']),
          asks: (['category', 'amount'] as const).filter((what) => answer[what] !== null),
          labels: {
            category: `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`,
            amount: random.pick(['Number', 'Amount', 'Result']),
            send: random.pick(WORDS.send),
          },
        }),
        goal: { answers: [answer], besides: 0 },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const { category, amount } = answerTo(questionIn(instruction), countsShown(observation));
    const labels = TIMES.map(({ noun }) => `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`);
    const choice = category === null ? undefined : chooseOption(observation, labels, category);
    if (choice) observation = yield choice;
    const field = observation.elements.find(({ role }) => role === 'spinbutton');
    if (field && amount !== null) observation = yield { fill: { ref: field.ref, text: String(amount) } };
    yield { click: { ref: find(observation, ['button'], WORDS.send).ref } };
    yield { done: {} };
  },
});

function drawQuestion(random: Random, { categories, series }: Counts, difficulty: number): Question {
  const [one = '', other = ''] = random.shuffle(series.map(({ name }) => name));
  if (difficulty === 1) return { kind: random.pick(['most', 'least']), of: one };
  if (difficulty === 2)
    return random.pick<Question>([
      { kind: 'lead', of: one, over: other },
      { kind: random.pick(['most', 'least']), of: one },
    ]);
  const at = random.int(0, categories.length - 3);
  return random.pick<Question>([
    { kind: 'sum', of: one, first: categories[at] ?? '', last: categories[at + 2] ?? '' },
    { kind: 'best and total', of: one },
  ]);
}

/** Ties go to the earlier category; those that are drawn have none but by rare chance among leads. */
function answerTo(question: Question, { categories, series }: Counts): Answer {
  const countsOf = (name: string): readonly number[] => series.find((one) => one.name === name)?.counts ?? [];
  const own = countsOf(question.of);
  const bestOf = (numbers: readonly number[]): number => numbers.indexOf(Math.max(...numbers));
  switch (question.kind) {
    case 'most':
      return { category: categories[bestOf(own)] ?? null, amount: null };
    case 'least':
      return { category: categories[bestOf(own.map((count) => -count))] ?? null, amount: null };
    case 'lead': {
      const over = countsOf(question.over);
      return {
        category: categories[bestOf(own.map((count, at) => count - (over[at] ?? 0)))] ?? null,
        amount: null,
      };
    }
    case 'sum': {
      const months = own.slice(categories.indexOf(question.first), categories.indexOf(question.last) + 1);
      return { category: null, amount: months.reduce((total, count) => total + count, 0) };
    }
    case 'best and total': {
      const best = bestOf(own);
      const total = series.reduce((sum, { counts }) => sum + (counts[best] ?? 0), 0);
      return { category: categories[best] ?? null, amount: total };
    }
  }
}

function say(random: Random, question: Question, { noun, unit }: { noun: string; unit: string }): string {
  const what = `"${unit}" of "${question.of}"`;
  switch (question.kind) {
    case 'most':
    case 'least': {
      const word = question.kind === 'most' ? 'highest' : 'lowest';
      return random.pick([
        `Choose the ${noun} with the ${word} ${what} and send it.`,
        `Find the ${noun} with the ${word} ${what}, choose it and send.`,
      ]);
    }
    case 'lead':
      return random.pick([
        `Choose the ${noun} in which ${what} is furthest above that of "${question.over}", and send it.`,
        `Find the ${noun} in which ${what} is furthest above that of "${question.over}"; choose it and send.`,
      ]);
    case 'sum':
      return random.pick([
        `Add up the ${what} from "${question.first}" to "${question.last}", enter the sum and send it.`,
        `Enter the sum of the ${what} from "${question.first}" to "${question.last}" and send it.`,
      ]);
    case 'best and total':
      return random.pick([
        `Choose the ${noun} with the highest ${what}, enter the total of all in that ${noun}, and send both.`,
        `Find the ${noun} with the highest ${what}, enter the total of all in that ${noun}, choose it, and send both.`,
      ]);
  }
}

function questionIn(instruction: string): Question {
  const [, of = '', second = '', third = ''] = [...instruction.matchAll(/"([^"]+)"/g)].map(
    ([, text]) => text ?? '',
  );
  if (instruction.includes('total of all')) return { kind: 'best and total', of };
  if (instruction.includes('furthest above')) return { kind: 'lead', of, over: second };
  if (third !== '') return { kind: 'sum', of, first: second, last: third };
  return { kind: instruction.includes('highest') ? 'most' : 'least', of };
}

/** The table as it is seen, line by line, whichever way round it stands. */
function countsShown({ elements }: Page): Counts {
  const cells = elements.filter(({ role }) => role === 'cell' || role === 'columnheader');
  const lines = [...Map.groupBy(cells, ({ box }) => box[1]).values()].map((line) =>
    line.map(({ name }) => name),
  );
  const [heads = [], ...rows] = lines;
  const body = rows.map(([name = '', ...counts]) => ({ name, counts: counts.map(Number) }));
  const isTime = (name: string): boolean => TIMES.some(({ names }) => names.includes(name));
  if (heads.every(isTime)) return { categories: heads, series: body };
  return {
    categories: body.map(({ name }) => name),
    series: heads.map((name, at) => ({ name, counts: body.map(({ counts }) => counts[at] ?? 0) })),
  };
}
