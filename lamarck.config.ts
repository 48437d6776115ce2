import { defineConfig } from 'lamarck';
import { programs, web } from 'lamarck/tasks';

export default defineConfig({
  suites: { web, programs },
});
