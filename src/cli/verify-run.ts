import type { Project, Verification } from '../engine/index.ts';
import { follow } from './follow.ts';
import { drainOnInterrupt } from './interruption.ts';
import { style, styled } from './styled-text.ts';
import { tellDamage } from './tell-damage.ts';
import { notice, outliveReaders, print, printJson } from './terminal.ts';

/**
 * `lamarck replay RUN --verify`: plays trajectories again and compares. The exit code is 1 where one differs, where nothing was
 * verified, and where the record has less than the run had.
 *
 * @param episode the beginning of the one key to verify; all of the run without it
 */
export async function verifyRun(
  project: Project,
  run: string,
  episode: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  const drain = drainOnInterrupt(() => notice('Stopping: trajectories under way end first.'));
  let checked = 0;
  outliveReaders(() => `${checked} trajectories`);
  const verification = await follow(
    project.replay(run, { ...(episode !== undefined && { episode }), signal: drain.signal }),
    tellDamage,
    (done) => (checked = done),
  ).finally(() => drain.release());
  const { gaps, ...others } = verification;
  if (json) printJson({ ...others, ...(gaps.length > 0 ? { gaps } : {}) });
  else printVerification(verification);
  if (verification.problems.length > 0 || gaps.length > 0) process.exitCode = 1;
  if (drain.signal.aborted) process.exitCode = 130;
}

function printVerification({ checked, unrepeatable, problems, mending, gaps }: Verification): void {
  if (mending > 0)
    print(
      style(
        'dim',
        `${mending} in which an agent mended itself are not played again here: resuming the run does so.`,
      ),
    );
  for (const { episode: key, problem } of problems)
    print(styled`${style('red', 'diverges')} ${key.slice(0, 12)} ${problem}`);
  const seen = checked - unrepeatable;
  if (problems.length > 0) print(`${problems.length} of ${checked} trajectories differ.`);
  else if (seen > 0)
    print(styled`${style('green', 'verified')} ${seen} trajectories: every step was seen again as recorded.`);
  if (unrepeatable > 0) print(`${unrepeatable} not repeatable by seed: only their hash was checked.`);
  for (const gap of gaps) print(styled`${style('red', 'incomplete')} ${gap}`);
}
