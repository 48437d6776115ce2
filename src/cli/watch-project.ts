import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { startChild, type Child } from '../processes/index.ts';
import { style, styled } from './styled-text.ts';
import { notice } from './terminal.ts';

/** Editors write a file in several steps: changes within so many ms are one. */
const TOGETHER = 200;
/** What a task is made of, and folders that hold other things. */
const SOURCE = /\.(?:[cm]?[jt]sx?|json|html|css)$/;
const NOT_SOURCE = /^(?:node_modules|runs|dist|\..*)$/;

/** Runs this command without `--watch`, and again from its beginning whenever a file of the project has changed; until Ctrl-C. */
export async function watchProject(folder: string): Promise<never> {
  const words = process.argv.slice(1).filter((word) => word !== '--watch');
  const start = (): Child =>
    startChild(process.execPath, [...process.execArgv, ...words], { stdio: 'inherit' });
  let changed = Promise.withResolvers<string>();
  const heard = (_event: string, file: string | null): void => {
    if (file !== null && SOURCE.test(file)) changed.resolve(file);
  };
  watch(folder, heard);
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory() && !NOT_SOURCE.test(entry.name))
      watch(join(folder, entry.name), { recursive: true }, heard);
  for (;;) {
    const child = start();
    const file = await changed.promise;
    await new Promise((resolve) => setTimeout(resolve, TOGETHER));
    changed = Promise.withResolvers();
    await child.end();
    notice(styled`\n${style('yellow', `${file} has changed`)}: from the beginning.\n`);
  }
}
