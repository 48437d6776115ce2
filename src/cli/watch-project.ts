import { sourceChanges, startChild, type Child } from '../engine/index.ts';
import { style, styled } from './styled-text.ts';
import { notice } from './terminal.ts';

/** Runs this command without `--watch`, and again from its beginning whenever a file of the project has changed; until Ctrl-C. */
export async function watchProject(folder: string): Promise<void> {
  const words = process.argv.slice(1).filter((word) => word !== '--watch');
  const start = (): Child =>
    startChild(process.execPath, [...process.execArgv, ...words], { stdio: 'inherit' });
  let child = start();
  for await (const file of sourceChanges(folder)) {
    await child.end();
    notice(styled`\n${style('yellow', `${file} has changed`)}: from the beginning.\n`);
    child = start();
  }
}
