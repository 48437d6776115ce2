import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Game, Table } from '../engine/index.ts';
import { paragraph, style, styled } from './styled-text.ts';
import type { Output } from './terminal.ts';

/** Lets a person play a task at its page in a browser that they see, until they say in the terminal that they are done. */
export function playAtPage(
  table: Table,
  { output, signal }: { output: Output; signal: AbortSignal },
): Promise<Game> {
  return table.openPage(async (instruction, page) => {
    output.line(styled`${style('bold', paragraph(instruction))}\nPlay in the browser's window.`);
    const lines = createInterface({ input: process.stdin, terminal: false, signal });
    const closed = new Promise<undefined>((resolve) => page.once('close', () => resolve(undefined)));
    const typed = once(lines, 'line', { signal }).then(([line]) => String(line));
    output.write('Enter when done (or an answer, where one is asked for; quit to give up): ');
    const answer = await Promise.race([typed, closed]).finally(() => lines.close());
    return answer === 'quit' ? undefined : answer;
  });
}
