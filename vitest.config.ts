import { configDefaults, defineConfig } from 'vitest/config';

/** `npm test`; with `LONG=1` the campaigns of `npm run test:long`: many kills, corruptions and seeds of kinds that it has too. */
const isLong = process.env['LONG'] === '1';
const all = '{src,sandboxes,environments,agents,tasks,tests,scripts}/**/';

export default defineConfig({
  resolve: { conditions: ['lamarck-source'] },
  ssr: { resolve: { conditions: ['lamarck-source'], externalConditions: ['lamarck-source'] } },
  test: {
    include: [`${all}*${isLong ? '.long' : ''}.test.ts`],
    exclude: [
      ...configDefaults.exclude,
      // What `lamarck tasks new` writes here is for Node's own runner, as in every project: `lamarck tasks test` runs it.
      'tasks/*.test.ts',
      ...(isLong ? [] : ['**/*.long.test.ts']),
    ],
    // No test is about time: these limits end what hangs, also on a machine that has ten times the work.
    testTimeout: isLong ? 3_600_000 : 600_000,
    hookTimeout: 600_000,
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--conditions=lamarck-source', '--disable-warning=ExperimentalWarning'],
  },
});
