import { defineTask, type Random } from 'lamarck';
import { browser } from 'lamarck/environments';
import { find, findBeside } from '../find.ts';
import { isGoalState } from '../goal.ts';
import { drawStyle } from '../markup.ts';
import { drawFirms, drawPeople } from '../names.ts';
import { drawRows, rowsSite, type Row } from './page.ts';

const MONEY = ['120 €', '86 €', '310 €', '45 €', '999 €', '72 €'];
const DAYS = ['Monday', 'Tuesday', 'Thursday', 'Friday', 'last week'];

/** Kinds of rows: what they are called, what can be done to them, and what is told beside their name. */
const KINDS = [
  {
    noun: 'invoice from',
    title: 'Invoices',
    of: 'firms',
    columns: { name: 'Sender', detail: 'Amount' },
    details: MONEY,
    actions: ['Archive', 'Approve', 'Print', 'Dispute'],
  },
  {
    noun: 'order of',
    title: 'Orders',
    of: 'people',
    columns: { name: 'Customer', detail: 'Total' },
    details: MONEY,
    actions: ['Ship', 'Cancel', 'Refund', 'Open'],
  },
  {
    noun: 'message from',
    title: 'Messages',
    of: 'people',
    columns: { name: 'Sender', detail: 'Received' },
    details: DAYS,
    actions: ['Archive', 'Reply', 'Delete', 'Star'],
  },
  {
    noun: 'contract with',
    title: 'Contracts',
    of: 'firms',
    columns: { name: 'Partner', detail: 'Ends' },
    details: DAYS,
    actions: ['Renew', 'End', 'Open', 'Share'],
  },
  {
    noun: 'booking of',
    title: 'Bookings',
    of: 'people',
    columns: { name: 'Guest', detail: 'Arrives' },
    details: DAYS,
    actions: ['Confirm', 'Move', 'Delete', 'Print'],
  },
] as const;

const ALL = ['Export', 'Select all', 'New', 'Refresh'];
const YES = ['Yes', 'OK', 'Go ahead'];

/** Do one thing to one row of a list; anything done to another row cannot be undone. */
export const rowAction = defineTask({
  name: 'web/row-action',
  description: 'Press the right button in the right row of a table or list.',
  environment: browser,
  maxSteps: 8,
  generate: ({ random, difficulty }) => {
    const kind = random.pick(KINDS);
    const count = difficulty === 1 ? 3 : random.int(4, 5);
    const names = kind.of === 'firms' ? drawFirms(random, count, difficulty > 1) : drawPeople(random, count);
    const rows =
      difficulty > 2 ? withNamesakes(random, names, kind.details) : drawRows(random, names, kind.details);
    const target =
      difficulty > 2 ? random.pick(rows.filter((row) => isRepeated(row, rows))) : random.pick(rows);
    const actions = random.sample(kind.actions, difficulty === 1 ? random.int(1, 2) : 3);
    const action = random.pick(actions);
    const numberShown = difficulty > 2 || random.chance();
    return {
      instruction: `${action} the ${kind.noun} "${target.name}"${difficulty > 2 ? `, number ${target.number}` : ''}.`,
      params: {
        site: rowsSite({
          style: drawStyle(random, difficulty),
          title: kind.title,
          columns: kind.columns,
          rows,
          actions,
          extras: random.sample(ALL, difficulty - 1),
          layout: random.pick(['table', 'list']),
          actionsFirst: random.chance(0.3),
          numberShown,
          namesRows: random.chance(),
          confirm: difficulty > 2 ? { yes: random.pick(YES), modal: random.chance() } : undefined,
        }),
        goal: { done: [{ action, row: target.number }] },
      },
    };
  },
  verify: isGoalState,
  oracle: function* ({ observation, instruction }) {
    const [, action = '', name = '', number] =
      /^(\w+) the .*"(.+)"(?:, number (\d+))?\.$/.exec(instruction) ?? [];
    const button = findBeside(
      observation,
      number ?? name,
      (element) =>
        element.role === 'button' && (element.name === action || element.name.startsWith(`${action} `)),
    );
    observation = yield { click: { ref: button.ref } };
    if (number !== undefined) yield { click: { ref: find(observation, ['button'], YES).ref } };
    yield { done: {} };
  },
});

/** Rows of which two have the same name, so that only the number tells them apart. */
function withNamesakes(random: Random, names: readonly string[], details: readonly string[]): Row[] {
  const repeated = random.pick(names);
  return drawRows(
    random,
    random.shuffle([repeated, repeated, ...names.filter((name) => name !== repeated).slice(1)]),
    details,
  );
}

function isRepeated(row: Row, rows: readonly Row[]): boolean {
  return rows.filter(({ name }) => name === row.name).length > 1;
}
