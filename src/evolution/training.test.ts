import { expect, it } from 'vitest';
import { genomeOf } from '../genome/index.ts';
import type { RunContext } from './run-context.ts';
import { createTraining } from './training.ts';

it.each(['constructor', '__proto__', 'toString', 'policy.json', 'missing.ts', ''])(
  'refuses to mend "%s", which is not among the files of code, by its name',
  async (module) => {
    const parent = genomeOf({ 'agent.ts': 'export default 1;', 'policy.json': '{}' });
    const training = createTraining({ families: [] } as unknown as RunContext, parent, 400);
    const tasks = [{ family: 'family-1', task: 0, difficulty: 1 }];
    await expect(async () =>
      training.answer('mend', { module, tests: tasks, hidden: tasks, runs: 4 }),
    ).rejects.toMatchObject({
      code: 'LAMARCK_GUEST_PROTOCOL',
      boundary: 'agent',
      message: expect.stringContaining(`"${module}"`),
    });
    expect(training.spent).toBe(0);
  },
);
