import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** `npm test`; with `LONG=1` the campaigns of `npm run test:long`: many kills, corruptions and seeds of kinds that it has too. */
const isLong = process.env['LONG'] === '1';
const ending = isLong ? '.long.test.ts' : '.test.ts';
const exclude = [
  ...configDefaults.exclude,
  // What `lamarck tasks new` writes here is for Node's own runner, as in every project: `lamarck tasks test` runs it.
  'tasks/*.test.ts',
  ...(isLong ? [] : ['**/*.long.test.ts']),
];

export default defineConfig({
  resolve: { conditions: ['lamarck-source'] },
  ssr: { resolve: { conditions: ['lamarck-source'], externalConditions: ['lamarck-source'] } },
  test: {
    // No test is about time: these limits end what hangs, also on a machine that has ten times the work.
    testTimeout: isLong ? 3_600_000 : 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    // Tests wait for pages and processes about as long as they compute.
    maxWorkers: Math.min(8, 2 * availableParallelism()),
    execArgv: ['--conditions=lamarck-source', '--disable-warning=ExperimentalWarning'],
    // Played in the order of their names: the long ones first, so that both workers end together.
    projects: [
      {
        extends: true,
        test: {
          name: 'integration',
          include: [`tests/**/*${ending}`],
          exclude,
        },
      },
      {
        extends: true,
        // Files that leave nothing behind in their process share it, and the modules that were loaded there.
        test: {
          name: 'rooms',
          include: [`{sandboxes,environments,src,agents,tasks,scripts}/**/*${ending}`],
          exclude,
          isolate: false,
        },
      },
    ],
  },
});
