import type { World } from '../episode/index.ts';
import { takeTurn } from '../environment/index.ts';
import { messageOf } from '../protocol/index.ts';
import { makeTask, type Task, type TaskFamily } from '../task/index.ts';
import { sound, unsound, type Finding } from './report.ts';

/** Sessions of a family's first tasks can be opened, seen, asked for their evidence and closed. */
export async function checkOpening(
  family: TaskFamily,
  difficulties: readonly number[],
  { world }: { readonly world: World },
): Promise<Finding> {
  const faults: string[] = [];
  for (const difficulty of difficulties) {
    const task = makeTask(family, family.instanceSeeds?.[0] ?? 0, difficulty);
    try {
      await openOnce(family, task, world);
    } catch (error) {
      faults.push(`${messageOf(error)} (seed ${task.seed}, difficulty ${difficulty})`);
    }
  }
  const [first] = faults;
  // One that fails beside others that open is for its episodes to tell.
  return first === undefined || faults.length < difficulties.length
    ? sound('opening', 'a session opens, is seen and closes')
    : unsound(
        'opening',
        `No session can be played: ${first}`,
        'Make the environment begin, be seen and end without an error.',
      );
}

async function openOnce(family: TaskFamily, task: Task, world: World): Promise<void> {
  const signal = AbortSignal.timeout(family.timeLimit);
  const endTurn = await takeTurn(family.environment, signal);
  try {
    const session = await world.open(task, signal);
    try {
      await session.evidence();
    } finally {
      await session.close();
    }
  } finally {
    endTurn();
  }
}
