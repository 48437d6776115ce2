import { openProject } from '../engine/index.ts';
import { follow } from './follow.ts';
import { style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { tellDamage } from './tell-damage.ts';
import { print, printJson } from './terminal.ts';

/**
 * `lamarck rescore RUN`: rewards again from stored evidence. The exit code is 1 where a verifier failed, or where no episode could
 * be judged, so that what was not judged is not taken for judged.
 */
export async function rescoreCommand(
  run: string,
  { config, json, ...options }: { config?: string; verifier?: string; json?: boolean },
): Promise<void> {
  const project = await openProject({ config });
  const { episodes, skipped, failures, lone, changes } = await follow(
    project.rescore(run, options),
    tellDamage,
  );
  const isSkipped = Object.keys(skipped).length > 0;
  if (failures.length > 0 || (episodes.length === 0 && isSkipped)) process.exitCode = 1;
  const changed = episodes.filter(({ before, after }) => before !== after);
  if (json) {
    printJson({ judged: episodes.length, changed, skipped, failures, changes });
    return;
  }
  const names = [...new Set(episodes.map(({ family }) => family))].sort();
  print(
    table([
      ['family', 'episodes', 'reward', 'now', 'changed', 'undecided'],
      ...names.map((name) => {
        const own = episodes.filter(({ family }) => family === name);
        return [
          name,
          String(own.length),
          meanOf(own.map(({ before }) => before)),
          meanOf(own.map(({ after }) => after)),
          String(own.filter(({ before, after }) => before !== after).length),
          String(own.filter(({ after }) => after === null).length),
        ];
      }),
    ]),
  );
  for (const { episode, family, before, after } of changed.slice(0, 10))
    print(`${episode.slice(0, 12)} ${family}: ${String(before)} → ${String(after)}`);
  if (changed.length > 10) print(style('dim', `… and ${changed.length - 10} more: --json has all of them`));
  if (lone.episodes > 0)
    print(
      `${lone.episodes} undecided: ${options.verifier} compares ${lone.leastTries} or more tries of one agent at one task, and these tasks were tried less often.`,
    );
  for (const [reason, count] of Object.entries(skipped))
    print(style('dim', `${count} not judged again: ${reason}`));
  for (const { family, message } of failures) print(styled`${style('red', 'failed')} ${family}: ${message}`);
}

/** A missing reward counts as 0. */
function meanOf(rewards: readonly (number | null)[]): string {
  const missing = rewards.filter((reward) => reward === null).length;
  if (missing === rewards.length) return '';
  const mean = rewards.reduce<number>((sum, reward) => sum + (reward ?? 0), 0) / rewards.length;
  return `${mean.toFixed(2)}${missing > 0 ? `, ${missing} missing` : ''}`;
}
