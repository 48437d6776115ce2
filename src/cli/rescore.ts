import { loadConfiguration, type LoadedConfiguration } from '../config/index.ts';
import { scoreOf } from '../evaluation/index.ts';
import { findRunFolder } from '../evolution/index.ts';
import { LamarckError, messageOf, tamperingIn, type Json } from '../protocol/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import { reportChanges } from './run-changes.ts';
import { runsFolder } from './start-run.ts';
import { style, styled } from './styled-text.ts';
import { table } from './table.ts';
import { tellDamage } from './tell-damage.ts';
import { notice, print, printJson } from './terminal.ts';
import { verifierNamed, type GroupVerifier } from './verifier-named.ts';

/** An episode that was judged again. */
interface Rescored {
  readonly episode: string;
  readonly family: string;
  readonly seed: number;
  readonly difficulty: number;
  readonly before: number | null;
  /** Null where the verifier comes to no verdict. */
  readonly after: number | null;
}

/** Tries of one actor at one task, with what each left behind. */
interface Group {
  readonly family: TaskFamily;
  readonly task: Task;
  readonly episodes: { key: string; reward: number | null; evidence: Json }[];
}

interface Gathered {
  readonly groups: readonly Group[];
  /** Episodes that cannot be judged again, counted by the reason. */
  readonly skipped: ReadonlyMap<string, number>;
}

/**
 * `lamarck rescore RUN`: rewards again from stored evidence; nothing is played and nothing is written. The exit code is 1 where
 * a verifier failed, or where no episode could be judged, so that what was not judged is not taken for judged.
 */
export async function rescoreCommand(
  run: string,
  options: { config?: string; verifier?: string; json?: boolean },
): Promise<void> {
  const configuration = await loadConfiguration(options.config);
  const verifier = await verifierNamed(options.verifier);
  const folder = findRunFolder(runsFolder(configuration), run);
  const changes = await reportChanges(folder, configuration);
  await using store = await openStore(folder);
  tellDamage(store);
  const { groups, skipped } = await gather(store, configuration);
  const { rescored, failures } = await judgeAgain(groups, verifier);
  if (failures.length > 0 || (rescored.length === 0 && skipped.size > 0)) process.exitCode = 1;
  const changed = rescored.filter(({ before, after }) => before !== after);
  if (options.json) {
    const judged = rescored.length;
    printJson({ judged, changed, skipped: Object.fromEntries(skipped), failures, changes });
    return;
  }
  const names = [...new Set(rescored.map(({ family }) => family))].sort();
  print(
    table([
      ['family', 'episodes', 'reward', 'now', 'changed', 'undecided'],
      ...names.map((name) => {
        const own = rescored.filter(({ family }) => family === name);
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
  const small = lone(groups, verifier);
  if (small > 0)
    print(
      `${small} undecided: ${options.verifier} compares ${verifier.leastTries} or more tries of one agent at one task, and these tasks were tried less often.`,
    );
  for (const [reason, count] of skipped) print(style('dim', `${count} not judged again: ${reason}`));
  for (const { family, message } of failures) print(styled`${style('red', 'failed')} ${family}: ${message}`);
}

/** Episodes of tasks that were tried too seldom for the verifier. */
function lone(groups: readonly Group[], { leastTries = 1 }: GroupVerifier): number {
  const small = groups.filter(({ episodes }) => episodes.length < leastTries);
  return small.reduce((sum, { episodes }) => sum + episodes.length, 0);
}

/** Reads what can be judged again, by actor and task, in the order of the record. */
async function gather(store: Store, { families }: LoadedConfiguration): Promise<Gathered> {
  const groups = new Map<string, Group>();
  const skipped = new Map<string, number>();
  const rows = await store.allEpisodes();
  let told = performance.now();
  for (const [read, { key, actor, family: name, seed, difficulty, reward }] of rows.entries()) {
    if (performance.now() - told > 2000) {
      told = performance.now();
      notice(style('dim', `${read} of ${rows.length} episodes`));
    }
    const skip = (reason: string): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    const family = families.get(name);
    if (!family) {
      skip(`the configuration has no task family "${name}"`);
      continue;
    }
    const trajectory = await store.trajectory(key);
    const verdict = trajectory?.records.find((record) => record.type === 'reward');
    if (!trajectory || verdict?.evidence == null) {
      const { code } = trajectory?.end.error ?? {};
      skip(`they left no evidence${code === undefined ? '' : ` (${code})`}`);
      continue;
    }
    const place = `${actor} ${trajectory.start.task.hash}`;
    const group = groups.get(place) ?? { family, task: makeTask(family, seed, difficulty), episodes: [] };
    if (group.task.hash !== trajectory.start.task.hash) {
      skip(`tasks of "${name}" are others now`);
      continue;
    }
    if (tamperingIn(trajectory).length > 0) {
      skip('they are quarantined for tampering');
      continue;
    }
    group.episodes.push({ key, reward, evidence: verdict.evidence });
    groups.set(place, group);
  }
  return { groups: [...groups.values()], skipped };
}

/** A verifier that fails fails for its family's episode, not for the others. */
async function judgeAgain(
  groups: readonly Group[],
  verifier: GroupVerifier,
): Promise<{ rescored: Rescored[]; failures: { family: string; message: string }[] }> {
  const rescored: Rescored[] = [];
  const failures = new Map<string, { family: string; message: string }>();
  for (const { family, task, episodes } of groups) {
    const { name } = family;
    try {
      const rewards = await verifier(
        family,
        task,
        episodes.map(({ evidence }) => evidence),
      );
      for (const [at, { key, reward }] of episodes.entries())
        rescored.push({
          episode: key,
          family: name,
          seed: task.seed,
          difficulty: task.difficulty,
          before: reward,
          after: rewards[at] ?? null,
        });
    } catch (error) {
      const message = LamarckError.isInstance(error) ? error.message : messageOf(error);
      failures.set(`${name} ${message}`, { family: name, message });
    }
  }
  return { rescored, failures: [...failures.values()] };
}

function meanOf(rewards: readonly (number | null)[]): string {
  const { mean, missing, n } = scoreOf(rewards.map((reward) => ({ reward, cluster: '' })));
  return missing === n ? '' : `${mean.toFixed(2)}${missing > 0 ? `, ${missing} missing` : ''}`;
}
