import { hashOf } from '../host/index.ts';
import { createRandom, LamarckError } from '../protocol/index.ts';
import { makeTask, type TaskFamily } from '../task/index.ts';
import type { RunManifest } from './folder.ts';
import { keptOut } from './folds.ts';

/** A family as a run knows it. Improvers know it by its alias only. */
export interface RunFamily {
  readonly family: TaskFamily;
  readonly suite: string;
  readonly alias: string;
}

/** The families of a run, by what they are used for. */
export interface RunFamilies {
  /** Learned from and selected on. */
  readonly families: readonly RunFamily[];
  /** Nothing is learned from them and nothing is selected on them: they are scored once, at the end. */
  readonly unseen: readonly RunFamily[];
}

/**
 * The families of a run in its manifest's order, those that it holds out apart; improvers know the others by shuffled numbers.
 *
 * @throws LamarckError `LAMARCK_RUN_CHANGED` where the configuration no longer has one of them
 */
export function runFamilies(
  manifest: Pick<RunManifest, 'suites' | 'seed' | 'config' | 'folds'>,
  available: ReadonlyMap<string, TaskFamily>,
): RunFamilies {
  const { suites, seed, folds } = manifest;
  const named = Object.entries(suites).flatMap(([suite, names]) => {
    const out = new Set(keptOut(names, folds, seed));
    return names.map((name) => ({ suite, name, isUnseen: out.has(name) }));
  });
  const numbers = createRandom(`aliases/${seed}`).shuffle(named.map((_, index) => index + 1));
  const families = named.map(({ suite, name, isUnseen }, place) => {
    const family = available.get(name);
    if (!family) {
      throw new LamarckError({
        code: 'LAMARCK_RUN_CHANGED',
        boundary: 'user',
        message: `The configuration ${manifest.config} no longer has the task family "${name}".`,
        remedy: 'Put it back to go on with the run, or start a new one.',
      });
    }
    return { family, suite, alias: `family-${numbers[place]}`, isUnseen };
  });
  return {
    families: families.filter(({ isUnseen }) => !isUnseen),
    unseen: families.filter(({ isUnseen }) => isUnseen),
  };
}

/** All that runs recorded of their families before files were compared: the first train task of each, as one SHA-256. */
export function firstTasksHash({ families, unseen }: RunFamilies): string {
  return hashOf([...families, ...unseen].map(({ family, suite }) => [suite, makeTask(family, 0, 1).hash]));
}
