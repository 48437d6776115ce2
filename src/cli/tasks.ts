import { loadConfiguration } from '../config/index.ts';
import { LamarckError } from '../protocol/index.ts';
import { boundedFamily } from '../soundness/index.ts';
import { makeTask } from '../task/index.ts';
import { missingIn } from './readiness.ts';
import { cut } from './cut.ts';
import { paragraph, style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { print, printJson } from './terminal.ts';

/** `lamarck tasks list`: the families of the configuration, each with an example. */
export async function tasksListCommand(options: { config?: string; json?: boolean }): Promise<void> {
  const { families, suiteOf, broken: unread } = await loadConfiguration(options.config);
  const broken = [...unread];
  const listed = [...families.values()].flatMap((family) => {
    const suite = suiteOf.get(family.name) ?? '';
    try {
      return [
        {
          family: family.name,
          suite,
          environment: family.environment.name,
          difficulties: family.difficulties,
          maxSteps: family.maxSteps,
          description: family.description,
          example: makeTask(boundedFamily(family), 0, 1).instruction,
          missing: missingIn([family])[0] ?? null,
        },
      ];
    } catch (error) {
      if (!LamarckError.isInstance(error)) throw error;
      broken.push({ name: family.name, suite, why: error });
      return [];
    }
  });
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
  for (const missing of missingIn(families.values())) print(style('yellow', missing));
}
