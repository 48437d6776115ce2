import { createActor, toPromise } from 'xstate';
import { actorOf, jobsAt } from '../evaluation/index.ts';
import type { Lesson, Mate, TrajectoryView } from '../agent/index.ts';
import { expansionMachine, type Expansion } from './expansion-machine.ts';
import type { Genome } from '../genome/index.ts';
import type { RunContext } from './run-context.ts';
import type { Member } from './population.ts';
import { PROFILE_TASKS } from './spending.ts';
import { viewOf } from './trajectory-view.ts';

interface ExpansionRequest {
  readonly parent: Genome;
  readonly index: number;
  readonly mates: readonly Mate[];
  readonly lessons: readonly Lesson[];
  readonly members: readonly Member[];
}

/** Has a member write a child, with all that it is handed, and brings the child through gate and race. */
export async function expand(run: RunContext, request: ExpansionRequest): Promise<Expansion> {
  const { parent, index, mates, lessons, members } = request;
  const actor = createActor(expansionMachine, {
    input: {
      run,
      members,
      index,
      tell: (text) => run.tell({ type: 'activity', text }),
      request: {
        parent,
        ...(run.search.improver === 'seed' ? { improver: run.seedGenome } : {}),
        scope: 'everything',
        mates,
        lessons,
        trajectories: await profileOf(run, parent),
        episodes: run.budget.improvement,
        name: `archive/${index}`,
      },
    },
  });
  const finished = toPromise(actor);
  actor.start();
  const output = await finished;
  if ('error' in output) throw output.error;
  return output;
}

/** What a genome does at the first train tasks of each family: what its improver begins with. */
export async function profileOf(run: RunContext, genome: Genome): Promise<TrajectoryView[]> {
  const tasks = Array.from({ length: PROFILE_TASKS }, (_, task) => task);
  const played = await run.rollout.play(jobsAt(run, actorOf(run, genome), 'train', tasks));
  return played.map((trajectory, place) =>
    viewOf(
      trajectory,
      run.families[place % run.families.length]?.alias ?? '',
      Math.floor(place / run.families.length),
    ),
  );
}
