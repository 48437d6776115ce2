import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['lamarck-source'] },
  ssr: { resolve: { conditions: ['lamarck-source'], externalConditions: ['lamarck-source'] } },
  test: {
    include: ['{src,sandboxes,environments,agents,tasks,tests,scripts}/**/*.test.ts'],
    // Campaigns of many minutes are run by themselves: `**/*.long.test.ts`.
    // What `lamarck tasks new` writes here is for Node's own runner, as in every project: `lamarck tasks test` runs it.
    exclude: [...configDefaults.exclude, 'tasks/*.test.ts', '**/*.long.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    execArgv: ['--conditions=lamarck-source', '--disable-warning=ExperimentalWarning'],
  },
});
