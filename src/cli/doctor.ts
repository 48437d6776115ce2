import { examine, remedyInWords, type Finding } from '../engine/index.ts';
import { paragraph, style, styled } from './styled-text.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck doctor`: looks at everything a run needs by using it once. */
export async function doctorCommand(options: { config?: string; json?: boolean }): Promise<void> {
  const results: Finding[] = [];
  for await (const result of examine(options.config)) {
    results.push(result);
    if (!options.json) show(result);
  }
  if (options.json) printJson(results);
  if (results.some(({ state }) => state === 'broken')) process.exitCode = 1;
}

function show({ name, state, text, remedy }: Finding): void {
  const mark = { ok: style('green', '✓'), warning: style('yellow', '!'), broken: style('red', '✗') }[state];
  print(styled`${mark} ${name.padEnd(14)} ${paragraph(text)}`);
  if (remedy) print(styled`  ${' '.repeat(14)} → ${paragraph(remedyInWords(remedy))}`);
}
