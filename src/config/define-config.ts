import { z } from 'zod';
import { SearchSchema, type Search } from '../protocol/index.ts';
import { FamilyNameSchema, type TaskFamily } from '../task/index.ts';

/** What a `lamarck.config.ts` exports as its default, by way of {@link defineConfig}. */
export interface Configuration {
  /** Families by suite: results are reported for each suite, and for all together. */
  suites: Readonly<Record<string, readonly TaskFamily[]>>;
  /** Folder of the seed genome, relative to the configuration file. Default: the embedded agent, `scout`. */
  agent?: string;
  /** Seed of runs that name none. Default 1. */
  seed?: number;
  budget?: {
    /** Episodes of a whole run, confirming and sealing included. Default 2,800. */
    episodes?: number;
    /** Train episodes that one improvement may play. Default 400. */
    improvement?: number;
    /** Sealed tasks a family and arm. Default 16. */
    sealed?: number;
    /** The same for families that were kept out of learning. Default 16. */
    unseen?: number;
  };
  /**
   * Of how many equal parts of each suite a run keeps one out of learning and selecting, to be scored on it at the end;
   * successive seeds keep out each in turn. 0 keeps out none, as does a suite with fewer families than folds. Default 5.
   */
  folds?: number;
  /** How the archive is searched: the rule for parents (default `clade`), and children in the making at once (default 1). */
  search?: Partial<Search>;
  /** Episodes at once. Default: the machine's cores, at least 1, at most 4. */
  workers?: number;
  /** A Chromium to use instead of the one that is found. */
  chromium?: string;
  /** Folder for runs, relative to the configuration file. Default `runs`. */
  runs?: string;
}

const FamilySchema = z.custom<TaskFamily>((value) => {
  const { name, environment, generate, verify } = (value ?? {}) as Partial<TaskFamily>;
  return (
    FamilyNameSchema.safeParse(name).success &&
    typeof environment?.open === 'function' &&
    typeof generate === 'function' &&
    typeof verify === 'function'
  );
}, 'is not a task family: make it with defineTask()');

/** What a suite may be called: its name is also that of a file, and the names of its families begin with it. */
export const SUITE_NAME = /^[a-z][a-z0-9-]{0,63}$/;

export const ConfigurationSchema = z.strictObject({
  suites: z
    .record(
      z.string().regex(SUITE_NAME, 'a suite is named by at most 64 small letters, digits and dashes'),
      z.array(FamilySchema).min(1),
    )
    .refine((suites) => Object.keys(suites).length > 0, 'name at least one suite'),
  agent: z.string().optional(),
  seed: z.number().int().nonnegative().default(1),
  budget: z
    .strictObject({
      episodes: z.number().int().min(1).default(2800),
      improvement: z.number().int().min(1).default(400),
      sealed: z.number().int().min(1).max(4096).default(16),
      unseen: z.number().int().min(1).max(4096).default(16),
    })
    .prefault({}),
  folds: z.number().int().min(0).max(100).default(5),
  search: SearchSchema.prefault({}),
  workers: z.number().int().min(1).max(64).optional(),
  chromium: z.string().optional(),
  runs: z.string().default('runs'),
});
export type ResolvedConfiguration = z.output<typeof ConfigurationSchema>;

/**
 * Types a configuration; it is checked when it is loaded.
 *
 * @example
 * import { defineConfig } from 'lamarck';
 * import reach from './tasks/counter.ts';
 * export default defineConfig({ suites: { counters: [reach] } });
 */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration;
}
