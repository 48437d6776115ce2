import { createInterface } from 'node:readline';
import type { Environment } from '../environment/index.ts';
import { openEpisode, type Moment, type World } from '../episode/index.ts';
import type { Json } from '../protocol/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';
import { actionHelp } from './action-help.ts';
import { actionLine, observationLines } from './describe-view.ts';
import { joined, paragraph, style, styled, type Text } from './styled-text.ts';
import type { Output } from './terminal.ts';
import { typedAction, usageOf } from './typed-action.ts';

/** What a person did, in the notation of the environment, and what it earned; no reward where they gave up. */
export interface Game {
  readonly actions: readonly Json[];
  readonly reward: number | null;
  readonly stop: string;
}

const HELP = joined([
  'A number does what stands there. Or say an action and its parameters, or write it as JSON.',
  'A parameter with spaces stands in "quotation marks"; lists and objects are JSON.',
  'Beside that: help (the actions, each with an example), look (all again), again (from the start), quit.',
]);

/** Lets a person play a task with words: they see what an agent sees, and choose what it may do. */
export async function playInTerminal(
  family: TaskFamily,
  task: Task,
  world: World,
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
      const game = await playOnce(family, task, world, { say, ask, signal });
      if (game) return game;
    }
  } finally {
    lines.close();
  }
}

/** @returns nothing where it is to begin again. */
async function playOnce(
  family: TaskFamily,
  task: Task,
  world: World,
  { say, ask, signal }: { say(text?: Text): void; ask(): Promise<string | undefined>; signal: AbortSignal },
): Promise<Game | undefined> {
  const episode = await openEpisode(family, task, world, signal);
  const { environment } = family;
  const actions: Json[] = [];
  let moment = episode.first;
  say(style('bold', paragraph(episode.instruction)));
  say(HELP);
  show(moment, environment, say);
  try {
    while (moment.stop === undefined) {
      const line = await ask();
      if (line === undefined || line === 'quit') return { actions, reward: null, stop: 'given up' };
      if (line === 'again') return undefined;
      if (line === '') continue;
      if (line === 'look') {
        show(moment, environment, say);
        continue;
      }
      if (line === 'help') {
        say(HELP);
        say(joined(actionHelp(environment, moment.affordances ?? [])));
        continue;
      }
      const told = typedAction(line, moment.affordances ?? [], environment);
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
        if (moment.stop === undefined) show(moment, environment, say);
      }
    }
    return { actions, reward: moment.reward, stop: moment.stop };
  } finally {
    await episode.close();
  }
}

function show(
  { observation, affordances = [] }: Moment,
  environment: Environment,
  say: (text?: Text) => void,
): void {
  say();
  for (const line of observationLines(observation)) say(line);
  say();
  affordances.forEach((action, at) =>
    say(styled`${style('cyan', String(at + 1).padStart(4))}  ${actionLine(action, observation)}`),
  );
  say(style('dim', `      ${Object.keys(environment.actions).map(usageOf(environment)).join('; ')}`));
}
