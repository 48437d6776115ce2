import { describeTasks } from './support/tasks.ts';

// The campaign of many tasks of each kind is tasks.long.test.ts.
describeTasks({
  solved: { web: 2, programs: 5 },
  lost: 1,
  random: 4,
  besides: 3,
  special: 1,
  framed: 2,
  known: 1,
});
