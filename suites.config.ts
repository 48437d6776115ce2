import { defineConfig } from 'lamarck';
import { allPrograms, allWeb, repairs } from 'lamarck/tasks';

/** Every family that comes with Lamarck: `lamarck tasks check --config suites.config.ts`. */
export default defineConfig({ suites: { web: allWeb, programs: allPrograms, repairs } });
