import { createInterface } from 'node:readline';
import type { Game, Moment, Table } from '../engine/index.ts';
import type { Json } from '../protocol/index.ts';
import { actionLine, observationLines } from './describe-view.ts';
import { joined, paragraph, style, styled, type Text } from './styled-text.ts';
import type { Output } from './terminal.ts';
import { tableLines } from './table.ts';

const HELP = joined([
  'A number does what stands there. Or say an action and its parameters, or write it as JSON.',
  'A parameter with spaces stands in "quotation marks"; lists and objects are JSON.',
  'Beside that: help (the actions, each with an example), look (all again), again (from the start), quit.',
]);

/** Lets a person play a task with words: they see what an agent sees, and choose what it may do. */
export async function playInTerminal(
  table: Table,
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<Game> {
  const say = (text?: Text): void => output.line(text);
  const lines = createInterface({ input: process.stdin, terminal: false, signal });
  const typed = lines[Symbol.asyncIterator]();
  const ask = async (): Promise<string | undefined> => {
    output.write(style('bold', '> '));
    const { value, done } = await typed.next();
    return done ? undefined : String(value).trim();
  };
  try {
    for (;;) {
      const game = await playOnce(table, { say, ask });
      if (game) return game;
    }
  } finally {
    lines.close();
  }
}

/** @returns nothing where it is to begin again. */
async function playOnce(
  table: Table,
  { say, ask }: { say(text?: Text): void; ask(): Promise<string | undefined> },
): Promise<Game | undefined> {
  const episode = await table.open();
  const { environment } = table.family;
  const actions: Json[] = [];
  let moment = episode.first;
  say(style('bold', paragraph(episode.instruction)));
  say(HELP);
  show(moment, table, say);
  try {
    while (moment.stop === undefined) {
      const line = await ask();
      if (line === undefined || line === 'quit') return { actions, reward: null, stop: 'given up' };
      if (line === 'again') return undefined;
      if (line === '') continue;
      if (line === 'look') {
        show(moment, table, say);
        continue;
      }
      if (line === 'help') {
        say(HELP);
        const rows = table.examples(moment.affordances ?? []);
        const written = rows.map(({ usage, example }) => [usage, JSON.stringify(example)]);
        say(joined(tableLines([['action', 'example'], ...written])));
        continue;
      }
      const told = table.read(line, moment.affordances ?? []);
      if ('error' in told) {
        say(style('yellow', told.error));
        continue;
      }
      const written = environment.notation.write(told.action, moment.observation);
      moment = await episode.step(told.action);
      // What was rejected did nothing, and needs no repeating.
      if (moment.error !== undefined) say(style('yellow', paragraph(moment.error)));
      else {
        actions.push(written);
        if (moment.stop === undefined) show(moment, table, say);
      }
    }
    return { actions, reward: moment.reward, stop: moment.stop };
  } finally {
    await episode.close();
  }
}

function show(
  { observation, affordances = [] }: Moment,
  { usages }: Table,
  say: (text?: Text) => void,
): void {
  say();
  for (const line of observationLines(observation)) say(line);
  say();
  affordances.forEach((action, at) =>
    say(styled`${style('cyan', String(at + 1).padStart(4))}  ${actionLine(action, observation)}`),
  );
  say(style('dim', `      ${usages.join('; ')}`));
}
