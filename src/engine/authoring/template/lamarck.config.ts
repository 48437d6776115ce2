import { defineConfig } from 'lamarck';
import reach from './tasks/counter.ts';

export default defineConfig({
  suites: { counters: [reach] },
});
