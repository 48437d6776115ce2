import { describeTasks } from '../support/tasks.ts';

describeTasks({
  solved: { web: 8, programs: 25 },
  lost: 4,
  random: 12,
  besides: 3,
  special: 2,
  others: true,
  framed: 12,
  known: 3,
});
