#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runUnderBundledNode } from './bundled-node.js';

// The published package holds only what was built; a checkout runs its sources, which are never out of date.
const source = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const built = fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url));

// Read by src/processes/starter.ts.
process.env.LAMARCK_STARTER = String(process.pid);
runUnderBundledNode([
  // node:sqlite, and on some platforms type stripping, announce themselves as experimental on every start.
  '--disable-warning=ExperimentalWarning',
  // A user's package.json without "type" costs Node a second parse of the configuration, and nothing else.
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  ...(existsSync(source) ? ['--conditions=lamarck-source', source] : [built]),
  ...process.argv.slice(2),
]);
