import { createLocalWorld } from '../episode/index.ts';
import { actorOf } from '../evaluation/index.ts';
import type { Json, Trajectory } from '../protocol/index.ts';
import type { GenomeFiles, Trials } from '../sandbox/index.ts';
import { splitSeed } from '../task/index.ts';
import type { Genome } from '../genome/index.ts';
import type { RunContext } from './run-context.ts';

/** A train task of a family by its alias. */
interface NamedTask {
  readonly family: string;
  readonly task: number;
  readonly difficulty: number;
}

/**
 * A genome's agent mends the genome's own code: an episode like any other, in the record too, but for its world. That is in this
 * process, because its tests are episodes, which only this process can ask for.
 *
 * @throws LamarckError `LAMARCK_DRAINED`
 */
export function mendItself(
  run: RunContext,
  genome: Genome,
  given: {
    module: string;
    tests: readonly NamedTask[];
    hidden: readonly NamedTask[];
    runs: number;
    trials: Trials;
  },
): Promise<Trajectory> {
  const { module, runs, trials } = given;
  const family = run.selfMending({
    files: modulesOf(genome.files),
    module,
    tests: given.tests.map(nameOf),
    hidden: given.hidden.map(nameOf),
    runs,
  });
  // Programs, pages and the compiler stay where they are: this world has none.
  const world = createLocalWorld(family, { trials });
  const seed = splitSeed('train', run.seed, 0);
  return run.rollout.playAround(
    { actor: actorOf(run, genome), family, seed, difficulty: 1, repeat: 0 },
    world,
  );
}

/** What can be edited: code. The rest of a genome is there all the same where a draft is tried. */
export function modulesOf(files: GenomeFiles): GenomeFiles {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path.endsWith('.ts')));
}

function nameOf({ family, task, difficulty }: NamedTask): Json[] {
  return [family, task, difficulty];
}

/** The task that a test's input names. */
export function taskNamed([family, task, difficulty]: readonly Json[]): NamedTask {
  return { family: String(family), task: Number(task), difficulty: Number(difficulty) };
}
