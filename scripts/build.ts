import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import packageJson from '../package.json' with { type: 'json' };

// Builds dist/, which mirrors the sources: JavaScript and declarations, since Node strips no types below node_modules.
// Data goes along as it is; genomes are data too, and are read as text from agents/.
// The modules of repairs are both: run, and shown as they were written.
const DATA = ['src/engine/authoring/template', 'tasks/repairs'];
const COMPILER = ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.build.json'];

rmSync('dist', { recursive: true, force: true });
if (spawnSync(process.execPath, COMPILER, { stdio: ['ignore', 2, 2] }).status !== 0) process.exit(1);
for (const folder of DATA) cpSync(folder, `dist/${folder}`, { recursive: true });

const { messages } = await publint({ strict: true });
for (const message of messages) {
  console.error(formatMessage(message, packageJson));
  process.exitCode = 1;
}
