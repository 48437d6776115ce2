import { defineConfig } from 'lamarck';
import { programs, web } from 'lamarck/tasks';

/** What `npm run evolve:standard` runs: the smaller suites whole, 20 to 50 minutes on two cores. */
export default defineConfig({
  suites: { web, programs },
  folds: 5,
  budget: { episodes: 11_500, improvement: 600, sealed: 16, unseen: 52 },
});
