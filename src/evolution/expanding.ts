import { createActor, toPromise } from 'xstate';
import type { Lesson, Mate, TrajectoryView } from '../agent/index.ts';
import { expansionMachine, type Expansion } from './expansion-machine.ts';
import type { Genome } from './genome.ts';
import { actorOf, jobsAt, type Night } from './night.ts';
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
export async function expand(night: Night, request: ExpansionRequest): Promise<Expansion> {
  const { parent, index, mates, lessons, members } = request;
  const actor = createActor(expansionMachine, {
    input: {
      night,
      members,
      index,
      tell: (text) => night.tell({ type: 'activity', text }),
      request: {
        parent,
        ...(night.search.improver === 'seed' ? { improver: night.seedGenome } : {}),
        scope: 'everything',
        mates,
        lessons,
        trajectories: await profileOf(night, parent),
        episodes: night.budget.improvement,
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
export async function profileOf(night: Night, genome: Genome): Promise<TrajectoryView[]> {
  const tasks = Array.from({ length: PROFILE_TASKS }, (_, task) => task);
  const played = await night.rollout.play(jobsAt(night, actorOf(night, genome), 'train', tasks));
  return played.map((trajectory, place) =>
    viewOf(
      trajectory,
      night.families[place % night.families.length]?.alias ?? '',
      Math.floor(place / night.families.length),
    ),
  );
}
