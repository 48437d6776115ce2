import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { endWithStarter, packageVersion, sweepTemporaryFolders } from '../engine/index.ts';
import { PARENT_RULES } from '../protocol/index.ts';
import { reportError } from './report-error.ts';
import { joined } from './styled-text.ts';
import { standardError, standardOutput } from './terminal.ts';

const CONFIG = ['--config <file>', 'configuration (default: lamarck.config.ts here)'] as const;
const JSON_OUT = ['--json', 'print JSON instead of text'] as const;
const AGENT = [
  '--agent <agent>',
  'random, oracle, scout, a folder, RUN (its champion) or RUN/GENOME',
] as const;

/** A command whose module is loaded when it is called: none waits for what others need. */
class LamarckCommand extends Command {
  override createCommand(name?: string): LamarckCommand {
    return new LamarckCommand(name);
  }

  /** Gives it the options of every command that is about a project. */
  forProject(): this {
    return this.option(...CONFIG).option(...JSON_OUT);
  }

  from<Arguments extends unknown[]>(
    load: () => Promise<(...given: Arguments) => Promise<void> | void>,
  ): this {
    return this.action(async (...given: unknown[]) => (await load())(...(given as Arguments)));
  }
}

const program = new LamarckCommand('lamarck')
  .description(
    'Agents act in real environments, earn verified trajectories, and write what they learned into their own code.',
  )
  .version(packageVersion)
  .showHelpAfterError('(npx lamarck --help lists the commands)')
  // Commands inherit this. The texts are the parser's, with what was typed in them.
  .configureOutput({
    writeOut: (text) => standardOutput.write(joined(text.split('\n'))),
    writeErr: (text) => standardError.write(joined(text.split('\n'))),
  });

program
  .command('init')
  .argument('<dir>', 'folder to make or fill')
  .description('write a project: a configuration and an environment with a task')
  .from(async () => (await import('./authoring.ts')).initCommand);

program
  .command('evolve')
  .description('evolve the agent of the configuration: explore, confirm, and score once on the sealed split')
  .option('--seed <n>', 'seed of the run', wholeNumber)
  .option('--budget <episodes>', 'episodes of the whole run', wholeNumber)
  .addOption(new Option('--parents <rule>', 'how parents are chosen').choices(PARENT_RULES))
  .option('--demonstrations <runs...>', 'learn also from games that a person won, see tasks play')
  .option('--resume <run>', 'go on with a run that was stopped or killed')
  .option('--accept-changes', 'resume although what the run depends on has changed; the summary states it')
  .option('--preview', 'say what would be done, and do nothing')
  .option('--unchecked', 'do not check first whether families of your own can be trusted')
  .forProject()
  .from(async () => (await import('./evolve.ts')).evolveCommand);

program
  .command('run')
  .argument('<family>', 'task family, e.g. web/sign-in')
  .description('play one episode and show every step')
  .option(...AGENT)
  .option('--seed <n>', 'seed of the task', wholeNumber, 0)
  .option('--difficulty <n>', 'difficulty of the task', wholeNumber, 1)
  .forProject()
  .from(async () => (await import('./run.ts')).runCommand);

program
  .command('eval')
  .description('score an agent on dev tasks, with intervals')
  .option(...AGENT)
  .option('--seed <n>', 'which tasks are drawn', wholeNumber)
  .option('--tasks <n>', 'tasks a family', wholeNumber, 12)
  .forProject()
  .from(async () => (await import('./eval.ts')).evalCommand);

program
  .command('replay')
  .argument('<run>', 'a run')
  .argument('[episode]', 'an episode, by the beginning of its key; without one, all are listed')
  .description('show a trajectory, re-execute it, or write it as a page')
  .option('--verify', 're-execute (all of the run without an episode) and name the first step that differs')
  .option('--tampering', 'list only episodes in which an agent reached for what judges it')
  .option('--html [file]', 'write one self-contained page')
  .forProject()
  .from(async () => (await import('./replay.ts')).replayCommand);

program
  .command('rescore')
  .argument('<run>', 'a run')
  .description('compute rewards again from stored evidence, without acting again')
  .option('--verifier <name>', 'majority, or a file (default: the verifiers of the families as they are now)')
  .forProject()
  .from(async () => (await import('./rescore.ts')).rescoreCommand);

program
  .command('runs')
  .description('list runs')
  .forProject()
  .from(async () => (await import('./runs.ts')).runsCommand);

program
  .command('watch')
  .argument('<run>', 'a run that another process works on, or that has ended')
  .description('show how a run goes, or went')
  .forProject()
  .from(async () => (await import('./watch.ts')).watchCommand);

const agents = program.command('agents').description("the genomes of a run's archive");
agents
  .command('list')
  .argument('<run>')
  .forProject()
  .from(async () => (await import('./agents.ts')).agentsListCommand);
agents
  .command('show')
  .argument('<run>')
  .argument('[genome]', 'default: the champion')
  .argument('[file]', 'print one file')
  .forProject()
  .from(async () => (await import('./agents.ts')).agentsShowCommand);
agents
  .command('diff')
  .argument('<run>')
  .argument('[from]', 'default: the seed')
  .argument('[to]', 'default: the champion')
  .forProject()
  .from(async () => (await import('./agents.ts')).agentsDiffCommand);
agents
  .command('ablate')
  .argument('<run>')
  .argument('[genome]', 'default: the champion')
  .description("re-test each part of a genome's change alone, on fresh dev tasks")
  .option('--against <genome>', 'what it changed: its parent (default), seed, or another genome')
  .option('--tasks <n>', 'dev tasks a family', wholeNumber, 12)
  .option('--preview', 'list the parts and what the test would cost, and do nothing')
  .forProject()
  .from(async () => (await import('./ablate.ts')).agentsAblateCommand);

const tasks = program.command('tasks').description('task families');
tasks
  .command('list')
  .forProject()
  .from(async () => (await import('./tasks.ts')).tasksListCommand);
tasks
  .command('check')
  .argument('[pattern]', 'families, e.g. web/sign-in or "web/*" (default: all)')
  .description(
    'whether families can be trusted: repeatable, solvable, and won by nothing else; exit code 1 if not',
  )
  .option(
    '--seeds <n>',
    'tasks that the oracle has to solve, and up to 12 that others must not, at each difficulty',
    oneOrMore,
    50,
  )
  .option('--floor <share>', 'what actors without knowledge may earn', share, 0.2)
  .forProject()
  .from(async () => (await import('./tasks-check.ts')).tasksCheckCommand);

tasks
  .command('play')
  .argument('<family>', 'task family, e.g. web/sign-in')
  .description('play a task yourself; a game that is won is kept, to learn from')
  .option('--seed <n>', 'seed of the task', wholeNumber, 0)
  .option('--difficulty <n>', 'difficulty of the task', wholeNumber, 1)
  .option('--show', 'play at the page, in a browser window, instead of in the terminal')
  .option('--save <file>', 'write a won game to a file, for recordedOracle()')
  .option('--watch', 'begin again whenever a file of the project changes')
  .forProject()
  .from(async () => (await import('./tasks-play.ts')).tasksPlayCommand);
tasks
  .command('new')
  .argument('<name>', 'web/NAME, programs/NAME or repairs/NAME')
  .description(
    'write an example of a task family that works, with its test, and name it in the configuration',
  )
  .forProject()
  .from(async () => (await import('./authoring.ts')).tasksNewCommand);
tasks
  .command('test')
  .argument('[files...]', 'default: tasks/*.test.ts')
  .description('run the tests of your tasks, under the Node that the tasks run under')
  .option(...CONFIG)
  .from(async () => (await import('./tasks-test.ts')).tasksTestCommand);
tasks
  .command('add')
  .addArgument(new Argument('<adapter>', 'what it is').choices(['miniwob', 'jsonl']))
  .description('make a suite of tasks that are elsewhere, and name it in the configuration')
  .requiredOption('--from <path>', 'the folder or file, which is read where it is')
  .addOption(new Option('--format <name>', 'of the data, e.g. humaneval-x-js; see docs/adapters.md'))
  .option('--skip-invalid', 'leave out rows of the data that do not fit its format')
  .option('--name <suite>', 'name of the suite (default: that of the adapter, or of the format)')
  .forProject()
  .from(async () => (await import('./authoring.ts')).tasksAddCommand);

const env = program.command('env').description('environments: new ones, and those here for agents elsewhere');
env
  .command('new')
  .argument('<name>')
  .description('write an example of an environment with a task in it, and name it in the configuration')
  .forProject()
  .from(async () => (await import('./authoring.ts')).envNewCommand);
env
  .command('serve')
  .argument('<name>', 'environment or task families, e.g. browser, web/sign-in or "web/*"')
  .description('let others play: OpenEnv over HTTP and WebSocket, and MCP')
  .option('--host <address>', 'address to listen on; who can reach it can play', '127.0.0.1')
  .option('--port <n>', 'port to listen on; 0 takes any that is free', wholeNumber, 8000)
  .option('--allow-host <names...>', 'names that it is reached by, such as that of a proxy in front')
  .option('--capacity <n>', 'sessions at once', oneOrMore, 100)
  .addOption(
    new Option('--mcp <transport>', 'speak MCP over standard input and output instead').choices(['stdio']),
  )
  .forProject()
  .from(async () => (await import('./env-serve.ts')).envServeCommand);

program
  .command('doctor')
  .description('check what this machine has, and say how to mend what is missing')
  .forProject()
  .from(async () => (await import('./doctor.ts')).doctorCommand);

endWithStarter();
void sweepTemporaryFolders();
// Node would print the stack as it is, with whatever a message holds.
process.on('uncaughtException', (error) => process.exit(reportError(error)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportError(error);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return value;
}

function wholeNumber(text: string, _previous?: unknown, least = 0): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
  return value;
}

function oneOrMore(text: string): number {
  return wholeNumber(text, undefined, 1);
}
