// `node scripts/node.js <file> …` for npm's scripts: the same under whatever Node the system has.
import { runUnderBundledNode } from '../bin/bundled-node.js';

runUnderBundledNode([
  '--conditions=lamarck-source',
  '--disable-warning=ExperimentalWarning',
  ...process.argv.slice(2),
]);
