import { openProject, writeOutput, type Game, type Table } from '../engine/index.ts';
import { drainOnInterrupt } from './interruption.ts';
import { playAtPage } from './play-by-hand.ts';
import { playInTerminal } from './play-in-terminal.ts';
import { style, styled, type Text } from './styled-text.ts';
import { notice, outliveReaders, printJson, standardError, standardOutput } from './terminal.ts';
import { watchProject } from './watch-project.ts';

export interface PlayOptions {
  config?: string;
  seed: number;
  difficulty: number;
  /** In a browser that is seen. */
  show?: boolean;
  /** Where a won game is written to, for an oracle. */
  save?: string;
  watch?: boolean;
  json?: boolean;
}

/**
 * `lamarck tasks play FAMILY`: a person plays. A game that is won is played again by its actions, and kept as a trajectory
 * where that wins too.
 */
export async function tasksPlayCommand(name: string, options: PlayOptions): Promise<void> {
  const { config, seed, difficulty, show = false, json } = options;
  const project = await openProject({ config });
  if (options.watch) return watchProject(project.configuration.folder);
  const output = json ? standardError : standardOutput;
  const say = (text: Text): void => output.line(text);
  outliveReaders(() => 'the game is not over');
  const { signal, release } = drainOnInterrupt((by) => {
    // With --watch a game is ended from outside, by who then begins another.
    if (by === 'SIGINT') say(styled`\nGiven up.`);
  });
  const player = (table: Table): Promise<Game> =>
    show ? playAtPage(table, { output, signal }) : playInTerminal(table, { output, signal });
  try {
    const { game, kept } = await project.playGame(name, { seed, difficulty, signal, notice, player });
    if (kept === undefined) {
      process.exitCode = 1;
      say(
        styled`${style('red', game.reward === null ? 'no reward' : `reward ${game.reward}`)} (${game.stop}): nothing is kept.`,
      );
      if (json) printJson({ ...game, run: null });
      return;
    }
    const { run, trajectory, recording } = kept;
    if (options.save !== undefined)
      await writeOutput(options.save, `${JSON.stringify(recording, null, 2)}\n`, '--save');
    if (json) printJson({ ...game, run, saved: options.save ?? null });
    say(
      styled`${style('green', 'won')} in ${trajectory.end.steps} steps; done again by its actions, and kept.`,
    );
    say(style('dim', `To learn from it: npx lamarck evolve --demonstrations ${run}`));
    say(style('dim', `To look at it:    npx lamarck replay ${run} ${trajectory.start.episode.slice(0, 12)}`));
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = 130;
  } finally {
    release();
  }
}
