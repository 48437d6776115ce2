import { describeTasks } from '../support/tasks.ts';

// The campaign of many tasks of each kind is tasks.long.test.ts.
describeTasks({
  solved: { web: 1, programs: 3 },
  lost: 1,
  random: 4,
  besides: 1,
  special: 1,
  others: false,
  framed: 1,
  known: 1,
});
