import type { LoadedConfiguration } from '../config/index.ts';
import { ablate as ablateParts, ablationEpisodes, type Ablation } from '../evaluation/index.ts';
import { partsOf, type ChangePart, type Genome } from '../genome/index.ts';
import { createRollout } from '../rollout/index.ts';
import { openRunRecord, startRun } from '../run/index.ts';
import { openNamedArchive } from './archive.ts';
import { refuseBroken } from './broken-families.ts';
import type { EpisodesEnded, Notice } from './events.ts';
import { openMachinery } from './machinery.ts';

export interface AblateOptions {
  /** Default: the champion. */
  readonly genome?: string;
  /** What the genome changed: `seed`, or the beginning of an id. Default: its parent. */
  readonly against?: string;
  /** Dev tasks a family. Default: 12. */
  readonly tasks?: number;
  /** Stops it when the episodes in flight have ended; it then fails with `LAMARCK_DRAINED`. */
  readonly signal?: AbortSignal;
}

/** What an ablation would try. */
export interface AblationPlan {
  readonly genome: string;
  readonly against: string;
  /** Names of the parts of the change. */
  readonly parts: readonly string[];
  /** At most. */
  readonly episodes: number;
}

export type AblateEvent =
  | Notice
  | ({ readonly type: 'planned' } & AblationPlan)
  | { readonly type: 'started'; readonly run: string; readonly folder: string }
  | { readonly type: 'part'; readonly part: string; readonly index: number; readonly of: number }
  | EpisodesEnded;

export interface AblationResult extends Ablation {
  readonly genome: string;
  readonly against: string;
  /** The name of the run that holds the episodes. */
  readonly run: string;
}

/** What {@link ablate} would try, and what it would cost. */
export async function planAblation(
  configuration: LoadedConfiguration,
  run: string,
  options: AblateOptions,
): Promise<AblationPlan> {
  return (await prepare(configuration, run, options)).plan;
}

/** Which parts of a genome's change its score comes from, on fresh dev tasks. */
export async function ablate(
  configuration: LoadedConfiguration,
  run: string,
  options: AblateOptions,
  tell: (event: AblateEvent) => void,
): Promise<AblationResult> {
  const { tasks = 12, signal = new AbortController().signal } = options;
  const { parent, child, parts, plan } = await prepare(configuration, run, options);
  tell({ type: 'planned', ...plan });
  await using machinery = openMachinery(configuration, (text) => tell({ type: 'notice', text }));
  const { folder, manifest } = await startRun(configuration, {
    kind: 'eval',
    seed: configuration.seed,
    budget: configuration.budget,
    search: configuration.search,
    agent: child,
  });
  await using record = await openRunRecord(folder);
  tell({ type: 'started', run: manifest.run, folder });
  const { world, guests, workers } = machinery;
  let done = 0;
  const rollout = createRollout({
    world,
    memory: record.memory,
    workers,
    drain: signal,
    onEpisode: () => tell({ type: 'episodes', done: ++done, of: plan.episodes }),
  });
  const families = [...configuration.families.values()].map((family) => ({ family }));
  const ablation = await ablateParts(
    { seed: configuration.seed, families, rollout, guests },
    { parent, child, parts, tasks },
    (part, index) => tell({ type: 'part', part, index, of: parts.length }),
  );
  return { genome: child.id, against: parent.id, run: manifest.run, ...ablation };
}

async function prepare(
  configuration: LoadedConfiguration,
  run: string,
  { genome = 'champion', against, tasks = 12 }: AblateOptions,
): Promise<{ parent: Genome; child: Genome; parts: readonly ChangePart[]; plan: AblationPlan }> {
  refuseBroken(configuration.broken, configuration);
  const archive = await openNamedArchive(configuration, run);
  const child = await archive.read(await archive.idOf(genome));
  const parentId = against === undefined ? await archive.parentOf(child.id) : await archive.idOf(against);
  const parent = await archive.read(parentId);
  const parts = partsOf(parent.files, child.files);
  const plan = {
    genome: child.id,
    against: parent.id,
    parts: parts.map(({ name }) => name),
    episodes: ablationEpisodes(parts.length, tasks, configuration.families.size),
  };
  return { parent, child, parts, plan };
}
