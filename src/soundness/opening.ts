import {
  createScriptedActor,
  createTimeLimit,
  oracleActor,
  runEpisode,
  type World,
} from '../episode/index.ts';
import { takeTurn } from '../environment/index.ts';
import { guardedBy, LamarckError, messageOf } from '../protocol/index.ts';
import { isOverdue, overdue } from '../host/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import { sound, unsound, type Finding } from './report.ts';

/**
 * A session of a family's first task can be opened, seen and closed, and an episode there ends in time. What does not
 * come to its end is found here once, before many episodes wait for it.
 */
export async function checkOpening(
  family: TaskFamily,
  difficulties: readonly number[],
  { world }: { readonly world: World },
): Promise<Finding> {
  const [seed = 0] = family.instanceSeeds ?? [];
  const faults: string[] = [];
  for (const difficulty of difficulties) {
    const task = makeTask(family, seed, difficulty);
    try {
      await openOnce(family, task, world);
      if (difficulty === difficulties[0]) await playOnce(family, task, world);
    } catch (error) {
      const says = `${messageOf(error)} (seed ${seed}, difficulty ${difficulty})`;
      // What the user has to mend is as broken at the next difficulty, and may have been waited for.
      if (isOverdue(error) || (LamarckError.isInstance(error) && error.boundary === 'user'))
        return unsound('opening', says, error.remedy ?? 'Let it come to an end.');
      faults.push(says);
    }
  }
  const [first] = faults;
  // A difficulty that fails while others open shows in the episodes of its tasks.
  return first === undefined || faults.length < difficulties.length
    ? sound('opening', 'a session opens, is seen and closes, in time')
    : unsound(
        'opening',
        `No session can be played: ${first}`,
        'Make the environment begin, be seen and end without an error.',
      );
}

/** Opens and closes one session of a task. @throws what keeps it from opening */
export async function openOnce(family: TaskFamily, task: Task, world: World): Promise<void> {
  const abort = new AbortController();
  const bounded = {
    what: `Opening a session of the environment "${family.environment.name}" (open() or the first look)`,
    milliseconds: family.timeLimit,
    boundary: 'environment',
  } as const;
  const endTurn = await takeTurn(family.environment, abort.signal);
  const limit = createTimeLimit(family.timeLimit, overdue(bounded));
  try {
    const session = await guardedBy(limit.signal)(world.open(task, abort.signal, { hold: limit.hold }));
    await session.close();
  } finally {
    limit.end();
    abort.abort();
    endTurn();
  }
}

/** Only that it ends in time is asked here; what else keeps an episode from its end is told of all of them. */
async function playOnce(family: TaskFamily, { seed, difficulty }: Task, world: World): Promise<void> {
  const actor = family.oracle ? oracleActor : createScriptedActor([]);
  const job = { actor, family, seed, difficulty, repeat: 0, attempts: 1 };
  const { end } = await runEpisode(job, world, new AbortController().signal);
  if (end.error?.code !== 'LAMARCK_OVERDUE') return;
  const { code, message } = end.error;
  throw new LamarckError({
    code,
    boundary: 'task',
    message,
    remedy: 'Let it come to an end, or raise timeLimit.',
  });
}
