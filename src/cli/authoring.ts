import { initProject, openProject, type Made, type Project, type SuiteSource } from '../engine/index.ts';
import { style, styled } from './styled-text.ts';
import { print, printJson } from './terminal.ts';

interface Options {
  config?: string;
  json?: boolean;
}

/** `lamarck init DIR`: a new project. */
export async function initCommand(folder: string): Promise<void> {
  const written = await initProject(folder);
  print(styled`${style('green', 'Made')} ${folder} with ${written.join(', ')}.`);
  print(`Next: cd ${folder} && npm install && npx lamarck evolve`);
}

/** `lamarck tasks new SUITE/NAME`: an example of a task family that works, to be changed. */
export async function tasksNewCommand(name: string, { config, json }: Options): Promise<void> {
  const project = await openProject({ config });
  tellMade(await project.newTask(name), project, json);
}

/** `lamarck env new NAME`: an example of an environment with a task in it, to be changed. */
export async function envNewCommand(name: string, { config, json }: Options): Promise<void> {
  const project = await openProject({ config });
  tellMade(await project.newEnvironment(name), project, json);
}

function tellMade(made: Made, { configuration }: Project, json = false): void {
  if (json) {
    printJson(made);
    return;
  }
  const { family, module, test, readme, configured } = made;
  print(styled`${style('green', 'Made')} ${family}`);
  print(`  the family  ${module}`);
  print(`  its test    ${test}`);
  print(`  a line      ${readme}`);
  tellConfigured('changed     ', 'to do       ', configured, configuration.file);
  print(
    style(
      'dim',
      `Next: npx lamarck tasks check '${family}', npx lamarck tasks test, npx lamarck run ${family} --agent oracle`,
    ),
  );
}

/** `lamarck tasks add ADAPTER --from PATH`: makes a suite of what is elsewhere, which is read where it is. */
export async function tasksAddCommand(
  adapter: 'miniwob' | 'jsonl',
  { config, json, ...source }: SuiteSource & Options,
): Promise<void> {
  const project = await openProject({ config });
  const { suite, module, configured, families } = await project.adoptSuite(adapter, source);
  if (json) {
    printJson({ suite, module, configured, families });
    return;
  }
  const some = `${families.slice(0, 5).join(', ')}${families.length > 5 ? ', …' : ''}`;
  print(
    styled`${style('bold', suite)}: ${families.length} task ${families.length === 1 ? 'family' : 'families'}, ${some}`,
  );
  print(`  written  ${module}`);
  tellConfigured('changed  ', 'to do    ', configured, project.configuration.file);
  print(
    style(
      'dim',
      `npx lamarck eval plays it; npx lamarck tasks check '${families[0]?.split('/')[0] ?? suite}/*' looks at it.`,
    ),
  );
}

function tellConfigured(changed: string, toDo: string, configured: boolean, file: string): void {
  if (configured) print(`  ${changed}${file}`);
  else print(`  ${toDo}import it in ${file}, and name it in its suites, which are not written out there`);
}
