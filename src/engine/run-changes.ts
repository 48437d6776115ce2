import type { LoadedConfiguration } from '../config/index.ts';
import {
  changesBetween,
  fingerprintOf,
  firstTasksHash,
  readManifest,
  runFamilies,
  type RunManifest,
} from '../run/index.ts';
import { describeChanges, LamarckError, messageOf, type RunChange } from '../protocol/index.ts';
import { loadGenome } from '../genome/index.ts';
import { seedGenomeFolder } from './agent-reference.ts';

/** What is not as it was when a run began. */
export interface SinceRun {
  readonly changes: readonly RunChange[];
  /** Where less was recorded than is compared now: a sentence about it. */
  readonly lesser?: string;
  readonly fingerprint: Exclude<RunManifest['fingerprint'], string>;
}

/** Compares a configuration, and all that it reaches, with what a run began with. */
export function changesSince(manifest: RunManifest, configuration: LoadedConfiguration): SinceRun {
  const fingerprint = fingerprintOf(configuration);
  if (typeof manifest.fingerprint !== 'string')
    return { fingerprint, changes: changesBetween(manifest.fingerprint, fingerprint) };
  const isSame = firstTasksHash(runFamilies(manifest, configuration.families)) === manifest.fingerprint;
  return {
    fingerprint,
    changes: isSame ? [] : [{ kind: 'families', name: 'the first task of a family', change: 'changed' }],
    lesser:
      'This run was recorded by a version of Lamarck that kept less of what a run depends on: only the first task of each family is compared. A changed verifier, environment or setting goes unnoticed.',
  };
}

/** A run keeps a copy of its agent, so a change in the agent's folder has no effect on it. */
export async function otherAgent(
  manifest: RunManifest,
  configuration: LoadedConfiguration,
): Promise<string | undefined> {
  const folder = seedGenomeFolder(configuration);
  const now = await loadGenome(folder).catch(() => undefined);
  if (now?.id === manifest.agent.genome) return undefined;
  return `The agent in ${folder} is no longer the one that the run began with (${manifest.agent.genome.slice(0, 8)}). The run goes on with its own copy.`;
}

/** @throws LamarckError `LAMARCK_RUN_CHANGED` naming what has changed. */
export function refuseChanges({ run }: RunManifest, changes: readonly RunChange[]): void {
  if (changes.length === 0) return;
  const isBudget = changes.some(({ name }) => name === 'budget.episodes');
  throw new LamarckError({
    code: 'LAMARCK_RUN_CHANGED',
    boundary: 'user',
    message: `What the run "${run}" depends on has changed since it began: ${describeChanges(changes)}.`,
    remedy: `Restore it to go on with the run, or start a new run. To go on all the same: --accept-changes, which the summary will state.${isBudget ? ' A run is extended by --budget EPISODES, not by its configuration.' : ''}`,
  });
}

/**
 * Tells which of the things that a run depends on have changed since it began, for those who use the code of today on
 * it (`rescore`, `replay`).
 *
 * @returns the changes; none where nothing is known of how the run began
 */
export async function changesOf(
  folder: string,
  configuration: LoadedConfiguration,
  notice: (text: string) => void,
): Promise<readonly RunChange[]> {
  try {
    const manifest = await readManifest(folder);
    const { changes, lesser } = changesSince(manifest, configuration);
    if (lesser !== undefined) notice(lesser);
    if (changes.length > 0)
      notice(`Changed since the run "${manifest.run}" began: ${describeChanges(changes)}.`);
    return changes;
  } catch (error) {
    notice(`What has changed since the run began cannot be told: ${messageOf(error)}`);
    return [];
  }
}
