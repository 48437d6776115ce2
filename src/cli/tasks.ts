import { openProject } from '../engine/index.ts';
import { cut } from './cut.ts';
import { paragraph, style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck tasks list`: the families of the configuration, each with an example. */
export async function tasksListCommand(options: { config?: string; json?: boolean }): Promise<void> {
  const project = await openProject({ config: options.config });
  const { listed, broken, missing } = await project.families();
  if (options.json) {
    const others = broken.map(({ name, suite, why }) => ({ family: name, suite, broken: why.message }));
    printJson([...listed, ...others]);
    return;
  }
  print(
    table([
      ['family', 'suite', 'environment', 'difficulties', 'example'],
      ...listed.map(({ family, suite, environment, difficulties, example }) => [
        family,
        suite,
        environment,
        difficulties === 1 ? '1' : `1–${difficulties}`,
        cut(example, 70),
      ]),
      ...broken.map(({ name, suite }) => [name, suite, style('red', 'broken'), '', '']),
    ]),
  );
  for (const { name, why } of broken)
    print(styled`${style('red', '✗')} ${style('bold', name)} ${paragraph(why.message)}`);
  for (const what of missing) print(style('yellow', what));
}
