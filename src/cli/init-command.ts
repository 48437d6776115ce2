import { initProject } from './init.ts';
import { style, styled } from './styled-text.ts';
import { print } from './terminal.ts';

/** `lamarck init DIR` */
export async function initCommand(directory: string): Promise<void> {
  const written = await initProject(directory);
  print(styled`${style('green', 'Made')} ${directory} with ${written.join(', ')}.`);
  print(`Next: cd ${directory} && npm install && npx lamarck evolve`);
}
