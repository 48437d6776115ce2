import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright';
import { openTask } from '../episode/index.ts';
import type { Json } from '../protocol/index.ts';
import { judge } from '../reward/index.ts';
import type { Sandboxes } from '../sandbox/index.ts';
import type { Task, TaskFamily } from '../task/index.ts';
import type { Game } from './play-in-terminal.ts';
import { paragraph, style, styled } from './styled-text.ts';
import type { Output } from './terminal.ts';

/**
 * Lets a person play a task at its page in a browser that they see, until they say in the terminal that they are done.
 *
 * @param sandboxes whose browser is visible
 */
export async function playByHand(
  family: TaskFamily,
  task: Task,
  sandboxes: Sandboxes,
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<Game> {
  const session = await openTask(family, task, { sandboxes, signal });
  try {
    const instruction = (await session.instruction()) ?? task.instruction;
    output.line(styled`${style('bold', paragraph(instruction))}\nPlay in the browser's window.`);
    let isGivenUp = false;
    const actions = await session.demonstrate(async (stage) => {
      const lines = createInterface({ input: process.stdin, terminal: false, signal });
      const { page } = stage as { page: Page };
      const closed = new Promise<undefined>((resolve) => page.once('close', () => resolve(undefined)));
      const typed = once(lines, 'line', { signal }).then(([line]) => String(line));
      output.write('Enter when done (or an answer, where one is asked for; quit to give up): ');
      const answer = await Promise.race([typed, closed]).finally(() => lines.close());
      isGivenUp = answer === undefined || answer === 'quit';
      return answer === '' ? undefined : answer;
    });
    if (isGivenUp) return { actions, reward: null, stop: 'given up' };
    const evidence: Json = await session.evidence();
    return { actions, reward: await judge(family, task, evidence), stop: 'agent-done' };
  } finally {
    await session.close();
  }
}
